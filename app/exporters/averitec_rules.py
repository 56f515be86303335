"""The shape of AVeriTeC's files, for a strict reader: written apart from what writes it.

It is that of the data set's README, ``dev.json`` and ``eval.py``; the data where they differ.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from app.exporters.exporter import Problem
from app.exporters.strict import MOST_PROBLEMS

SHOWN = 60
KEYS = (
    *("claim", "required_reannotation", "label", "justification", "claim_date", "speaker"),
    *("original_claim_url", "fact_checking_article", "reporting_source", "location_ISO_code"),
    *("claim_types", "fact_checking_strategies", "questions"),
)
CACHED_CLAIM = "cached_original_claim_url"
LABELS = frozenset(
    {"Supported", "Refuted", "Not Enough Evidence", "Conflicting Evidence/Cherrypicking"}
)
CLAIM_TYPES = frozenset(
    {
        *("Event/Property Claim", "Numerical Claim", "Quote Verification", "Causal Claim"),
        "Position Statement",
    }
)
STRATEGIES = frozenset(
    {
        *("Written Evidence", "Numerical Comparison", "Consultation", "Fact-checker Reference"),
        "Satirical Source Identification",
    }
)
ANSWER_KEYS = ("answer", "answer_type", "source_url", "source_medium")
ANSWER_TYPES = frozenset({"Extractive", "Abstractive", "Boolean", "Unanswerable"})
MEDIUMS = frozenset({"Web text", "PDF", "Metadata", "Web table", "Image/graphic", "Video", "Other"})
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
# A few addresses of sources stand there without their scheme.
_ADDRESS = re.compile(r"https?://\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.IGNORECASE)
# The day comes first, and neither it nor the month need have two digits.
_DATE = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_COUNTRY = re.compile(r"[A-Z]{2}")

Fault = tuple[str, str]


def problems_in(text: str) -> list[Problem]:
    """What is wrong in a file; ``line`` of a problem counts the claims from 1."""
    try:
        things = json.loads(text)
    except ValueError as error:
        return [Problem(1, None, "file.json", str(error)[:SHOWN])]
    if not isinstance(things, list):
        return [Problem(1, None, "file.array", type(things).__name__)]
    found: list[Problem] = []
    for number, thing in enumerate(things, start=1):
        found += [Problem(number, where, code) for where, code in _faults(thing)]
        if len(found) >= MOST_PROBLEMS:
            break
    return found[:MOST_PROBLEMS]


def _faults(thing: Any) -> Iterator[Fault]:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(thing, dict) or tuple(thing) not in {KEYS, (*KEYS, CACHED_CLAIM)}:
        yield "", "claim.keys"
        return
    for name, (rule, code) in RULES.items():
        if name in thing and not rule(thing[name]):
            yield name, code
    questions = thing["questions"]
    if not isinstance(questions, list) or not questions:
        yield "questions", "questions.none"
        return
    for place, question in enumerate(questions):
        yield from _question(question, f"questions.{place}")


def _is_text(value: Any) -> bool:  # noqa: ANN401 - as above
    return isinstance(value, str) and bool(value.strip())


def _is_text_or_null(value: Any) -> bool:  # noqa: ANN401 - as above
    return value is None or isinstance(value, str)


def _is_link(value: Any) -> bool:  # noqa: ANN401 - as above
    return isinstance(value, str) and _LINK.fullmatch(value) is not None


def _is_link_or_blank(value: Any) -> bool:  # noqa: ANN401 - as above
    return value == "" or _is_link(value)


def _is_link_or_null(value: Any) -> bool:  # noqa: ANN401 - as above
    return value is None or _is_link_or_blank(value)


def _is_date(value: Any) -> bool:  # noqa: ANN401 - as above
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return False
    day, month, year = map(int, match.groups())
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _is_country(value: Any) -> bool:  # noqa: ANN401 - as above
    return value is None or (isinstance(value, str) and _COUNTRY.fullmatch(value) is not None)


def _are(known: frozenset[str]) -> Callable[[Any], bool]:
    """Whether a list has only such values, each once."""

    def holds(value: Any) -> bool:  # noqa: ANN401 - as above
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            return False
        return known.issuperset(value) and len(set(value)) == len(value)

    return holds


Rule = tuple[Callable[[Any], bool], str]
RULES: Mapping[str, Rule] = {
    "claim": (_is_text, "text.shape"),
    "required_reannotation": (lambda value: isinstance(value, bool), "flag.shape"),
    "label": (lambda value: isinstance(value, str) and value in LABELS, "label.unknown"),
    "justification": (lambda value: isinstance(value, str), "text.shape"),
    "claim_date": (_is_date, "date.shape"),
    "speaker": (_is_text_or_null, "text.shape"),
    "original_claim_url": (_is_link_or_null, "link.shape"),
    "fact_checking_article": (_is_link_or_blank, "link.shape"),
    "reporting_source": (_is_text_or_null, "text.shape"),
    "location_ISO_code": (_is_country, "country.shape"),
    "claim_types": (_are(CLAIM_TYPES), "type.unknown"),
    "fact_checking_strategies": (_are(STRATEGIES), "strategy.unknown"),
    CACHED_CLAIM: (_is_link_or_null, "link.shape"),
}


def _question(question: Any, where: str) -> Iterator[Fault]:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(question, dict) or tuple(question) != ("question", "answers"):
        yield where, "question.keys"
        return
    if not _is_text(question["question"]):
        yield f"{where}.question", "text.shape"
    answers = question["answers"]
    if not isinstance(answers, list) or not answers:
        yield f"{where}.answers", "answers.none"
        return
    for place, answer in enumerate(answers):
        at = f"{where}.answers.{place}"
        yield from ((f"{at}.{part}".rstrip("."), code) for part, code in _answer(answer))


def _answer(answer: Any) -> Iterator[Fault]:  # noqa: ANN401 - as above
    if not isinstance(answer, dict):
        yield "", "answer.keys"
        return
    kind = answer.get("answer_type")
    if not isinstance(kind, str) or kind not in ANSWER_TYPES:
        yield "answer_type", "answer.type"
        return
    extra = ("boolean_explanation",) if kind == "Boolean" else ()
    usual = (*ANSWER_KEYS, *extra)
    if extra and "boolean_explanation" not in answer:
        yield "boolean_explanation", "answer.explanation"
    elif tuple(answer) not in {usual, (*usual, "cached_source_url")}:
        yield "", "answer.keys"
    elif kind == "Unanswerable":
        yield from _unanswerable(answer)
    else:
        yield from _answered(answer, kind)


def _unanswerable(answer: Mapping[str, Any]) -> Iterator[Fault]:
    if tuple(answer.values()) != ("No answer could be found.", "Unanswerable", "", ""):
        yield "", "answer.unanswerable"


def _answered(answer: Mapping[str, Any], kind: str) -> Iterator[Fault]:
    if not _is_text(answer["answer"]):
        yield "answer", "text.shape"
    elif kind == "Boolean" and answer["answer"] not in {"Yes", "No"}:
        yield "answer", "answer.boolean"
    if kind == "Boolean" and not _is_text(answer["boolean_explanation"]):
        yield "boolean_explanation", "answer.explanation"
    medium = answer["source_medium"]
    if not isinstance(medium, str) or medium not in MEDIUMS:
        yield "source_medium", "answer.medium"
    for name in ("source_url", "cached_source_url"):
        if name in answer and not _is_address(answer[name], medium):
            yield name, "link.shape"


def _is_address(value: Any, medium: Any) -> bool:  # noqa: ANN401 - as above
    """Where an answer was read; what is read off the claim's own data has that for an address."""
    is_address = isinstance(value, str) and _ADDRESS.fullmatch(value) is not None
    return is_address or value == medium == "Metadata"
