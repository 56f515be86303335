"""People whom a sentence speaks of without a name, so that "he" or "she" may mean them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.extraction import lexicon as lex
from app.extraction.agents import bare
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_FEMALE = word_set("""woman girl daughter mother sister wife actress spokeswoman chairwoman policewoman queen
    grandmother aunt niece businesswoman girlfriend waitress widow mum mom""")
_MALE = word_set("""man boy son father brother husband actor spokesman chairman policeman king gunman grandfather
    uncle nephew businessman boyfriend waiter widower dad fisherman fireman salesman congressman""")
_ANYBODY = word_set("""driver victim suspect attacker pilot passenger student teenager patient neighbour neighbor child
    parent friend colleague worker employee owner buyer seller officer lawyer attorney doctor nurse
    teacher minister president mayor governor senator judge prosecutor director manager executive
    official spokesperson leader founder boss captain soldier player coach singer writer journalist
    reporter professor scientist researcher expert analyst critic witness resident candidate
    defendant accused killer shooter thief cousin partner spouse baby toddler pensioner customer
    premier chancellor pope king prince governor-general commissioner councillor secretary
    ambassador lawmaker chairwoman chairperson principal bishop archbishop striker midfielder
    economist billionaire comedian novelist poet designer producer host presenter tenant landlord predecessor successor rival opponent guest visitor farmer activist""")
# Whom whole stories are about without ever naming them.
_LASTING = (
    _FEMALE | _MALE | word_set("patient victim suspect defendant driver teenager student child")
)


@dataclass(frozen=True, slots=True)
class Bystander:
    """Somebody without a name.

    Attributes:
        at: which word of the sentence it is.
        gender: "m" or "f" where the noun tells.
        is_passing: whether such a person is forgotten after a sentence or two.
    """

    start: int
    at: int
    gender: str | None
    is_passing: bool


def bystanders(words: Sequence[Token]) -> list[Bystander]:
    """The people without a name in a sentence, in order."""
    return [
        Bystander(word.start, at, _sex(bare(word)), _is_passing(bare(word)))
        for at, word in enumerate(words)
        if is_somebody(bare(word)) and not _describes(words, at)
    ]


def is_somebody(noun: str) -> bool:
    """Whether a noun means one person by a role, a trade, an age or a family tie."""
    return noun in _FEMALE | _MALE | _ANYBODY or noun.endswith("-year-old")


def _is_passing(noun: str) -> bool:
    return noun not in _LASTING and not noun.endswith("-year-old")


def _sex(noun: str) -> str | None:
    return "f" if noun in _FEMALE else "m" if noun in _MALE else None


def _describes(words: Sequence[Token], at: int) -> bool:
    """Whether a noun only says what a named person is: "owner Ann Lee", "Ann Lee, the owner"."""
    names = [word.is_capital for word in words[at + 1 : at + 3]]
    # "The 48-year-old Otto Lund" has a name, "the 48-year-old Swede" has none.
    if names[:1] == [True] and (names[1:] == [True] or not words[at].lower.endswith("-old")):
        return True
    for back in range(at - 1, max(at - 5, -1), -1):
        lower = words[back].lower
        if lower == ",":
            return back > 0 and words[back - 1].is_capital
        if lower in lex.BE | {"as", "became", "become"}:
            return True
        if words[back].kind != "word":
            return False
    return False
