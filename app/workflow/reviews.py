"""Giving a check: drafts, submitting, passing on, and sending one back."""

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.blindness import is_blind
from app.domain.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.domain.words import BarReason, ClaimState, GoldUse, NoticeKind, ReviewState, SkipReason
from app.storage.claims import standing
from app.storage.gold import known
from app.storage.locking import locked, locked_by_key, write_now
from app.storage.sending import Known, Sending, forget_draft, locked_check, remember_next
from app.storage.tables import Bar, Claim, ClaimRound, Draft, Review, ReviewQuestion, ReviewVersion
from app.workflow.events import record_event, record_review_event
from app.workflow.extra_checks import add_extra_checks
from app.workflow.known_answers import checked_known, compare
from app.workflow.lending import claim_round_of, hold_person, lease, occupy, release, take_on
from app.workflow.notices import tell
from app.workflow.rulings import settle_by_itself
from app.workflow.seen_by_leads import bar_who_saw, in_blind_round
from app.workflow.tallies import count_anew
from app.workflow.versions import MAX_TEXT, ReviewValues, Written, hold_known, write_version

MAX_DRAFT = 200_000
# What is said of a check only as long as it is not sent.
OF_ONE_IN_HAND = (
    *("skip_reason", "skip_note", "put_off_at", "lease_until"),
    *("waits_until", "waits_for", "asked_at"),
)


def submit(
    session: Session,
    actor: Actor,
    review_id: str,
    *,
    values: ReviewValues,
    lends_next: bool = True,
) -> str | None:
    """Keep a version of a check and lend the next claim. Answers the next check's public id.

    After a claim to learn from nothing is lent: what is to be learnt from it is read first.

    Raises:
        Missing: no such check, or it is somebody else's.
        Stale: another version was submitted since the form was shown, or the form's key was used.
        WrongState: the claim is closed or in a later round, the lapsed lease is taken, or the answer
            was explained.
        Invalid: what ``write_version`` and ``settle_by_itself`` say.
    """
    hold_person(session, actor)
    sending = locked_check(session, actor, review_id)
    if sending is None:
        raise Missing("review.missing")
    ask_leave(actor, Action.REVIEW_TAKE, sending.review.project_id)
    known = hold_known(session, actor, sending, form_key=values.form_key)
    if _is_sent(sending.review, known, values):
        return None if known.known_use is GoldUse.TRAINING else known.led_to
    version_id, goes_on = _keep(session, actor, sending, known, values=values)
    if not (lends_next and goes_on):
        return None
    following = take_on(session, actor, sending.review.project_id)
    if following is not None:
        # The same form sent again leads there again.
        remember_next(session, version_id, following)
    return following


def _keep(
    session: Session, actor: Actor, sending: Sending, known: Known, *, values: ReviewValues
) -> tuple[int, bool]:
    """Write a version down, and do what follows of it; its key, False where nothing is lent after it."""
    row, claim, entry = sending.review, sending.claim, sending.entry
    _check_open(row, claim, known)
    if row.claim_round_id != known.newest:
        raise WrongState("review.earlier-round")
    gold = checked_known(session, row) if known.known_use is not None else None
    if row.slot is None:
        occupy(session, row, claim)
    written = write_version(session, actor, sending, known, values=values)
    if gold is None and row.state is not ReviewState.SUBMITTED:
        write_now(session, entry, {"reviews_done": entry.reviews_done + 1})
    _mark_submitted(session, actor, row, written)
    # A newer draft of another window was not part of what was sent, and stays.
    seen = values.draft_version
    if known.draft is not None and (seen is None or known.draft <= seen):
        forget_draft(session, row.key)
    if gold is not None:
        count_anew(session, claim.key)
        version = session.get_one(ReviewVersion, written.key)
        return written.key, compare(session, claim, gold, row=row, version=version)
    _conclude(session, actor, sending, written, gate_reason=values.gate_reason)
    return written.key, True


