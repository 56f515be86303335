"""Planning one claim: until when, how soon, under which tags, and why it was picked."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField, TextAreaField

from app.auth import identity
from app.auth.guard import needs
from app.domain.dates import local_moment
from app.domain.errors import Invalid
from app.domain.permissions import Action
from app.domain.records import ClaimRecord
from app.storage import claims
from app.storage.tags import known_tags
from app.web.fields import DeskForm, MomentField, choices
from app.web.filters import local
from app.web.transactions import database, db
from app.web.wording import PRIORITIES
from app.workflow.planning import PlanValues, plan


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    rule = "/claims/<claim_id>/plan"
    blueprint.add_url_rule(rule, view_func=planning, methods=["GET"])
    blueprint.add_url_rule(rule, view_func=save_plan, methods=["POST"])


class PlanForm(DeskForm):
    """What is planned of a claim; times are by the clock of the project."""

    due_at = MomentField(_("Due"))
    priority = SelectField(_("How soon"), choices=[])
    tags = TextAreaField(_("Tags, one in each line"), render_kw={"rows": 3, "dir": "auto"})
    selection_reason = StringField(_("Why we pick it"), render_kw={"dir": "auto"})

    def offer(self, claim: ClaimRecord) -> "PlanForm":
        """Offer the claim's own priority too: one from a file may be between ours."""
        offered = {value: str(words) for value, words in PRIORITIES}
        own = gettext("%(number)s, as it is", number=claim.priority)
        offered.setdefault(str(claim.priority), own)
        self.priority.choices = choices(offered.items())
        return self

    def show(self, claim: ClaimRecord) -> "PlanForm":
        """Fill in what is planned now."""
        self.due_at.data = local(claim.due_at)
        self.priority.data = str(claim.priority)
        self.tags.data = "\n".join(claim.tags)
        self.selection_reason.data = claim.selection_reason or ""
        return self

    def values(self, timezone: str, claim: ClaimRecord) -> PlanValues:
        """What was filled in. A due time that nobody touched keeps its seconds.

        Raises:
            Invalid: the due time is none.
        """
        try:
            due_at = local_moment(self.due_at.data, timezone)
        except Invalid as refusal:
            raise Invalid(refusal.code, **{**refusal.values, "field": "due_at"}) from None
        return PlanValues(
            due_at=claim.due_at if self.due_at.data == local(claim.due_at) else due_at,
            priority=int(self.priority.data),
            tags=(self.tags.data or "").splitlines(),
            selection_reason=self.selection_reason.data or None,
        )


@needs(Action.CLAIM_PLAN)
def planning(claim_id: str) -> ResponseReturnValue:
    """The form with what is planned now."""
    claim = claims.claim(db(), identity.actor(), claim_id)
    return _page(PlanForm(formdata=None).offer(claim).show(claim), claim)


@needs(Action.CLAIM_PLAN)
def save_plan(claim_id: str) -> ResponseReturnValue:
    """Keep what is planned."""
    with database().reading() as session:
        claim = claims.claim(session, identity.actor(), claim_id)
    form = PlanForm().offer(claim)
    if not form.validate():
        return _page(form, claim), 422
    try:
        values = form.values(identity.project().timezone, claim)
        plan(db(), identity.actor(), claim_id, values=values)
    except Invalid as refusal:
        db().rollback()
        form.refuse(refusal)
        return _page(form, claim), 422
    flash(gettext("The plan is saved."), "good")
    return redirect(url_for("claims.show", claim_id=claim_id), 303)


def _page(form: PlanForm, claim: ClaimRecord) -> str:
    with database().reading() as session:
        known = known_tags(session, identity.project().id)
    return render_template("claims/plan.html", form=form, claim=claim, known=known)
