"""A settled claim as copy for a publishing system and for search engines."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.auth import identity
from app.auth.guard import needs
from app.domain.errors import Invalid
from app.domain.findings import Finding
from app.domain.permissions import Action, may
from app.exporters import claimreview, cms
from app.exporters.cms import Voice
from app.exporters.prose import web_address
from app.storage import findings
from app.web.filters import partial
from app.web.transactions import db
from app.web.wording import sentence

# A copy is never served as a page of ours: it is text, to be kept or pasted elsewhere.
PLAIN = "text/plain; charset=utf-8"
WRITERS: Mapping[str, Callable[[Finding, Voice], str]] = {"html": cms.html, "md": cms.markdown}


def install(blueprint: Blueprint) -> None:
    """Give these pages their addresses."""
    for rule, view in (
        ("/claims/<claim_id>/copy", copy),
        ("/claims/<claim_id>/copy.html", copy_html),
        ("/claims/<claim_id>/copy.md", copy_markdown),
        ("/claims/<claim_id>/claimreview.json", claimreview_json),
    ):
        blueprint.add_url_rule(rule, view_func=view, methods=["GET"])


def voice() -> Voice:
    """How the page of this reader says things."""
    return Voice(say=lambda text: str(gettext(text)), day=partial)


@needs(Action.PROJECT_VIEW)
def copy(claim_id: str) -> ResponseReturnValue:
    """The copy to look at, to copy and to keep."""
    actor = identity.actor()
    finding = findings.finding(db(), actor, claim_id)
    thing = claimreview.made(finding)
    return render_template(
        "publications/copy.html",
        finding=finding,
        blocks=[(type(block).__name__, block) for block in cms.blocks(finding, voice())],
        texts={name: write(finding, voice()) for name, write in WRITERS.items()},
        script=claimreview.as_script(thing) if thing else "",
        missing=[(code, sentence(Invalid(code))) for code in claimreview.missing(finding)],
        web_address=web_address,
        leave={action.value: may(actor, action, identity.project().id) for action in Action},
    )


@needs(Action.PROJECT_VIEW)
def copy_html(claim_id: str) -> ResponseReturnValue:
    """The HTML as a file."""
    return _copy(claim_id, "html")


@needs(Action.PROJECT_VIEW)
def copy_markdown(claim_id: str) -> ResponseReturnValue:
    """The Markdown as a file."""
    return _copy(claim_id, "md")


@needs(Action.PROJECT_VIEW)
def claimreview_json(claim_id: str) -> ResponseReturnValue:
    """The ClaimReview as a file; what is missing is said instead of a half one."""
    finding = findings.finding(db(), identity.actor(), claim_id)
    thing = claimreview.made(finding)
    if thing is None:
        raise Invalid(claimreview.missing(finding)[0])
    return _file(
        f"{claimreview.as_json(thing, indent=2)}\n",
        f"{claim_id}.json",
        media_type="application/ld+json; charset=utf-8",
    )


def _copy(claim_id: str, kind: str) -> Response:
    finding = findings.finding(db(), identity.actor(), claim_id)
    return _file(WRITERS[kind](finding, voice()), f"{claim_id}.{kind}", media_type=PLAIN)


def _file(text: str, name: str, *, media_type: str) -> Response:
    response = Response(text, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
