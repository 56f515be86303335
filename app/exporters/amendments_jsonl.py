"""amendments.jsonl: one line of JSON for each change of a claim that was read in an article.

For whoever builds extractors: what was read, what a person made of it, and where it stands.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from app.domain.export_rows import AmendmentRow
from app.domain.words import Amended, Mode
from app.exporters import shapes
from app.exporters.cells import moment
from app.exporters.exporter import N_, Exporter, Problem, Records

NEEDED = frozenset({"claim_id", "what", "erased", "after", "undone", "at"})
THEN = {"quote": str, "start": int, "end": int, "text": str, "chain": list}
HOP = {"agent": str, "cue": str, "mode": str, "named": bool}
SHOWN = 60


def write(rows: Iterable[AmendmentRow]) -> Iterator[str]:
    """A line for each amendment, with the keys in the order of KEYS."""
    for row in rows:
        plain = {**asdict(row), "at": moment(row.at)}
        yield f"{json.dumps({key: plain[key] for key in KEYS}, ensure_ascii=False)}\n"


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    found: list[Problem] = []
    for number, line in enumerate("".join(chunks).split("\n")[:-1], start=1):
        try:
            thing = json.loads(line)
        except ValueError:
            found.append(Problem(number, None, "line.json", line[:SHOWN]))
            continue
        if not isinstance(thing, dict) or tuple(thing) != KEYS:
            found.append(Problem(number, None, "line.keys", line[:SHOWN]))
            continue
        faults = [*_faults(thing), *_rules(thing)]
        found += [Problem(number, key, code, str(thing[key])[:SHOWN]) for key, code in faults]
    return found


def _faults(thing: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Values that cannot be, each by itself."""
    for key, fits in CHECKS.items():
        if thing[key] is None and key in NEEDED:
            yield key, "value.none"
        elif thing[key] is not None and not fits(thing[key]):
            yield key, "value.shape"


def _said(shape: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and shape.fullmatch(value) is not None


def _is_flag(value: Any) -> bool:  # noqa: ANN401 - a line of JSON may hold anything
    return isinstance(value, bool)


def _is_claim(value: Any) -> bool:  # noqa: ANN401 - a line of JSON may hold anything
    """Whether a value is a claim as it was or became: its words, its place, who said it."""
    if not _has(value, THEN, none={"quote", "start", "end"}):
        return False
    quote, start, end = value["quote"], value["start"], value["end"]
    if (start is None) != (end is None) or (start is not None and not 0 <= start < end):
        return False
    if quote is not None and (start is None or len(quote) != end - start):
        return False
    return all(_has(hop, HOP) and hop["mode"] in set(Mode) for hop in value["chain"])


def _has(
    value: Any,  # noqa: ANN401 - a line of JSON may hold anything
    kinds: Mapping[str, type],
    *,
    none: Iterable[str] = (),
) -> bool:
    if not isinstance(value, dict) or set(value) != set(kinds):
        return False
    return all(
        type(value[key]) is kind or (value[key] is None and key in none)
        for key, kind in kinds.items()
    )


def _rules(thing: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What one value says of another."""
    joined = thing["other_claim_id"]
    if (thing["what"] == Amended.MISSED.value) != (thing["before"] is None):
        yield "before", "amendment.before"
    if joined and thing["what"] not in {Amended.SPLIT.value, Amended.MERGE.value}:
        yield "other_claim_id", "amendment.other"
    if thing["undone"] is True and not (thing["what"] == Amended.MERGE.value and joined):
        yield "undone", "amendment.undone"
    for key in ("before", "after"):
        then = thing[key]
        if _is_claim(then) and (then["quote"] is None) != (
            thing["erased"] is True or then["start"] is None
        ):
            yield key, "amendment.quote"


# The keys of a line, and whether a value can be one of theirs.
CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "claim_id": _said(shapes.ID),
    "what": _said(shapes.one_of(*Amended)),
    "extractor": _said(shapes.ANY_TEXT),
    "article_url": _said(shapes.ANY_TEXT),
    "article_title": _said(shapes.ANY_TEXT),
    "article_publisher": _said(shapes.ANY_TEXT),
    "article_published": _said(shapes.DATE),
    "snapshot_sha256": _said(shapes.SHA256),
    "erased": _is_flag,
    "before": _is_claim,
    "after": _is_claim,
    "other_claim_id": _said(shapes.ID),
    "undone": _is_flag,
    "at": _said(shapes.TIME),
    "by": _said(shapes.ANY_TEXT),
}
KEYS = tuple(CHECKS)


EXPORTER = Exporter(
    name="amendments.jsonl",
    title=N_(
        "Labels: one line for each correction of a claim that was read, for whoever builds extractors"
    ),
    media_type="application/x-ndjson; charset=utf-8",
    records=Records.AMENDMENTS,
    write=write,
    validate=validate,
)
