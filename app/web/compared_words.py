"""The words for figures that are compared: what two leave open, what was assumed, why not."""

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from app.domain.compared import Outcome, Warned
from app.domain.reconciled import Hindrance, Note

COMPARED: dict[type[StrEnum], dict[str, Any]] = {
    Outcome: {
        "same": _("the same"),
        "rounded": _("the same but for rounding"),
        "within": _("as near as “about” allows"),
        "in-bound": _("the number fits"),
        "in-range": _("the one lies within the other"),
        "differs": _("not the same"),
        "not-compared": _("not compared"),
    },
    Hindrance: {
        "kind": _("they are figures of different kinds"),
        "points": _("percent and percentage points are not the same"),
        "currency": _("their currencies differ and no rate is written down"),
        "change": _("one says by how much something changed, the other how much it is"),
        "base": _("one is only what something is compared with"),
        "rate": _("one is so much for each time, the other is not"),
        "bounds": _("both say only more or less than a number"),
    },
    Note: {
        "converted": _("Reckoned in the unit of the claim."),
        "exchanged": _("Reckoned in the currency of the claim."),
        "rate-time": _("Brought to the same time; a year has 365.2425 days."),
        "span": _("What was so much in a time is read as so much for each such time."),
        "loose": _(
            "Its unit has several meanings: a ton is reckoned as 1,000 kilograms, a gallon, quart or"
            " pint as that of the US, a calorie as that of food."
        ),
        "levels": _("Read as temperatures, not as differences of temperature."),
        "multiple": _(
            "A multiple is reckoned as a share: three times as many is 200 percent more."
        ),
    },
    Warned: {
        "time-claim": _("For when it holds is not stated in the claim."),
        "time-source": _("For when it holds is not stated in the source."),
        "time-both": _("For when they hold is stated neither in the claim nor in the source."),
        "year-claim": _("Which year is not stated in the claim."),
        "year-source": _("Which year is not stated in the source."),
        "year-both": _("Which year is stated neither in the claim nor in the source."),
        "other-time": _("They are of different times."),
        "unit-claim": _("In which unit is not stated in the claim: that of the source is assumed."),
        "unit-source": _(
            "In which unit is not stated in the source: that of the claim is assumed."
        ),
        "opposite": _("The one tells of a rise, the other of a fall."),
        "prices": _("Only one of them is said to be adjusted for inflation."),
        "cut": _("Of its words only the beginning was read."),
    },
}

# A rate, by the code of its time.
EACH: dict[str, Any] = {
    "s": _("%(amount)s a second"),
    "min": _("%(amount)s a minute"),
    "h": _("%(amount)s an hour"),
    "D": _("%(amount)s a day"),
    "W": _("%(amount)s a week"),
    "M": _("%(amount)s a month"),
    "Q": _("%(amount)s a quarter"),
    "Y": _("%(amount)s a year"),
}
