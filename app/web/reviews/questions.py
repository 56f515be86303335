"""The rows of questions in the form of a check: each holds an answer, and what it answers.

A row without a question answers the one of the row above. Fields are plain texts by name, as in
``forms``; this module knows those that begin with ``questions-``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from flask_babel import gettext as _

from app.domain.errors import Invalid
from app.domain.evidence_questions import NO, YES, EvidenceAnswerRecord
from app.domain.evidence_words import AnswerType, SourceMedium
from app.domain.records import VersionRecord
from app.web.wording import word
from app.workflow.questions import (
    AnswerValues,
    QuestionValues,
    checked_answer,
    checked_question,
)
from app.workflow.sources import SourceValues

Fields = Mapping[str, str]
Row = dict[str, str]
Found = list[tuple[str, Invalid]]

PARTS = ("text", "answer", "type", "explanation", "medium", "source")
FIELD = re.compile(rf"questions-(0|[1-9][0-9]{{0,2}})-({'|'.join(PARTS)})")
MAX_ROWS = 1_000
NOWHERE = -1
USUAL = AnswerType.EXTRACTIVE.value
KINDS = (
    *(AnswerType.EXTRACTIVE.value, AnswerType.ABSTRACTIVE.value, "boolean-yes", "boolean-no"),
    AnswerType.UNANSWERABLE.value,
)
# A yes and a no are kinds of answers of their own here: without a script, nothing can ask for one
# only after "yes or no" is chosen.
DECIDED = {"boolean-yes": YES, "boolean-no": NO}


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A row as the page shows it: its number in names, its question and answer from 1.

    ``kind`` of answer is one of KINDS, or whatever else was posted.
    """

    number: int
    question: int
    answer: int
    kind: str = USUAL

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds that can be chosen, in words; one that was posted by a script besides."""
        offered = KINDS if self.kind in KINDS else (*KINDS, self.kind)
        return [(kind, kind_word(kind)) for kind in offered]


def is_field(name: str) -> bool:
    """Whether a field is one of a question."""
    return FIELD.fullmatch(name) is not None


def is_said(name: str, fields: Fields) -> bool:
    """Whether a field says something: of a row that tells nothing, none does."""
    match = FIELD.fullmatch(name)
    return match is None or not is_free(fields, int(match[1]))


def is_free(fields: Fields, number: int) -> bool:
    """Whether a row tells nothing: no question, and no answer to one."""
    texts = (_part(fields, number, part) for part in ("text", "answer", "explanation"))
    return not any(texts) and _part(fields, number, "type") in {"", USUAL}


def _part(fields: Fields, number: int, part: str) -> str:
    return fields.get(f"questions-{number}-{part}", "").strip()


def _numbers(fields: Fields) -> list[int]:
    found = (FIELD.fullmatch(name) for name in fields)
    return sorted({int(match[1]) for match in found if match})


def _goes_on(fields: Fields, number: int) -> bool:
    """Whether a row answers the question above: it asks none, and is no room for a new one."""
    if _part(fields, number, "text"):
        return False
    has_room = f"questions-{number}-text" in fields
    return not has_room or any(_part(fields, number, part) for part in ("answer", "explanation"))


def shown(fields: Fields) -> list[AskedRow]:
    """The rows as the page shows them: at least one has room for another question."""
    rows = list[AskedRow]()
    for number in _numbers(fields):
        last, kind = rows[-1] if rows else AskedRow(-1, 0, 0), kind_of(fields, number)
        if rows and _goes_on(fields, number):
            rows.append(AskedRow(number, last.question, last.answer + 1, kind))
        else:
            rows.append(AskedRow(number, last.question + 1, 1, kind))
    has_room = any(row.answer == 1 and is_free(fields, row.number) for row in rows)
    after = rows[-1].number + 1 if rows else 0
    if not has_room and after < MAX_ROWS:
        rows.append(AskedRow(after, rows[-1].question + 1 if rows else 1, 1))
    return rows


def kind_of(fields: Fields, number: int) -> str:
    """What kind of answer is chosen in a row; a script may post "boolean" and Yes or No beside it."""
    kind = _part(fields, number, "type") or USUAL
    said = {text: name for name, text in DECIDED.items()}
    if kind == AnswerType.BOOLEAN:
        return said.get(_part(fields, number, "answer"), kind)
    return kind


# Buttons


def with_question(fields: Fields) -> tuple[Row, int]:
    """The form with room for one more question, and the number of its row."""
    rows = _taken(fields)
    return _written(fields, [*rows, {"text": ""}]), len(rows)


def with_answer(fields: Fields, number: int) -> tuple[Row, int]:
    """The form with room for one more answer to the question of a row, and the number of its row."""
    of_row = {row.number: row.question for row in shown(fields)}
    places = [n for n, key in enumerate(_numbers(fields)) if of_row[key] == of_row.get(number)]
    if not places:
        return dict(fields), number
    rows, place = _taken(fields), places[-1] + 1
    return _written(fields, [*rows[:place], {"answer": ""}, *rows[place:]]), place


def without(fields: Fields, number: int) -> Row:
    """The form without an answer; without the whole question where it is the first one to it."""
    rows = {row.number: row for row in shown(fields)}
    gone = rows.get(number)
    kept = [
        row
        for key, row in zip(_numbers(fields), _taken(fields), strict=True)
        if gone is None
        or (key != number and (gone.answer > 1 or rows[key].question != gone.question))
    ]
    return _written(fields, kept)


def unlinked(fields: Fields, source: int) -> Row:
    """The form with no answer read from a row of sources, which is about to go."""
    return {
        name: "" if is_field(name) and name.endswith("-source") and text == str(source) else text
        for name, text in fields.items()
    }


def _taken(fields: Fields) -> list[Row]:
    return [
        {part: fields[name] for part in PARTS if (name := f"questions-{number}-{part}") in fields}
        for number in _numbers(fields)
    ]


def _written(fields: Fields, rows: Sequence[Row]) -> Row:
    """The form with these rows in place of those that it had, numbered anew."""
    others = {name: text for name, text in fields.items() if not is_field(name)}
    named = {
        f"questions-{number}-{part}": text
        for number, row in enumerate(rows)
        for part, text in row.items()
    }
    return {**others, **named}


# What was sent, and what is stored


def fields_of(version: VersionRecord) -> Row:
    """The questions of a version that was sent, to be corrected."""
    places = {use.id: str(place) for place, use in enumerate(version.evidence)}
    rows = list[Row]()
    for question in version.questions:
        rows += [_answer_fields(answer, places) for answer in question.answers]
        rows[-len(question.answers)]["text"] = question.text
    return _written({}, rows)


def _answer_fields(answer: EvidenceAnswerRecord, places: Mapping[int | None, str]) -> Row:
    kind = {text: name for name, text in DECIDED.items()}
    is_decided = answer.type is AnswerType.BOOLEAN and answer.text in kind
    return {
        "answer": "" if is_decided else answer.text,
        "type": kind[answer.text] if is_decided else answer.type.value,
        "explanation": answer.explanation,
        "medium": answer.medium or "",
        "source": "" if answer.source is None else places.get(answer.source.id, ""),
    }


def values(
    fields: Fields, sources: Mapping[int, SourceValues], found: Found
) -> Iterator[QuestionValues]:
    """What the rows say, for the verb; ``sources`` are the filled rows of sources, in order.

    What cannot be is added to ``found``, with the field that it stands in.
    """
    places = {str(number): place for place, number in enumerate(sources)}
    for _question, grouped in groupby(shown(fields), key=lambda row: row.question):
        numbers = [row.number for row in grouped]
        told = [number for number in numbers if not is_free(fields, number)]
        if not told:
            continue
        text = _part(fields, numbers[0], "text")
        try:
            checked_question(text, answers=len(told))
        except Invalid as mistake:
            found.append((f"questions-{numbers[0]}-text", mistake))
        answers = [_answer(fields, number, places, found) for number in told]
        for number, answer in zip(told, answers, strict=True):
            _check(number, answer, list(sources.values()), found)
        yield QuestionValues(text=text, answers=tuple(answers))


def _answer(fields: Fields, number: int, places: Mapping[str, int], found: Found) -> AnswerValues:
    kind = kind_of(fields, number)
    text = _part(fields, number, "answer")
    decided = DECIDED.get(kind)
    if decided is not None and text not in {"", decided}:
        found.append((f"questions-{number}-answer", Invalid("question.boolean-text")))
    name = f"questions-{number}-"
    type_ = AnswerType.BOOLEAN if decided else _member(fields, name + "type", AnswerType, found)
    source = _part(fields, number, "source")
    return AnswerValues(
        type=type_ or AnswerType.EXTRACTIVE,
        text=decided or text,
        explanation=_part(fields, number, "explanation"),
        medium=_member(fields, name + "medium", SourceMedium, found),
        # A row in which nothing is filled in is as good as one that is not there.
        source=places.get(source, NOWHERE) if source else None,
    )


def _check(
    number: int, answer: AnswerValues, sources: Sequence[SourceValues], found: Found
) -> None:
    try:
        checked_answer(answer, sources)
    except Invalid as mistake:
        name = f"questions-{number}-{mistake.values['field']}"
        if name not in {field for field, _known in found}:
            found.append((name, mistake))


Member = TypeVar("Member", bound=StrEnum)


def _member(fields: Fields, name: str, kind: type[Member], found: Found) -> Member | None:
    text = fields.get(name, "").strip()
    try:
        return kind(text) if text else None
    except ValueError:
        found.append((name, Invalid("form.choice")))
        return None


def told(fields: Fields) -> Iterator[str]:
    """What the rows say, an answer a line, for reading two forms beside each other."""
    for row in shown(fields):
        if not is_free(fields, row.number):
            parts = (
                _part(fields, row.number, "text") if row.answer == 1 else "–",
                "" if row.kind == USUAL else kind_word(row.kind),
                *(_part(fields, row.number, part) for part in ("answer", "explanation")),
                _medium_word(_part(fields, row.number, "medium")),
                _source_name(fields, _part(fields, row.number, "source")),
            )
            yield " · ".join(filter(None, parts))


def kind_word(kind: str) -> str:
    """What the page calls a kind of answer."""
    if kind in DECIDED:
        return str(_("Yes") if DECIDED[kind] == YES else _("No"))
    return word(AnswerType(kind)) if kind in set(AnswerType) else kind


def _medium_word(text: str) -> str:
    return word(SourceMedium(text)) if text in set(SourceMedium) else text


def _source_name(fields: Fields, number: str) -> str:
    name = f"sources-{number}-"
    return (fields.get(f"{name}title", "") or fields.get(f"{name}url", "")).strip() or number
