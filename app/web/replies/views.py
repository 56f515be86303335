"""The replies of a claim, of a project, and one of them with what it said before."""

from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Stale
from app.domain.permissions import Action, may
from app.domain.records import ClaimRecord
from app.domain.replies import ReplyFilter
from app.storage import claims, queue
from app.storage import replies as questions
from app.storage.replies import Place, ReplyRecord
from app.web import paging
from app.web.replies.forms import ReplyForm, filter_of
from app.web.transactions import database, db
from app.workflow import replies

if TYPE_CHECKING:
    from sqlmodel import Session

blueprint = Blueprint("replies", __name__)


@blueprint.get("/projects/<slug>/replies")
@needs(Action.PROJECT_VIEW)
def index(slug: str) -> ResponseReturnValue:
    """The requests of a project: what is awaited first, by deadline."""
    wanted = filter_of(request.args.get("show", ""))
    place = _place()
    found = questions.replies_in(
        db(),
        identity.actor(),
        identity.project().id,
        wanted=wanted,
        after=place,
        limit=paging.PAGE_ROWS + 1,
    )
    shown = found[: paging.PAGE_ROWS]
    return render_template(
        "replies/index.html",
        slug=slug,
        wanted=wanted,
        filters=tuple(ReplyFilter),
        lines=[record for _where, record in shown],
        more=paging.place_of(shown[-1][0]) if len(found) > len(shown) else None,
        is_first=place is None,
    )


def _place() -> Place | None:
    """Where the list goes on.

    Raises:
        Invalid: no such place was ever handed out.
    """
    place = paging.after((int, int, str, int))
    if place is None:
        return None
    settled, undated, deadline, key = place
    try:
        when = datetime.fromisoformat(str(deadline)) if not undated else None
    except ValueError:
        raise Invalid("page.place") from None
    if when is not None and when.tzinfo is None:
        raise Invalid("page.place")
    return int(settled or 0), int(undated or 0), str(deadline or ""), int(key or 0)


@blueprint.get("/claims/<claim_id>/replies")
@needs(Action.PROJECT_VIEW)
def of_claim(claim_id: str) -> ResponseReturnValue:
    """Whom the desk asked about a claim, and the form for another request."""
    claim = claims.claim(db(), identity.actor(), claim_id)
    form = ReplyForm(formdata=None)
    asked = questions.replies_of(db(), identity.actor(), claim.id)
    if claim.claimant is not None and claim.claimant.is_named and not asked:
        form.whom.data = claim.claimant.agent
    return _claim_page(db(), claim, form)


@blueprint.post("/claims/<claim_id>/replies")
@needs(Action.REPLY_ADD)
def add(claim_id: str) -> ResponseReturnValue:
    """Write down a request."""
    form = ReplyForm()
    values = form.values(identity.project().timezone) if form.validate() else None
    try:
        if values is not None:
            replies.request(db(), identity.actor(), claim_id, values=values)
            flash(_("It is written down, for all who check this claim."), "good")
            return redirect(url_for(".of_claim", claim_id=claim_id), 303)
    except Invalid as refusal:
        form.refuse(refusal)
    db().rollback()
    with database().reading() as session:
        claim = claims.claim(session, identity.actor(), claim_id)
        return _claim_page(session, claim, form), 422


def _claim_page(session: "Session", claim: ClaimRecord, form: ReplyForm) -> str:
    actor, project = identity.actor(), identity.project()
    mine = queue.mine_of(session, actor, [claim.id]) if actor.person_id else {}
    return render_template(
        "replies/claim.html",
        claim=claim,
        replies=questions.replies_of(session, actor, claim.id),
        form=form,
        names=[hop.agent for hop in claim.hops],
        may_add=may(actor, Action.REPLY_ADD, project.id),
        my_check=mine.get(claim.id, ("", False))[0],
    )


@blueprint.get("/replies/<reply_id>")
@needs(Action.PROJECT_VIEW)
def show(reply_id: str) -> ResponseReturnValue:
    """One request, what it said before, and the form to write down more."""
    record = questions.reply(db(), identity.actor(), reply_id)
    return _page(db(), record, ReplyForm(formdata=None).show(record))


@blueprint.post("/replies/<reply_id>")
@needs(Action.REPLY_ADD)
def save(reply_id: str) -> ResponseReturnValue:
    """Write down more of a request; somebody else's newer words are shown beside these."""
    form, status, stale = ReplyForm(), 422, False
    with database().reading() as session:
        known = questions.reply(session, identity.actor(), reply_id)
    values = form.values(identity.project().timezone, known) if form.validate() else None
    try:
        if values is not None:
            version = form.version.data or 0
            replies.change(db(), identity.actor(), reply_id, values=values, version=version)
            claim_id = questions.reply(db(), identity.actor(), reply_id).claim_id
            flash(_("Saved. What it said before is kept."), "good")
            return redirect(url_for(".of_claim", claim_id=claim_id), 303)
    except Invalid as refusal:
        form.refuse(refusal)
    except Stale:
        status, stale = 409, True
    db().rollback()
    with database().reading() as session:
        record = questions.reply(session, identity.actor(), reply_id)
        return _page(session, record, form, is_stale=stale), status


def _page(
    session: "Session", record: ReplyRecord, form: ReplyForm, *, is_stale: bool = False
) -> str:
    """The page of one request; where somebody was quicker, with both texts."""
    actor, project = identity.actor(), identity.project()
    both = []
    if is_stale:
        stored = ReplyForm(formdata=None).show(record)
        both = [
            (label, mine, theirs)
            for (label, mine), (_label, theirs) in zip(form.said(), stored.said(), strict=True)
            if mine or theirs
        ]
        form.version.data, form.version.raw_data = record.version, None
    claim = claims.claim(session, actor, record.claim_id)
    return render_template(
        "replies/show.html",
        reply=record,
        claim=claim,
        form=form,
        both=both,
        names=[hop.agent for hop in claim.hops],
        earlier=questions.earlier_versions(session, actor, record.public_id),
        may_add=may(actor, Action.REPLY_ADD, project.id),
    )
