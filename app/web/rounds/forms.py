"""The form of a round."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from app.domain.errors import Invalid
from app.domain.rounds import LATER_KINDS, Sample
from app.domain.words import RoundKind
from app.storage.batches import BatchRecord
from app.storage.claim_filters import ClaimFilter
from app.web.fields import DeskForm, choices, number
from app.web.wording import word
from app.workflow.rounds import LEAST_WANTED, MOST_WANTED, Choice, RoundValues

COUNT = {"inputmode": "numeric", "autocomplete": "off", "size": 6}
MAX_DIGITS = 9


class RoundForm(DeskForm):
    """What kind of round, over which claims, how many checks of each, and why.

    ``query`` holds the words of a list of claims, ``claim`` one claim; ``expected`` is how many
    claims the page said that the round would take, ``number_shown`` which round it would be.
    """

    kind = RadioField(_("What kind of round"), choices=[], validate_choice=False)
    batch = SelectField(_("Which claims"), choices=[], validators=[Optional()])
    number = StringField(_("Only a random sample: how many claims"), render_kw=COUNT)
    percent = StringField(_("or how many percent of them"), render_kw=COUNT)
    reviews_wanted = StringField(_("Checks of each claim"), default="1", render_kw=COUNT)
    is_blind = BooleanField(_("Its checkers do not see each other’s answers"), default=True)
    people_come = BooleanField(
        _("Take claims too that too few people here could check: others come")
    )
    reason = TextAreaField(_("Why the round is opened"))
    query = HiddenField()
    claim = HiddenField()
    expected = HiddenField()
    number_shown = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as WTForms
        super().__init__(*args, **kwargs)
        self.kind.choices = choices((kind.value, word(kind)) for kind in LATER_KINDS)
        if self.kind.data not in set(LATER_KINDS):
            self.kind.data = LATER_KINDS[0].value

    def offer(self, batches: Iterable[BatchRecord]) -> None:
        """Offer these batches, or all claims."""
        every = ("", str(_("All claims")))
        self.batch.choices = choices([every, *((one.public_id, one.name) for one in batches)])

    @property
    def words(self) -> Mapping[str, str]:
        """The words of the list of claims, with the batch that was chosen."""
        listed = dict(parse_qsl(self.query.data or ""))
        return {**listed, "batch": self.batch.data} if self.batch.data else listed

    def choice(self, wanted: ClaimFilter) -> Choice:
        """Which claims are meant, of those that a list finds.

        Raises:
            Invalid: a sample that is no number, or two at once.
        """
        sample = Sample(
            number=_parsed(int, self.number.data, "number"),
            percent=_parsed(float, (self.percent.data or "").replace(",", "."), "percent"),
        )
        if sample.number is not None and sample.percent is not None:
            raise Invalid("round.sample", field="percent")
        return Choice(
            wanted=wanted,
            claim=self.claim.data or None,
            sample=sample,
            people_come=bool(self.people_come.data),
        )

    def values(self, choice: Choice) -> RoundValues:
        """The round, for the verb.

        Raises:
            Invalid: how many checks are wanted is no number.
        """
        return RoundValues(
            kind=RoundKind(self.kind.data),
            reason=self.reason.data or "",
            choice=choice,
            reviews_wanted=self.wanted(),
            is_blind=bool(self.is_blind.data),
            expected=number(self.expected.data),
            number=number(self.number_shown.data),
        )

    def wanted(self) -> int:
        """How many checks of each claim are wanted.

        Raises:
            Invalid: it is no number.
        """
        try:
            wanted = _parsed(int, self.reviews_wanted.data, "reviews_wanted")
        except Invalid:
            wanted = None
        if wanted is None:
            limits = {"least": LEAST_WANTED, "limit": MOST_WANTED}
            raise Invalid("round.wanted", field="reviews_wanted", **limits)
        return int(wanted)


def _parsed(kind: Any, text: str | None, field: str) -> Any:  # noqa: ANN401 - int or float
    """A number as it was typed, None where nothing was.

    Raises:
        Invalid: it is none.
    """
    text = (text or "").strip()
    if not text:
        return None
    try:
        if len(text) <= MAX_DIGITS and text.isascii():
            return kind(text)
    except ValueError:
        pass
    raise Invalid("round.sample", field=field)
