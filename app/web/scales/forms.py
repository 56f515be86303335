"""The form of a scale: its answers as rows that need no script to be added, moved, taken away.

Rows are named ``answers-0-name``, ``answers-0-definition`` and so on, the best answer first.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FieldList, FormField, HiddenField, StringField, TextAreaField

from app.domain.labels import LabelPreset
from app.domain.records import LabelRecord, SchemeRecord
from app.web.fields import DeskForm
from app.workflow.scales import AnswerValues, ScaleValues

Row = dict[str, Any]

MOVE = re.compile(r"(remove|up|down)-answer-(\d{1,2})")
BACK = re.compile(r"back-(.+)")
MOST_ROWS = 30
FIRST_ROWS = 3
NO_SCRIPT = {"autocomplete": "off", "dir": "auto"}


class AnswerForm(DeskForm):
    """One answer; ``before`` is the code of the one that it goes on from."""

    name = StringField(_("Name"), render_kw=NO_SCRIPT)
    code = StringField(_("Code"), render_kw={**NO_SCRIPT, "spellcheck": "false"})
    definition = TextAreaField(_("What it means"), render_kw={"rows": 2, "dir": "auto"})
    is_ranked = BooleanField(_("Has a place on the scale"), default=True)
    before = HiddenField()

    def values(self) -> AnswerValues:
        """The answer as a verb takes it."""
        return AnswerValues(
            name=self.name.data or "",
            code=self.code.data or "",
            definition=self.definition.data or "",
            is_ranked=bool(self.is_ranked.data),
            before=self.before.data or "",
        )


class ScaleForm(DeskForm):
    """A scale; ``seen`` is the mark of the one that the form showed."""

    name = StringField(_("Name of the scale"), render_kw=NO_SCRIPT)
    answers = FieldList(FormField(AnswerForm), max_entries=MOST_ROWS)
    seen = HiddenField()

    def rows(self) -> list[Row]:
        """What was typed, row by row."""
        return [dict(entry.form.data) for entry in self.answers]

    def values(self) -> ScaleValues:
        """What was filled in; a row without any word is none."""
        rows = [entry.form.values() for entry in self.answers]
        return ScaleValues(
            name=self.name.data or "",
            answers=tuple(row for row in rows if row.name or row.definition or row.before),
            seen=self.seen.data or "",
        )


def rows_like(labels: Iterable[LabelPreset | LabelRecord]) -> list[Row]:
    """The rows of a new scale that is like another one."""
    return [
        {
            "name": label.name,
            "code": label.code,
            "definition": label.definition,
            "is_ranked": label.rank is not None,
            "before": "",
        }
        for label in labels
    ]


def rows_of(labels: Iterable[LabelRecord]) -> list[Row]:
    """The rows of a scale that goes on, each answer from itself."""
    return [{**row, "before": row["code"], "code": ""} for row in rows_like(labels)]


def rearranged(rows: Sequence[Row], do: str, base: SchemeRecord | None = None) -> list[Row] | None:
    """The rows after one of their buttons; None when it was another button."""
    if do == "add-answer":
        return [*rows, {}][:MOST_ROWS]
    back = BACK.fullmatch(do)
    if back is not None and base is not None:
        return [*rows, *rows_of(label for label in left_out(rows, base) if label.code == back[1])]
    found = MOVE.fullmatch(do)
    if found is None:
        return None
    place, changed = int(found[2]), list(rows)
    if place >= len(changed):
        return changed
    row = changed.pop(place)
    if found[1] != "remove":
        changed.insert(max(0, place + (1 if found[1] == "down" else -1)), row)
    return changed


def left_out(rows: Iterable[Row], base: SchemeRecord) -> list[LabelRecord]:
    """The answers of a scale that none of the rows goes on from."""
    kept = {row.get("before") for row in rows}
    return [label for label in base.ever if label.code not in kept]
