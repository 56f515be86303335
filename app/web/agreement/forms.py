"""The form that chooses what part of a project's agreement is told."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField

from app.storage.agreement import Checker, Slice
from app.web.fields import DeskForm, choices
from app.web.wording import word


class PartForm(DeskForm):
    """A round, a batch, a version of the guidelines; nothing chosen is all of them."""

    round = SelectField(lazy_gettext("Round"))
    batch = SelectField(lazy_gettext("Batch"))
    guideline = SelectField(lazy_gettext("Version of the guidelines"))
    person = SelectField(lazy_gettext("Who agrees with whom"), choices=())

    def offer(self, slices: Sequence[Slice]) -> None:
        """Offer what there are counts of."""
        rounds = {
            (one.round_number, word(one.round_kind))
            for one in slices
            if one.round_number and one.round_kind
        }
        batches = {(one.batch or "", one.batch_name or "") for one in slices if one.batch}
        versions = {one.guideline for one in slices if one.guideline}
        self.round.choices = choices(
            [
                ("", gettext("All rounds")),
                *((str(number), f"{number}: {kind}") for number, kind in sorted(rounds)),
            ]
        )
        self.batch.choices = choices(
            [("", gettext("All batches")), *sorted(batches, key=lambda batch: batch[1])]
        )
        self.guideline.choices = choices(
            [("", gettext("All versions")), *((str(n), str(n)) for n in sorted(versions))]
        )

    def offer_people(self, people: Sequence[Checker]) -> None:
        """Offer those of whom one is chosen to see who agrees with them."""
        named = [(one.public_id, one.name) for one in people]
        self.person.choices = choices([("", gettext("Nobody chosen")), *named])

    @property
    def offered(self) -> list[SelectField]:
        """The fields in which there is something to choose."""
        # Of one round there is nothing to choose; of one batch there is what is in none.
        fewest = ((self.round, 2), (self.batch, 1), (self.guideline, 2), (self.person, 1))
        return [field for field, few in fewest if len(list(field.iter_choices())) > few]
