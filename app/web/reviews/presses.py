"""The buttons of a check's form: what each does, and to which page it leads."""

from collections.abc import Callable, Mapping

from flask import flash, url_for
from flask_babel import gettext as _

from app.auth import identity
from app.domain.comments import checked_text
from app.domain.dates import local_moment
from app.domain.errors import Invalid, Stale
from app.domain.words import SkipReason, SourceKind, Stance
from app.storage import articles, projects, reviews, sources
from app.storage.gold import is_explained
from app.web.filters import soon
from app.web.reviews import answers, questions
from app.web.reviews.forms import Mistakes, Typed, source_fields, source_of, values
from app.web.transactions import database, db
from app.workflow.consulting import ask
from app.workflow.parking import keep, wait
from app.workflow.reviews import put_off, save_draft, skip, submit
from app.workflow.sources import day_here, note_source

Press = Callable[[str, Typed, Mapping[str, str]], str]

SUBMIT = "submit"
# What a page was taken to show belongs to one check.
NOT_OFFERED = (
    *("-quote", "-locator", "-stance", "-answers", "-translation", "-translated_by"),
    *("-note", "-figure", "-set_number", "-accessed_on"),
)


def press(review_id: str, typed: Typed, posted: Mapping[str, str]) -> str:
    """Do what the pressed button says. Answers the address of the page to go on with.

    Raises:
        Invalid: there is no such button, or the form cannot be accepted.
        Stale: the check, or its draft, is newer than the form.
        WrongState: the claim is settled or dropped, or somebody else has the check now.
    """
    name = posted.get("do") or SUBMIT
    for word, does in BUTTONS.items():
        if name == word or (word.endswith("-") and name.startswith(word)):
            return does(review_id, typed, {**posted, "do": name.removeprefix(word)})
    raise Mistakes([("form", Invalid("form.choice"))])


def _submit(review_id: str, typed: Typed, posted: Mapping[str, str]) -> str:
    said = values(
        typed,
        key=posted.get("key", ""),
        as_new=bool(posted.get("as_new")),
        asks_questions=identity.project().asks_questions,
    )
    following = submit(db(), identity.actor(), review_id, values=said)
    if following is None and is_explained(db(), identity.actor(), review_id):
        return url_for("gold.explained", review_id=review_id)
    return answers.place(following)


def _keep(review_id: str, typed: Typed) -> None:
    save_draft(
        db(),
        identity.actor(),
        review_id,
        body=typed.body(),
        draft_version=typed.number("draft_version"),
    )


def _draft(review_id: str, typed: Typed, _posted: Mapping[str, str]) -> str:
    _keep(review_id, typed)
    return url_for("reviews.show", review_id=review_id)


def _add_source(review_id: str, typed: Typed, _posted: Mapping[str, str]) -> str:
    row = typed.next_row
    _keep(review_id, typed.with_row(row))
    return url_for("reviews.show", review_id=review_id, _anchor=f"sources-{row}")


def _add_search(review_id: str, typed: Typed, _posted: Mapping[str, str]) -> str:
    """A row for a search that found nothing, of today and showing nothing by itself."""
    row = typed.next_row
    today = day_here(identity.project().timezone)
    said = {"kind": SourceKind.SEARCH, "stance": Stance.CONTEXT, "accessed_on": today}
    _keep(
        review_id,
        typed.with_row(row, {f"sources-{row}-{part}": text for part, text in said.items()}),
    )
    return url_for("reviews.show", review_id=review_id, _anchor=f"sources-{row}")


def _saved_copy(review_id: str, typed: Typed, posted: Mapping[str, str]) -> str:
    """To the saved copies of a row's page, with what is typed kept behind."""
    number = posted["do"]
    if not (number.isascii() and number.isdigit()) or int(number) not in typed.rows:
        raise Mistakes([("sources", Invalid("form.choice"))])
    page = source_of(typed, int(number))
    _keep(review_id, typed)
    source_id = note_source(db(), identity.actor(), identity.project().id, row=page)
    return url_for("copies.index", source_id=source_id, check=review_id)


def _remove_source(review_id: str, typed: Typed, posted: Mapping[str, str]) -> str:
    _keep(review_id, typed.without_row(_number(posted["do"])))
    return url_for("reviews.show", review_id=review_id, _anchor="sources")


def _add_question(review_id: str, typed: Typed, _posted: Mapping[str, str]) -> str:
    fields, row = questions.with_question(typed.fields)
    _keep(review_id, Typed(fields))
    return url_for("reviews.show", review_id=review_id, _anchor=f"questions-{row}")


def _add_answer(review_id: str, typed: Typed, posted: Mapping[str, str]) -> str:
    fields, row = questions.with_answer(typed.fields, _number(posted["do"]))
    _keep(review_id, Typed(fields))
    return url_for("reviews.show", review_id=review_id, _anchor=f"questions-{row}")


def _remove_question(review_id: str, typed: Typed, posted: Mapping[str, str]) -> str:
    _keep(review_id, Typed(questions.without(typed.fields, _number(posted["do"]))))
    return url_for("reviews.show", review_id=review_id, _anchor="questions")


