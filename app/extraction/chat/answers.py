"""The answer of a model as proposals, checked by hand: what is wrong is named by its place."""

import json
import re
from typing import Any, TypeVar

from app.domain.words import AgentKind, Mode
from app.extraction.candidate import Hop
from app.extraction.proposals import MOST_HOPS, VERDICT, Proposal, plain

MOST_CLAIMS = 500
Word = TypeVar("Word", AgentKind, Mode)
_FENCE = "```"
_CLAIM = frozenset({"quote", "claim", "said_by"})
_HOP = frozenset({"name", "kind", "how", "cue"})
_JUDGING = re.compile(
    r"verdict|rating|truth|veracity|label|accura|factual|stance|score|confidence|evidence|explanation"
    r"|reason|correct|valid",
    re.IGNORECASE,
)


class AnswerError(ValueError):
    """The answer is not what was asked for; the message says where, in words of ours alone."""


def proposals(answer: str) -> list[Proposal]:
    """What an answer proposes.

    Raises:
        AnswerError: it is not JSON, or not of the form that was asked for.
    """
    try:
        found: Any = json.loads(_without_fence(answer))
    except (ValueError, RecursionError):
        raise AnswerError("it is not JSON") from None
    top = _object(found, "the answer", frozenset({"claims"}))
    claims = _list(top.get("claims"), "claims", MOST_CLAIMS)
    return [_claim(one, f"claims[{at}]") for at, one in enumerate(claims)]


def _without_fence(answer: str) -> str:
    """The answer without the three ticks that some models put around code.

    By hand: a pattern with two ends takes hours for a long answer of blanks.
    """
    inside = answer.strip()
    if not (inside.startswith(_FENCE) and inside.endswith(_FENCE)):
        return inside
    language, _end, code = inside.removesuffix(_FENCE).partition("\n")
    return code if language.removeprefix(_FENCE).strip().casefold() in {"", "json"} else inside


def _claim(found: object, where: str) -> Proposal:
    claim = _object(found, where, _CLAIM)
    said_by = _list(claim.get("said_by") or [], f"{where}.said_by", MOST_HOPS)
    return Proposal(
        quote=_text(claim.get("quote"), f"{where}.quote"),
        text=_text(claim.get("claim") or "", f"{where}.claim"),
        attribution=tuple(_hop(one, f"{where}.said_by[{at}]") for at, one in enumerate(said_by)),
    )


def _hop(found: object, where: str) -> Hop:
    hop = _object(found, where, _HOP)
    kind = _one_of(AgentKind, hop.get("kind") or AgentKind.PERSON, f"{where}.kind")
    name = _text(hop.get("name"), f"{where}.name")
    if not name.strip():
        raise AnswerError(f"{where}.name must not be empty")
    return Hop(
        agent=name,
        cue=_text(hop.get("cue") or "", f"{where}.cue"),
        mode=_one_of(Mode, hop.get("how") or Mode.PARAPHRASE, f"{where}.how").value,
        named=kind is not AgentKind.UNNAMED,
        kind=kind.value,
    )


def _object(found: object, where: str, known: frozenset[str]) -> dict[str, Any]:
    """An object with these fields; one that judges is dropped, any other is an error."""
    if not isinstance(found, dict):
        raise AnswerError(f"{where} must be an object")
    if any(name not in known and not _judges(name) for name in found):
        raise AnswerError(f"{where} must have no fields but {', '.join(sorted(known))}")
    return {name: value for name, value in found.items() if name in known}


def _judges(name: str) -> bool:
    return bool(_JUDGING.search(name) or VERDICT.search(name.replace("_", " ")))


def _list(found: object, where: str, most: int) -> list[object]:
    if not isinstance(found, list):
        raise AnswerError(f"{where} must be a list")
    if len(found) > most:
        raise AnswerError(f"{where} must have at most {most} entries")
    return found


def _text(found: object, where: str) -> str:
    if not isinstance(found, str):
        raise AnswerError(f"{where} must be a text")
    return plain(found)


def _one_of(kind: type[Word], found: object, where: str) -> Word:
    known = {word.value: word for word in kind}
    if not isinstance(found, str) or found not in known:
        raise AnswerError(f"{where} must be one of {', '.join(known)}")
    return known[found]
