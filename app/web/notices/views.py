"""What one is told of, newest first; opening it is a press, since a GET never writes."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid, Missing
from app.domain.ids import is_public_id
from app.domain.words import NoticeKind
from app.storage import notices
from app.storage.notices import NoticeRecord
from app.web import paging
from app.web.transactions import db
from app.workflow.notices import read, read_all

blueprint = Blueprint("notices", __name__, url_prefix="/notices")


@blueprint.get("")
@needs("signed-in")
def index() -> ResponseReturnValue:
    """My notices."""
    (before,) = paging.after((str,)) or (None,)
    found = notices.notices(
        db(),
        identity.actor(),
        before=None if before is None else str(before),
        limit=paging.PAGE_ROWS + 1,
    )
    shown = found[: paging.PAGE_ROWS]
    more = paging.place_of([shown[-1].public_id]) if len(found) > len(shown) else None
    return render_template("notices/index.html", notices=shown, more=more, is_first=before is None)


@blueprint.post("/read")
@needs("signed-in")
def all_read() -> ResponseReturnValue:
    """I have read all that is on the page, and what came before it."""
    upto = request.form.get("upto", "")
    if not upto:
        raise Invalid("form.choice")
    read_all(db(), identity.actor(), upto=_checked(upto))
    return redirect(url_for("notices.index"), 303)


@blueprint.post("/<notice_id>")
@needs("signed-in")
def open_one(notice_id: str) -> ResponseReturnValue:
    """Go where it leads; or only note that it was read."""
    found = notices.notice(db(), identity.actor(), _checked(notice_id))
    read(db(), identity.actor(), notice_id)
    if request.form.get("do") == "read":
        return redirect(url_for("notices.index", _anchor=f"notice-{notice_id}"), 303)
    return redirect(_place(found), 303)


def _checked(public_id: str) -> str:
    if not is_public_id(public_id):
        raise Missing("notice.missing")
    return public_id


def _place(notice: NoticeRecord) -> str:
    if notice.comment_id is not None:
        anchor = f"comment-{notice.comment_id}"
        return url_for("claims.show", claim_id=notice.claim_id, _anchor=anchor)
    if notice.kind is NoticeKind.GOLD_MISSED:
        anchor = f"review-{notice.review_id}"
        return url_for("gold.show", claim_id=notice.claim_id, _anchor=anchor)
    if notice.review_id is not None:
        return url_for("reviews.show", review_id=notice.review_id)
    return url_for("claims.show", claim_id=notice.claim_id)
