"""How the page of a check is answered: shown, refused with the form as typed, or stale."""

from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, render_template, url_for

from app.auth import identity
from app.domain import evidence_words, words
from app.domain.errors import Invalid, NotAllowed, Refused, Stale, WrongState
from app.domain.evidence_words import SourceMedium, SourceStanding
from app.domain.records import EvidenceRecord
from app.storage.sources import doubted
from app.web.errors import status_of
from app.web.gate_words import Page, Told, told
from app.web.reviews import questions
from app.web.reviews.forms import SCALES, Mistakes, Typed
from app.web.reviews.page import Check, new_key, summary
from app.web.tongues import languages
from app.web.transactions import database
from app.web.wording import sentence
from app.workflow.answers_as_read import read_otherwise
from app.workflow.reviews import save_draft

# The choices of the form, by the names of their enumerations.
WORDS = {**vars(words), **vars(evidence_words)}
BLANK = Typed({})
OFFERED = (
    *("url", "title", "kind", "record", "publisher", "published", "archive_url", "language"),
    *("author", "source_type", "interests", "origin"),
)
# The field that a rule speaks of, where it names none.
FIELD_OF_CODE = {"source.many": "sources", "review.needs-source": "sources"}


def install(blueprint: Blueprint) -> None:
    """Make known to the templates what parts of the form need that are kept."""
    blueprint.add_app_template_global(lambda: BLANK, "blank_form")
    blueprint.add_app_template_global(lambda: WORDS, "form_words")
    blueprint.add_app_template_global(languages, "form_languages")
    blueprint.add_app_template_filter(_taken_over, "taken_over")


def _taken_over(source: EvidenceRecord) -> dict[str, str]:
    """What a row of the form takes over of a source that is offered."""
    return {part: getattr(source, part) or "" for part in OFFERED}


def place(review_id: str | None) -> str:
    """Where to go on: the next check, or the page that says that nothing is left."""
    if review_id is not None:
        return url_for("reviews.show", review_id=review_id)
    return url_for("reviews.start", slug=identity.project().slug)


def page(check: Check, typed: Typed, *, status: int = 200, **shown: object) -> Response:
    """The page of a check with a form as it was typed."""
    usual: dict[str, object] = {
        "notice": "",
        "problems": [],
        "stale": None,
        "lost": False,
        "unsaved": False,
        "rules": [],
    }
    body = render_template(
        "reviews/show.html",
        check=check,
        claim=check.claim,
        typed=typed,
        form_key=new_key(),
        words=WORDS,
        # Then most of the form is as everybody sees it first.
        fresh=typed.is_untouched and not shown.get("problems"),
        origins=sorted({*typed.origins, *(one.origin for one in check.offered if one.origin)}),
        mediums=SourceMedium,
        doubts=_doubts(check, typed),
        changed=_changed(check, typed, shown.get("problems")),
        question_rows=questions.shown(typed.fields) if check.asks_questions else [],
        **{**usual, **shown},
    )
    return Response(body, status)


def _changed(check: Check, typed: Typed, problems: object) -> list[str]:
    """How the chosen answers read now that read otherwise where they were chosen, if not told yet."""
    told: Any = problems or ()
    scales = {"verdict": check.content, "attribution_verdict": check.attribution}
    asked = {
        name: scale
        for name, scale in scales.items()
        if scale is not None
        # A form that was not sent yet has seen none: then there is no mark to be made.
        and (seen := typed[SCALES[name]])
        and seen != scale.mark
        and name not in dict(told)
    }
    if not asked:
        return []
    here = check.claim.project_id
    with database().reading() as session:
        found = (
            read_otherwise(session, here, scale, typed[name], shown=typed[SCALES[name]], field=name)
            for name, scale in asked.items()
        )
        return [sentence(refusal) for refusal in found if refusal is not None]


def _doubts(check: Check, typed: Typed) -> dict[int, SourceStanding]:
    """The rows that link a source which the desk relies on no more, by their numbers."""
    links = {row: typed[f"sources-{row}-url"] for row in typed.rows}
    if not any(links.values()):
        return {}
    with database().reading() as session:
        found = doubted(session, identity.actor(), check.claim.project_id, links.values())
    return {row: found[url] for row, url in links.items() if url in found}


def refused(check: Check, typed: Typed, refusal: Refused) -> Response:
    """The page after a refusal, with everything as it was typed, and what can be done."""
    status = status_of(refusal)
    if isinstance(refusal, Stale):
        return _stale(check, typed, refusal)
    if isinstance(refusal, WrongState | NotAllowed):
        typed = _on_stored_draft(check, typed)
        return page(check, typed, status=status, notice=sentence(refusal), lost=True)
    problems = [(field, sentence(mistake)) for field, mistake in _mistakes(check, typed, refusal)]
    rules = _rules(check, refusal)
    return page(check, typed, status=status, problems=problems, unsaved=True, rules=rules)


def _rules(check: Check, refusal: Refused) -> list[Told]:
    """The rules of the project that the verdict does not meet, which nobody else gives here."""
    lines: Any = refusal.values.get("unmet", ())
    return told(lines, check.claim.public_id, Page.CHECK)


def _mistakes(check: Check, typed: Typed, refusal: Refused) -> list[tuple[str, Refused]]:
    """Each mistake with its field; an unanswered "Was it said?" is told along with the others."""
    if not isinstance(refusal, Mistakes):
        named = str(refusal.values.get("field", "form"))
        return [(FIELD_OF_CODE.get(refusal.code, named), refusal)]
    found: list[tuple[str, Refused]] = list(refusal.found)
    asked = check.attribution is not None and any(field == "verdict" for field, _m in found)
    if asked and not typed["attribution_verdict"]:
        found.insert(0, ("attribution_verdict", Invalid("review.attribution-verdict")))
    return found


def _stale(check: Check, typed: Typed, refusal: Stale) -> Response:
    """Both texts beside each other: this one as typed, and the one that is stored."""
    is_draft = refusal.code == "draft.stale"
    if is_draft and check.draft is not None:
        stored = Typed.of(check.draft.body)
    elif check.review.latest is not None:
        stored = Typed.of_version(check.review.latest)
    else:
        stored = Typed({})
    both = [
        (part, mine, theirs)
        for (part, mine), (_part, theirs) in zip(
            summary(typed, check), summary(stored, check), strict=True
        )
        if mine or theirs
    ]
    return page(
        check,
        _on_stored_draft(check, typed),
        status=status_of(refusal),
        notice=sentence(refusal),
        stale={"both": both, "is_draft": is_draft},
        unsaved=True,
    )


def _on_stored_draft(check: Check, typed: Typed) -> Typed:
    """The form as typed, to stand in place of the draft that was just seen."""
    return typed.given(draft_version=0 if check.draft is None else check.draft.version)


def keep_as_draft(review_id: str, typed: Typed, refusal: Refused) -> None:
    """What was typed in a check that was lost meanwhile is kept, but over no other draft."""
    if not isinstance(refusal, WrongState) or typed.is_blank:
        return
    with suppress(Refused), database().write() as session:
        save_draft(
            session,
            identity.actor(),
            review_id,
            body=typed.body(),
            draft_version=typed.number("draft_version"),
        )
