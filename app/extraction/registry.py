"""Which extractors are installed; a package may bring its own under one entry-point group."""

from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol

from app.domain.errors import Missing, Refused
from app.extraction.candidate import Extraction
from app.extraction.checkworthy.weights import Weights, shipped
from app.extraction.proposals import Proposed
from app.extraction.semantic import is_there

if TYPE_CHECKING:
    from app.extraction.rules import RulesExtractor

GROUP = "assay.extractors"
BUILT_IN = "rules"
# Asks the service of the settings, which a door knows; no package can take this name.
CHAT = "chat"
# The built-in one with the optional encoder; no package can take this name either.
SEMANTIC = "semantic"
# Whose suggestions our own grammar made.
OURS = frozenset({BUILT_IN, SEMANTIC})
LONGEST_NAME = 60


class Extractor(Protocol):
    """What every extractor offers."""

    name: str
    version: str

    def extract(
        self,
        text: str,
        *,
        url: str | None = None,
        publisher: str | None = None,
        date: str | None = None,
        title: str | None = None,
        language: str | None = None,
    ) -> Extraction | Proposed:
        """Read an article and return its candidate claims in reading order."""


def names() -> tuple[str, ...]:
    """The names of all installed extractors, the built-in one first."""
    found = {entry.name for entry in entry_points(group=GROUP)} - {BUILT_IN, CHAT, SEMANTIC}
    usable = {name for name in found if len(name) <= LONGEST_NAME}
    ours = (BUILT_IN, SEMANTIC) if is_there() else (BUILT_IN,)
    return (*ours, *sorted(usable))


def built_in(weights: Weights | None = None) -> "RulesExtractor":
    """The extractor that comes with Assay; known without package metadata, as a checkout needs."""
    from app.extraction.rules import RulesExtractor  # noqa: PLC0415

    return RulesExtractor(weights, listed_by=shipped())


def _with_encoder(weights: Weights | None) -> Extractor:
    from app.extraction.semantic.extractor import SemanticExtractor  # noqa: PLC0415

    return SemanticExtractor(built_in(weights))


def extractor(name: str = BUILT_IN, *, weights: Weights | None = None) -> Extractor:
    """The extractor of that name, ready to use; ``weights`` are those of the ones that come with Assay.

    Raises:
        Missing: no installed package offers one of this name.
        Refused: the one that does cannot be loaded.
    """
    if name == BUILT_IN:
        return built_in(weights)
    if name == SEMANTIC:
        return _with_encoder(weights)
    for entry in entry_points(group=GROUP, name=name):
        try:
            made: Extractor = entry.load()()
        except Exception as error:  # What others wrote may raise anything.
            raise broken(name, error) from error
        return made
    raise Missing("extractor.missing", name=name)


def broken(name: str, error: Exception) -> Refused:
    """The refusal of an extractor that does not work; of its error the class is told."""
    return Refused("extractor.broken", name=name, reason=type(error).__name__)
