"""Who said it, as rows of a form that can be added, moved and taken away without a script.

Rows are named ``hops-0-agent``, ``hops-0-mode`` and so on, the one nearest the reader first.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FieldList, FormField, SelectField, StringField, URLField

from app.domain.claim_parts import HopRecord
from app.domain.dates import partial_date
from app.domain.errors import Invalid
from app.domain.links import checked_link
from app.domain.words import AgentKind, Mode
from app.web.fields import DeskForm, Rules, choices_of
from app.workflow.agents import MAX_HOPS, HopValues

Row = dict[str, Any]

MOVE = re.compile(r"(remove|up|down)-hop-(\d{1,2})")
NO_SCRIPT = {"autocomplete": "off"}
MAX_WORDS = 300


def _few_words(value: str | None) -> None:
    if len(value or "") > MAX_WORDS:
        raise Invalid("review.long", limit=MAX_WORDS)


class HopForm(DeskForm):
    """One step: who passed the words on, and how."""

    RULES: ClassVar[Rules] = {
        "cue": _few_words,
        "url": checked_link,
        "said_on": partial_date,
        "ends_because": _few_words,
    }

    agent = StringField(_("Who"), render_kw={"list": "agents", **NO_SCRIPT})
    kind = SelectField(_("What they are"), default=AgentKind.PERSON.value)
    is_named = BooleanField(_("Named in the text"), default=True)
    mode = SelectField(_("How it was said"), default=Mode.PARAPHRASE.value)
    cue = StringField(_("In which words"), render_kw={"placeholder": _("said"), **NO_SCRIPT})
    url = URLField(_("Where to see it"), render_kw={"placeholder": "https://", **NO_SCRIPT})
    said_on = StringField(_("When"), render_kw={"placeholder": "2025-09-04", **NO_SCRIPT})
    ends_because = StringField(_("Why the chain ends here"), render_kw=NO_SCRIPT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as WTForms
        super().__init__(*args, **kwargs)
        self.kind.choices = choices_of(AgentKind)
        self.mode.choices = choices_of(Mode)

    @property
    def is_open(self) -> bool:
        """Whether the seldom needed fields hold something."""
        return any((self.url.data, self.said_on.data, self.ends_because.data)) or bool(self.errors)

    def values(self) -> HopValues:
        """The step as a verb takes it."""
        return HopValues(
            agent=self.agent.data or "",
            kind=AgentKind(self.kind.data),
            is_named=bool(self.is_named.data),
            cue=self.cue.data or "",
            mode=Mode(self.mode.data),
            url=self.url.data or None,
            said_on=self.said_on.data or None,
            ends_because=self.ends_because.data or None,
        )


class ChainForm(DeskForm):
    """The part of a form that says who said it."""

    hops = FieldList(FormField(HopForm), max_entries=2 * MAX_HOPS)

    def chain(self) -> tuple[HopValues, ...]:
        """The steps that name somebody."""
        rows = [entry.form for entry in self.hops]
        return tuple(row.values() for row in rows if (row.agent.data or "").strip())

    def rows(self) -> list[Row]:
        """What was typed, row by row."""
        return [dict(entry.form.data) for entry in self.hops]


def rows_of(hops: Iterable[HopRecord]) -> list[Row]:
    """A chain as rows to be filled in."""
    return [
        {
            "agent": hop.agent,
            "kind": hop.agent_kind.value,
            "is_named": hop.is_named,
            "mode": hop.mode.value,
            "cue": hop.cue,
            "url": hop.url or "",
            "said_on": hop.said_on or "",
            "ends_because": hop.ends_because or "",
        }
        for hop in hops
    ]


def rearranged(rows: Sequence[Row], do: str) -> list[Row] | None:
    """The rows after one of the chain's buttons; None when it was another button."""
    if do == "add-hop":
        return [*rows, {}][:MAX_HOPS]
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
