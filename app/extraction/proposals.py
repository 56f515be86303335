"""What an extractor proposes, read as data: only fields that are known, each of the sort it must be.

Whatever else comes along is left behind, a verdict above all.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import islice
from typing import Any, TypeVar

from app.domain.words import AgentKind, Change, ClaimKind, Comparator, Mark, Mode
from app.extraction.candidate import Addition, Asked, Ground, Hop, Quantity
from app.extraction.checkworthy.signals import PHRASES

MOST_HOPS = 10
_LONGEST_NAME = 300
_LONGEST_REASON = 120
_MOST_REASONS = 12
_LONGEST_WORDING = 2_000
_MOST_PARTS = 100
# A figure beyond this counts nothing that an article tells of; what is longer fits into no column.
_LARGEST = 10**18
_LONGEST_UNIT = 60
_LONGEST_FIGURE = 200
_LONGEST_DAY = 10
_FARTHEST = 10**9
# How somebody would say what a claim is worth, which is for checkers to say.
VERDICT = re.compile(
    r"\b(?:true|untrue|false(?:ly|hood)?|fake|hoax|mislead(?:s|ing)?|debunk\w*|refut\w*|disprove[nd]?|verdict"
    r"|fact[- ]?check(?:s|ed|ing|ers?)?|unproven|unsubstantiated|unsupported|(?:in)?correct(?:ly)?"
    r"|(?:in)?accurate(?:ly)?|wrong(?:ly)?|l(?:ie|ies|ied)|fabricated|baseless|myths?|untruths?"
    r"|rumou?rs?|inaccurac(?:y|ies)|no evidence|never happened)\b",
    re.IGNORECASE,
)

# A reason that names words of the quote, as Assay's own do: they may be any that stand there.
_OF_WORDS = re.compile(r"words: (?:“[^”]{1,60}”(?:, )?)+")
_NAMED = re.compile(r"“([^”]+)”")

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim as an extractor may propose it: the quote is enough, the rest is as in ``Candidate``.

    ``start`` and ``end`` help where the quote stands in several places. Without
    ``checkworthiness`` Assay scores it as it scores its own.
    """

    quote: str
    start: int | None = None
    end: int | None = None
    text: str = ""
    kinds: tuple[str, ...] = ()
    attribution: tuple[Hop, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    checkworthiness: float | None = None
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    signals: Mapping[str, float] = field(default_factory=dict)
    grounds: tuple[Ground, ...] = ()
    marks: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()
    repeats: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an extractor may answer instead of an ``Extraction``: proposals that are not complete.

    Each is a ``Proposal`` or a dictionary with its fields.
    """

    proposals: tuple[Proposal | Mapping[str, Any], ...]
    language: str = ""
    notice: str | None = None
    asked: Asked | None = None


def proposal_of(thing: object) -> Proposal | None:
    """A proposal out of a ``Proposal``, a ``Candidate`` or a dictionary; None without a quote."""
    quote = _field(thing, "quote")
    if not isinstance(quote, str):
        return None
    score = _share(_field(thing, "checkworthiness"))
    text = _field(thing, "text")
    return Proposal(
        quote=plain(quote),
        start=_place(_field(thing, "start")),
        end=_place(_field(thing, "end")),
        text=_in_line(text)[:_LONGEST_WORDING],
        kinds=_of(ClaimKind, _field(thing, "kinds")),
        attribution=_chain(_field(thing, "attribution")),
        quantities=tuple(q for q in _parts(thing, "quantities", Quantity) if _is_sound(q)),
        checkworthiness=score,
        reasons=_phrases(_field(thing, "reasons"), quote) if score is not None else (),
        against=_phrases(_field(thing, "against"), quote) if score is not None else (),
        signals=_numbers(_field(thing, "signals")) if score is not None else {},
        grounds=tuple(g for g in _parts(thing, "grounds", Ground) if _is_known(g)),
        marks=_of(Mark, _field(thing, "marks")),
        additions=tuple(a for a in _parts(thing, "additions", Addition) if _is_placed(a)),
        repeats=tuple(_pairs(_field(thing, "repeats"))),
    )


def _field(thing: object, name: str) -> Any:  # noqa: ANN401 - anything may stand there
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


def plain(text: str) -> str:
    """A text without what no database keeps: NUL, and halves of letters that need two units."""
    return text.replace("\x00", "").encode("utf-8", errors="ignore").decode("utf-8")


def _in_line(value: object) -> str:
    return " ".join(plain(value).split()) if isinstance(value, str) else ""


def _place(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= _FARTHEST else None


def _share(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        return None
    return round(float(value), 4)


def _several(value: object) -> list[object]:
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        return []
    return list(islice(value, _MOST_PARTS))


def _of(words: type[ClaimKind | Mark], value: object) -> tuple[str, ...]:
    known = {word.value for word in words}
    return tuple(str(one) for one in _several(value) if isinstance(one, str) and one in known)


def _phrases(value: object, quote: str) -> tuple[str, ...]:
    """Reasons in a few words; one that sounds like a verdict is none."""
    said = [_in_line(one) for one in _several(value)]
    kept = [one for one in said if 0 < len(one) <= _LONGEST_REASON and _is_reason(one, quote)]
    return tuple(kept[:_MOST_REASONS])


def _is_reason(phrase: str, quote: str) -> bool:
    if _OF_WORDS.fullmatch(phrase):
        return all(words.casefold() in quote.casefold() for words in _NAMED.findall(phrase))
    return not VERDICT.search(phrase)


def _numbers(value: object) -> dict[str, float]:
    """What was measured, of the signals that Assay knows: no others are ever weighed."""
    if not isinstance(value, Mapping):
        return {}
    known = [(code, _share(number)) for code, number in value.items() if code in PHRASES]
    return {code: number for code, number in known if number is not None}


def _parts(thing: object, name: str, kind: type[Part]) -> tuple[Part, ...]:
    return tuple(one for one in _several(_field(thing, name)) if isinstance(one, kind))


def _pairs(value: object) -> Iterable[tuple[int, int]]:
    for one in _several(value):
        match _several(one):
            case [int(start), int(end)] if 0 <= start < end:
                yield start, end


def _is_sound(quantity: Quantity) -> bool:
    """Whether every part of a figure is what it must be."""
    value: object = quantity.value
    days = (quantity.period_from, quantity.period_to)
    flags: tuple[object, ...] = (quantity.is_base, quantity.is_period_stated)
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) <= _LARGEST
        and _is_text(quantity.unit, _LONGEST_UNIT)
        and _is_text(quantity.raw, _LONGEST_FIGURE)
        and (quantity.period is None or _is_text(quantity.period, _LONGEST_FIGURE))
        and all(one is None or _is_text(one, _LONGEST_DAY) for one in days)
        and all(isinstance(one, bool) for one in flags)
        and _is_word(quantity.comparator, Comparator)
        and (quantity.change is None or _is_word(quantity.change, Change))
    )


def _is_text(value: object, longest: int) -> bool:
    """Whether it is a text that can be kept, and says nothing of what is true."""
    if not isinstance(value, str) or len(value) > longest:
        return False
    return plain(value) == value and not VERDICT.search(value)


def _is_word(value: object, kind: type[Enum]) -> bool:
    return isinstance(value, str) and value in {word.value for word in kind}


def _is_known(ground: Ground) -> bool:
    return _is_word(ground.kind, ClaimKind) and isinstance(ground.words, str)


def _is_placed(addition: Addition) -> bool:
    places = (_place(addition.start), _place(addition.end))
    return None not in places and isinstance(addition.instead_of, str)


def _chain(value: object) -> tuple[Hop, ...]:
    """Who said it; all of it or nothing, since a chain with a gap says something else."""
    found = [_hop(one) for one in _several(value)]
    if len(found) > MOST_HOPS or any(hop is None for hop in found):
        return ()
    return tuple(hop for hop in found if hop is not None)


def _hop(value: object) -> Hop | None:
    agent, cue = _field(value, "agent"), _field(value, "cue")
    name = _in_line(agent)
    if not 0 < len(name) <= _LONGEST_NAME:
        return None
    mode, kind, named = (_field(value, name) for name in ("mode", "kind", "named"))
    start, end = _place(_field(value, "start")), _place(_field(value, "end"))
    if start is None or end is None or start >= end:
        start = end = None
    return Hop(
        agent=name,
        cue=_in_line(cue)[:_LONGEST_NAME],
        mode=Mode(mode).value if _is_word(mode, Mode) else "paraphrase",
        named=named if isinstance(named, bool) else True,
        kind=AgentKind(kind).value if _is_word(kind, AgentKind) else "person",
        start=start,
        end=end,
    )


def without_place(hop: Hop) -> Hop:
    """The hop, with nothing said of where the article names it."""
    return replace(hop, start=None, end=None)