def _conclude(
    session: Session, actor: Actor, sending: Sending, written: Written, *, gate_reason: str
) -> None:
    """Ask for one more by the rules, settle what needs nobody else, and count the answers.

    A person looks at a retired one first.
    """
    claim, entry = sending.claim, sending.entry
    # First: a claim is never seen as complete and then wants more after all.
    add_extra_checks(session, claim, entry, sending.review)
    if entry.reviews_done < entry.reviews_wanted:
        # It waited for checks before, too, and nothing of it is counted.
        return
    if not written.retired or entry.reviews_wanted == 1:
        settle_by_itself(session, actor, claim, entry, gate_reason=gate_reason)
    count_anew(session, claim.key)


def own_check(session: Session, actor: Actor, review_id: str) -> Review:
    """A check of one's own, locked for changing.

    Raises:
        Missing: there is none, or it is somebody else's.
    """
    row = locked(session, Review, review_id)
    if row.reviewer_id != actor.person_id:
        raise Missing("review.missing")
    ask_leave(actor, Action.REVIEW_TAKE, row.project_id)
    return row


def _is_sent(row: Review, known: Known, values: ReviewValues) -> bool:
    """Whether this very form was sent before, with the same content.

    Raises:
        Stale: the form was sent before with another content, or showed an older version.
    """
    is_old = values.base_version != row.submitted_version and not values.as_new
    if is_old if known.sent is None else known.sent != values.sha256():
        raise Stale("review.stale", version=row.submitted_version)
    return known.sent is not None


def _check_open(row: Review, claim: Claim, known: Known) -> None:
    if claim.state is not ClaimState.OPEN:
        raise WrongState("review.claim-closed", state=claim.state.value)
    if row.submitted_version == 0 and known.is_barred:
        raise NotAllowed("review.barred")


def _check_round(row: Review, entry: ClaimRound) -> None:
    """What was answered in an earlier round stays as it was, whatever its claim goes through."""
    if row.claim_round_id != entry.key:
        raise WrongState("review.earlier-round")


def _mark_submitted(session: Session, actor: Actor, row: Review, written: Written) -> None:
    taken_away = {name: None for name in OF_ONE_IN_HAND if getattr(row, name) is not None}
    said = {
        "state": ReviewState.SUBMITTED,
        "submitted_at": written.decided_at,
        "submitted_version": written.number,
    }
    write_now(session, row, {**said, **taken_away})
    record_event(
        session,
        actor,
        "review.submit",
        noun="review",
        thing=row.public_id,
        project_id=row.project_id,
        claim_id=row.claim_id,
        version=written.number,
        **({"retired": written.retired} if written.retired else {}),
    )


def save_draft(
    session: Session,
    actor: Actor,
    review_id: str,
    *,
    body: dict[str, str],
    draft_version: int | None,
) -> int:
    """Keep what is typed. Answers the draft's new version, to be sent with the next save.

    Without a ``draft_version`` it stands in place of whatever draft there is.

    Raises:
        Stale: another tab kept a newer draft.
        Invalid: the draft is longer than MAX_DRAFT characters.
    """
    row = own_check(session, actor, review_id)
    if sum(len(name) + len(text) for name, text in body.items()) > MAX_DRAFT:
        raise Invalid("draft.long", limit=MAX_DRAFT)
    _check_not_late(row, body)
    draft = session.exec(select(Draft).where(Draft.review_id == row.key).with_for_update()).first()
    if draft is None:
        # A draft that was submitted from another tab is gone; its version must not come back.
        draft = Draft(review_id=row.key, version=0)
    elif draft_version not in {None, draft.version}:
        raise Stale("draft.stale", version=draft.version)
    draft.version = max(draft.version, draft_version or 0) + 1
    draft.body = dict(body)
    draft.updated_at = now()
    session.add(draft)
    if row.lease_until is not None:
        row.lease_until = max(row.lease_until, now() + lease(session, row.project_id))
        row.asked_at = None
    session.flush()
    return draft.version


def _check_not_late(row: Review, body: dict[str, str]) -> None:
    """What was typed before the check was sent must not stand above what was sent."""
    base = body.get("base_version", "")
    if base.isdecimal() and int(base) < row.submitted_version and not body.get("as_new"):
        raise Stale("draft.stale", version=row.submitted_version)