def _number(text: str) -> int:
    """The row that a button named; no row has a number below nothing."""
    return int(text) if text.isascii() and text.isdigit() else -1


def _offer(review_id: str, typed: Typed, posted: Mapping[str, str]) -> str:
    row = typed.free_row
    fields = _offered_fields(review_id, posted["do"], row)
    if not fields:
        raise Mistakes([("sources", Invalid("form.choice"))])
    _keep(review_id, typed.with_row(row, fields))
    return url_for("reviews.show", review_id=review_id, _anchor=f"sources-{row}")


def _offered_fields(review_id: str, source_id: str, row: int) -> dict[str, str]:
    """The fields of an offered source: the page it is, not what it was taken to show."""
    actor = identity.actor()
    with database().reading() as session:
        review = reviews.review(session, actor, review_id)
        article = articles.article_of_claim(session, review.claim_id)
        if article is None:
            return {}
        offered = sources.offered_sources(
            session, actor, project_id=review.project_id, article_id=article.id
        )
    found = next((source for source in offered if source.source_id == source_id), None)
    if found is None:
        return {}
    return {
        name: text
        for name, text in source_fields(row, found).items()
        if not name.endswith(NOT_OFFERED)
    }


def _skip(review_id: str, typed: Typed, _posted: Mapping[str, str]) -> str:
    try:
        reason = SkipReason(typed["skip_reason"])
    except ValueError:
        raise Mistakes([("skip_reason", Invalid("review.skip-reason"))]) from None
    _keep_if_said(review_id, typed)
    following = skip(
        db(), identity.actor(), review_id, reason=reason, note=typed["skip_note"].strip()
    )
    flash(_("Skipped. It is among your earlier checks, if you want to take it back."))
    return answers.place(following)


def _later(review_id: str, typed: Typed, _posted: Mapping[str, str]) -> str:
    _keep_if_said(review_id, typed)
    following = put_off(db(), identity.actor(), review_id)
    flash(_("Put off: it comes again at the end of your list."))
    return answers.place(following)


def _wait(review_id: str, typed: Typed, _posted: Mapping[str, str]) -> str:
    try:
        until = local_moment(typed["waits_until"], identity.project().timezone)
    except Invalid as mistake:
        raise Mistakes([("waits_until", mistake)]) from None
    if until is None:
        raise Mistakes([("waits_until", Invalid("review.wait-when"))])
    _keep_if_said(review_id, typed)
    following = wait(db(), identity.actor(), review_id, until=until, waits_for=typed["waits_for"])
    flash(_("Waiting until %(time)s. It then comes first again.", time=soon(until)))
    return answers.place(following)


def _keep_longer(review_id: str, typed: Typed, _posted: Mapping[str, str]) -> str:
    _keep_if_said(review_id, typed)
    keep(db(), identity.actor(), review_id)
    flash(_("It stays with you for the whole time again."), "good")
    return url_for("reviews.show", review_id=review_id)


def _ask(review_id: str, typed: Typed, _posted: Mapping[str, str]) -> str:
    """Ask a colleague. The check is kept first, by itself: it locks other rows than asking does."""
    actor = identity.actor()
    with database().reading() as session:
        review = reviews.review(session, actor, review_id)
        people = projects.colleagues(session, actor, review.project_id)
    _check_question(typed, {person.public_id for person in people})
    with database().write() as session:
        save_draft(
            session,
            actor,
            review_id,
            body=typed.without_question().body(),
            draft_version=typed.number("draft_version"),
        )
    claim_id, whom = review.claim_public_id, typed["ask_whom"]
    ask(db(), actor, claim_id, person_id=whom, text=typed["ask_text"])
    flash(_("Your question is sent. The answer will stand here, and you are told of it."), "good")
    return url_for("reviews.show", review_id=review_id, _anchor="asked")


def _check_question(typed: Typed, people: set[str]) -> None:
    """Refuse a question before anything of the check is kept."""
    found: list[tuple[str, Invalid]] = []
    if typed["ask_whom"] not in people:
        found.append(("ask_whom", Invalid("comment.person")))
    try:
        checked_text(typed["ask_text"])
    except Invalid as refusal:
        found.append(("ask_text", refusal))
    if found:
        raise Mistakes(found)


def _keep_if_said(review_id: str, typed: Typed) -> None:
    """What was typed stays with the check; a newer draft of another window is left alone."""
    if typed.is_blank:
        return
    try:
        _keep(review_id, typed)
    except Stale:
        return


BUTTONS: dict[str, Press] = {
    SUBMIT: _submit,
    "draft": _draft,
    "add-source": _add_source,
    "add-search": _add_search,
    "copy-": _saved_copy,
    "remove-source-": _remove_source,
    "add-question": _add_question,
    "add-answer-": _add_answer,
    "remove-question-": _remove_question,
    "offer-": _offer,
    "skip": _skip,
    "later": _later,
    "wait": _wait,
    "keep": _keep_longer,
    "ask": _ask,
}
