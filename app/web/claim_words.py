"""The words for what is read of a claim, and for what people correct of it."""

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from app.domain import words

READ: dict[type[StrEnum], dict[str, Any]] = {
    words.ClaimKind: {
        "quantity": _("A figure"),
        "event": _("What happened"),
        "quotation": _("Quoted words"),
        "causal": _("Cause and effect"),
        "comparison": _("A comparison"),
        "rule": _("A law or a rule"),
        "position": _("A position"),
        "forecast": _("What is to come"),
    },
    words.Mark: {
        "forecast": _("Forecast"),
        "opinion": _("Opinion"),
        "promise": _("Promise or plan"),
        "question": _("Question"),
    },
    words.Comparator: {
        "exact": _("exactly"),
        "about": _("about"),
        "more": _("more than"),
        "at-least": _("at least"),
        "less": _("less than"),
        "at-most": _("at most"),
    },
    words.Change: {"rise": _("rose by"), "fall": _("fell by")},
    words.Amended: {
        "ends": _("moved its ends"),
        "wording": _("corrected its wording"),
        "claimant": _("corrected who said it"),
        "chain": _("corrected how it came from whoever said it"),
        "split": _("split it"),
        "merge": _("joined other claims to it"),
        "missed": _("added it"),
    },
}