def skip(
    session: Session, actor: Actor, review_id: str, *, reason: SkipReason, note: str = ""
) -> str | None:
    """Pass a claim on to others, with a reason. Answers the next check's public id.

    Sent twice, it is done once.

    Raises:
        WrongState: the check was submitted already.
    """
    hold_person(session, actor)
    row = own_check(session, actor, review_id)
    if row.state is ReviewState.SKIPPED and row.skip_reason is reason:
        return take_on(session, actor, row.project_id)
    claim = _give_back(session, row)
    row.state = ReviewState.SKIPPED
    row.skip_reason = reason
    row.skip_note = note.strip()[:MAX_TEXT] or None
    if reason is SkipReason.CONFLICT and not _has_bar(session, actor, claim):
        session.add(Bar(claim_id=claim.key, person_id=actor.person, reason=BarReason.CONFLICT))
    record_review_event(session, actor, "review.skip", row)
    return take_on(session, actor, row.project_id)


def _has_bar(session: Session, actor: Actor, claim: Claim) -> bool:
    query = select(Bar.id).where(Bar.claim_id == claim.key, Bar.person_id == actor.person)
    return session.exec(query).first() is not None


def put_off(session: Session, actor: Actor, review_id: str) -> str | None:
    """Move a claim to the end of my queue, draft kept. Answers the next check's public id.

    Raises:
        WrongState: the check was submitted already.
    """
    hold_person(session, actor)
    row = own_check(session, actor, review_id)
    _give_back(session, row)
    row.put_off_at = now()
    record_review_event(session, actor, "review.put-off", row)
    return take_on(session, actor, row.project_id)


def _give_back(session: Session, row: Review) -> Claim:
    if row.state is not ReviewState.LENT:
        raise WrongState("review.state", state=row.state.value)
    claim = locked_by_key(session, Claim, row.claim_id)
    release(session, row, claim)
    return claim


def _check_waiting(session: Session, row: Review, claim: Claim) -> None:
    """Only what waits for a verdict goes back: no check of a claim with a known answer does."""
    is_given = row.state is ReviewState.SUBMITTED and claim.state is ClaimState.OPEN
    if not is_given or known(session, claim.key) is not None:
        raise WrongState("review.state", state=row.state.value)


def send_back(session: Session, actor: Actor, review_id: str, *, question: str) -> None:
    """Return a check to its reviewer with a question; it no longer counts until sent again.

    Raises:
        WrongState: the check is not waiting to be settled, or is of an earlier round.
        NotAllowed: it is one's own, or the actor may not see it yet.
        Invalid: no question.
    """
    row = locked(session, Review, review_id)
    ask_leave(actor, Action.CLAIM_SETTLE, row.project_id)
    claim = locked_by_key(session, Claim, row.claim_id)
    entry = claim_round_of(session, claim.key)
    _check_waiting(session, row, claim)
    _check_round(row, entry)
    if row.reviewer_id == actor.person_id:
        raise NotAllowed("ruling.own-check")
    if is_blind(standing(session, actor, claim.key)):
        raise NotAllowed("ruling.blind")
    if not question.strip():
        raise Invalid("review.question", field="question")
    row.state = ReviewState.RETURNED
    row.question = question.strip()[:MAX_TEXT]
    session.add(
        ReviewQuestion(
            review_id=row.key,
            version=row.submitted_version,
            text=row.question,
            asked_by_id=actor.person_id,
        )
    )
    _take_off(session, claim, entry)
    count_anew(session, claim.key)
    tell(session, actor, NoticeKind.RETURNED, person_id=row.reviewer_id, claim=claim, review=row)
    record_review_event(session, actor, "review.return", row)


def _take_off(session: Session, claim: Claim, entry: ClaimRound) -> None:
    """Let one check less count; who could read all of them gives none in its place."""
    if entry.reviews_done >= entry.reviews_wanted:
        is_it = col(ClaimRound.id) == entry.key
        bar_who_saw(session, claim.project_id, is_it, in_blind_round())
    entry.reviews_done -= 1
