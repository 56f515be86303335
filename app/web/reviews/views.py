"""Taking a claim, checking it, and coming back to one's earlier checks."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Missing, Refused
from app.domain.permissions import Action
from app.storage import leases, own_checks, queue, reviews
from app.storage.check_facts import check_facts
from app.storage.checkers import share_of
from app.web import paging, resume
from app.web.reviews import answers, choosing, found
from app.web.reviews.forms import Typed
from app.web.reviews.page import load
from app.web.reviews.presses import press
from app.web.transactions import database, db
from app.workflow import lending
from app.workflow.reviews import save_draft

blueprint = Blueprint("reviews", __name__)
found.install(blueprint)
answers.install(blueprint)
choosing.install(blueprint)


@blueprint.get("/projects/<slug>/review")
@needs(Action.REVIEW_TAKE)
def start(slug: str) -> ResponseReturnValue:
    """The check in hand; else a button that takes one; else word that nothing is left."""
    project = identity.project()
    held = reviews.held(db(), identity.actor(), project.id)
    if held is not None:
        return redirect(url_for(".show", review_id=held), 303)
    done, to_go = reviews.progress(db(), identity.actor(), project)
    if to_go:
        more = to_go == queue.COUNTED
        return render_template(
            "reviews/start.html", slug=slug, done=done, to_go=to_go, has_more=more
        )
    share = share_of(db(), project, identity.actor().person)
    settled, like_mine = queue.settled_like_mine(db(), identity.actor(), project.id)
    return render_template(
        "reviews/nothing.html",
        slug=slug,
        done=done,
        settled=settled,
        like_mine=like_mine,
        share=share if share is not None and share[0] >= share[1] else None,
        is_late=leases.somebody_is_late(db(), identity.actor(), project.id),
    )


@blueprint.post("/projects/<slug>/review")
@needs(Action.REVIEW_TAKE)
def take(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the wall has found its project
    """Take the next claim; where none is free, whoever has one for too long is asked."""
    taken = lending.take(db(), identity.actor(), identity.project().id, waits=True)
    return redirect(answers.place(taken), 303)


@blueprint.get("/projects/<slug>/reviews")
@needs(Action.PROJECT_VIEW)
def index(slug: str) -> str:
    """My checks: those under way in groups, then those that are given, newest first."""
    actor, project = identity.actor(), identity.project()
    (before,) = paging.after((int,)) or (None,)
    rows = own_checks.given_checks(
        db(),
        actor,
        project.id,
        before=None if before is None else int(before),
        limit=paging.PAGE_ROWS + 1,
    )
    shown = rows[: paging.PAGE_ROWS]
    more = paging.place_of((shown[-1][0],)) if len(rows) > len(shown) else None
    return render_template(
        "reviews/index.html",
        slug=slug,
        groups=own_checks.open_checks(db(), actor, project.id) if before is None else {},
        lines=[line for _key, line in shown],
        more=more,
    )


@blueprint.get("/reviews/<review_id>")
@needs(Action.PROJECT_VIEW)
def show(review_id: str) -> Response:
    """The page of a check: the claim in its article, and the form; once explained, its answer."""
    facts = check_facts(db(), identity.actor(), review_id)
    if facts.is_explained:
        return make_response(redirect(url_for("gold.explained", review_id=review_id), 303))
    check = load(db(), identity.actor(), identity.project(), review_id, facts=facts)
    return answers.page(check, check.form)


@blueprint.post("/reviews/<review_id>")
@needs(Action.REVIEW_TAKE)
def send(review_id: str) -> ResponseReturnValue:
    """Do what the pressed button says; a form that is refused is shown as it was typed."""
    typed = Typed.of(request.form)
    try:
        return redirect(press(review_id, typed, request.form), 303)
    except Missing:
        raise
    except Refused as refusal:
        # The lock on the desk is given back before a page is made that only reads.
        db().rollback()
        answers.keep_as_draft(review_id, typed, refusal)
        with database().reading() as session:
            check = load(session, identity.actor(), identity.project(), review_id)
            return answers.refused(check, typed, refusal)


@blueprint.post("/reviews/<review_id>/draft")
@needs(Action.REVIEW_TAKE)
def draft(review_id: str) -> Response:
    """Keep what is typed, while it is typed."""
    typed = Typed.of(request.form)
    version = save_draft(
        db(),
        identity.actor(),
        review_id,
        body=typed.body(),
        draft_version=typed.number("draft_version"),
    )
    return Response(status=204, headers={"Draft-Version": str(version)}, mimetype="text/plain")


def shown_again(view_args: Mapping[str, Any], fields: MultiDict[str, str]) -> Response:
    """The page with everything as it was typed before the session ended, for one press."""
    with database().reading() as session:
        check = load(session, identity.actor(), identity.project(), view_args["review_id"])
        notice = _("You are signed in again. Nothing was sent, and nothing is lost: press again.")
        return answers.page(check, Typed.of(fields), notice=notice, unsaved=True)


resume.register("reviews.send", shown_again)
