"""Writing comments, answering them, asking a colleague, and the list of what was written."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.auth import identity
from app.auth.guard import needs
from app.domain.comments import TalkFilter
from app.domain.errors import Invalid
from app.domain.permissions import Action, may
from app.storage import claims, comments, projects
from app.storage.projects import Colleague
from app.web import paging
from app.web.comments.forms import AskForm, CommentForm, ListForm
from app.web.transactions import database, db
from app.workflow.comments import CommentValues, add_comment, reopen, reply, resolve
from app.workflow.consulting import ask as ask_person

blueprint = Blueprint("comments", __name__)


@blueprint.get("/projects/<slug>/comments")
@needs(Action.PROJECT_VIEW)
def index(slug: str) -> ResponseReturnValue:
    """The threads of a project, open ones first, as far as blindness allows."""
    actor, project = identity.actor(), identity.project()
    wanted = ListForm(request.args).wanted()
    place = paging.after((int, str))
    found = comments.threads(
        db(),
        actor,
        project.id,
        wanted=wanted,
        after=(int(place[0] or 0), str(place[1])) if place else None,
        limit=paging.PAGE_ROWS + 1,
    )
    shown = found[: paging.PAGE_ROWS]
    more = paging.place_of(comments.place_of(shown[-1])) if len(found) > len(shown) else None
    return render_template(
        "comments/index.html",
        slug=slug,
        wanted=wanted,
        filters=TalkFilter,
        threads=shown,
        more=more,
        is_first=place is None,
        may_export=may(actor, Action.EXPORT_TAKE, project.id),
    )


@blueprint.get("/comments/<comment_id>")
@needs(Action.PROJECT_VIEW)
def show(comment_id: str) -> ResponseReturnValue:
    """A comment in its place."""
    return redirect(_place(comment_id), 303)


@blueprint.post("/claims/<claim_id>/comments")
@needs(Action.COMMENT_ADD)
def add(claim_id: str) -> ResponseReturnValue:
    """Begin a thread."""
    form = _comment_form()
    return _answer(
        form,
        lambda: add_comment(db(), identity.actor(), claim_id, values=_values(form)),
        claim_id=claim_id,
        title=_("Comment on a claim"),
    )


@blueprint.post("/comments/<comment_id>/replies")
@needs(Action.PROJECT_VIEW)
def answer(comment_id: str) -> ResponseReturnValue:
    """Answer in a thread; somebody who was asked may, whatever else they may do."""
    form = _comment_form()
    with database().reading() as session:
        claim_id = comments.answerable(session, identity.actor(), comment_id)
    return _answer(
        form,
        lambda: reply(db(), identity.actor(), comment_id, values=_values(form)),
        claim_id=claim_id,
        title=_("Answer a comment"),
    )


@blueprint.post("/claims/<claim_id>/questions")
@needs(Action.COMMENT_ADD)
def ask(claim_id: str) -> ResponseReturnValue:
    """Ask somebody about a claim."""
    form = AskForm()
    form.offer(_others())
    return _answer(
        form,
        lambda: ask_person(
            db(),
            identity.actor(),
            claim_id,
            person_id=form.person.data or "",
            text=form.text.data or "",
        ),
        claim_id=claim_id,
        title=_("Ask a colleague"),
    )


@blueprint.post("/comments/<comment_id>/resolve")
@needs(Action.COMMENT_ADD)
def close(comment_id: str) -> ResponseReturnValue:
    """Close a thread."""
    resolve(db(), identity.actor(), comment_id)
    flash(_("The thread is closed."), "good")
    return redirect(_place(comment_id), 303)


@blueprint.post("/comments/<comment_id>/reopen")
@needs(Action.COMMENT_ADD)
def open_again(comment_id: str) -> ResponseReturnValue:
    """Open a closed thread again."""
    reopen(db(), identity.actor(), comment_id)
    flash(_("The thread is open again."), "good")
    return redirect(_place(comment_id), 303)


def _place(comment_id: str) -> str:
    claim_id = comments.claim_of(db(), identity.actor(), comment_id)
    return url_for("claims.show", claim_id=claim_id, _anchor=f"comment-{comment_id}")


def _answer(
    form: CommentForm | AskForm, write: Callable[[], str], *, claim_id: str, title: str
) -> ResponseReturnValue:
    """Write what the form says, or show it as typed with what is wrong."""
    if form.validate():
        try:
            written = write()
        except Invalid as refusal:
            db().rollback()
            form.refuse(refusal)
        else:
            anchor = f"comment-{written}"
            return redirect(url_for("claims.show", claim_id=claim_id, _anchor=anchor), 303)
    return _typed_page(form, claim_id, title), 422


def _typed_page(form: CommentForm | AskForm, claim_id: str, title: str) -> str:
    with database().reading() as session:
        claim = claims.claim(session, identity.actor(), claim_id)
    return render_template(
        "comments/write.html", form=form, claim=claim, title=title, action=request.path
    )


def _comment_form() -> CommentForm:
    form = CommentForm()
    form.offer(_others())
    return form


def _others() -> list[Colleague]:
    """The other members of the project."""
    with database().reading() as session:
        return projects.colleagues(session, identity.actor(), identity.project().id)


def _values(form: Any) -> CommentValues:  # noqa: ANN401 - one of two forms
    return CommentValues(text=form.text.data or "", tell=form.tell.data or "")
