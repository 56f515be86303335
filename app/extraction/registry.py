"""Which extractors are installed; a package may bring its own under one entry-point group."""

from importlib.metadata import entry_points
from typing import Protocol, cast

from app.extraction.candidate import Extraction
from app.extraction.checkworthy.weights import Weights, shipped

GROUP = "assay.extractors"
BUILT_IN = "rules"


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
    ) -> Extraction:
        """Read an article and return its candidate claims in reading order."""


class UnknownExtractorError(LookupError):
    """No installed package offers an extractor of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no extractor named {name}")
        self.name = name


def names() -> tuple[str, ...]:
    """The names of all installed extractors, the built-in one first."""
    found = {entry.name for entry in entry_points(group=GROUP)}
    return (BUILT_IN, *sorted(found - {BUILT_IN}))


def extractor(name: str = BUILT_IN, *, weights: Weights | None = None) -> Extractor:
    """The extractor of that name, ready to use; the built-in one scores with ``weights``."""
    if name == BUILT_IN:
        # Known without package metadata, so that a plain checkout works.
        from app.extraction.rules import RulesExtractor  # noqa: PLC0415

        return RulesExtractor(weights, listed_by=shipped())
    for entry in entry_points(group=GROUP, name=name):
        return cast("Extractor", entry.load()())
    raise UnknownExtractorError(name)
