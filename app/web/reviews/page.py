"""What the page of a check shows: everything it needs, asked for once."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.domain.actors import Actor
from app.domain.ids import now
from app.domain.records import (
    ArticleRecord,
    ClaimRecord,
    DraftRecord,
    EvidenceRecord,
    ProjectRecord,
    ReviewLine,
    ReviewRecord,
    SchemeRecord,
)
from app.domain.words import ClaimState, Decides, ReviewState, RoundKind
from app.storage import comments, projects, reviews, rounds, scales, sources
from app.storage.batches import HeldGuideline
from app.storage.check_facts import CheckFacts, check_facts
from app.storage.comments import ThreadRecord
from app.storage.copies import PlaceLine, places_of
from app.storage.own_checks import QuestionRecord, given_before, questions_of
from app.storage.placed_claims import places_of_claims
from app.storage.questions import RecordedQuestion
from app.storage.queue import COUNTED
from app.storage.replies import ReplyRecord, replies_of
from app.storage.rounds import RecordedSource, RoundRecord
from app.web.reviews import questions
from app.web.reviews.forms import SOURCE_PARTS, Typed
from app.web.reviews.reading import Reading, reading
from app.web.told_sources import told_source

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check with its claim, the article, the scales and what helps to answer."""

    review: ReviewRecord
    claim: ClaimRecord
    article: ArticleRecord | None
    reading: Reading | None
    content: SchemeRecord
    attribution: SchemeRecord | None
    offered: tuple[EvidenceRecord, ...]
    guideline: HeldGuideline | None
    done: int
    to_go: int
    has_more: bool
    last: ReviewLine | None
    draft: DraftRecord | None
    questions: tuple[QuestionRecord, ...] = ()
    people: Sequence[tuple[str, str]] = ()
    asked: tuple[ThreadRecord, ...] = ()
    replies: tuple[ReplyRecord, ...] = ()
    round: RoundRecord
    recorded: tuple[RecordedSource, ...] = ()
    answered: tuple[RecordedQuestion, ...] = ()
    asks_questions: bool = False
    places: Mapping[tuple[str, str], PlaceLine] = field(default_factory=dict)

    def place(self, typed: Typed, row: int) -> PlaceLine | None:
        """Where the quote of a row stands in the newest saved copy, if it is as it was sent."""
        return self.places.get((typed[f"sources-{row}-url"], typed[f"sources-{row}-quote"]))

    @property
    def is_open(self) -> bool:
        """Whether an answer can still be sent."""
        return self.claim.state is ClaimState.OPEN and self.round.is_now

    @property
    def is_control(self) -> bool:
        """Whether it is answered from the recorded sources alone."""
        return self.round.kind is RoundKind.EVIDENCE_ONLY

    @property
    def is_held(self) -> bool:
        """Whether nobody else can have it now."""
        begun = self.review.state in {ReviewState.LENT, ReviewState.RETURNED}
        return self.is_open and begun and self.review.has_slot

    @property
    def is_new(self) -> bool:
        """Whether nothing is to be said of where it stands: it is lent to me for the first time."""
        review = self.review
        began = review.asked_at or review.waits_until or review.latest
        return self.is_held and review.state is ReviewState.LENT and not began

    @property
    def waits(self) -> bool:
        """Whether it waits for a time that has not come."""
        until = self.review.waits_until
        return self.is_held and until is not None and until > now()

    @property
    def form(self) -> Typed:
        """The form as it is to be shown: the draft, else the last version, else blank."""
        return form_of(self.review, self.draft)


def form_of(review: ReviewRecord, draft: DraftRecord | None) -> Typed:
    """What stands in the form of a check, by what is kept of it."""
    if draft is not None:
        typed = Typed.of(draft.body)
    elif review.latest is not None:
        typed = Typed.of_version(review.latest)
    else:
        typed = Typed({})
    version = 0 if draft is None else draft.version
    kept = {
        "draft_version": version,
        "base_version": typed["base_version"] or review.submitted_version,
        "started_at": typed["started_at"] or now().isoformat(timespec="milliseconds"),
    }
    return typed.given(**kept)


def load(
    session: "Session",
    actor: Actor,
    project: ProjectRecord,
    review_id: str,
    *,
    facts: CheckFacts | None = None,
) -> Check:
    """Everything that the page of a check shows; ``facts`` are what it begins with, if at hand.

    Raises:
        Missing: there is no such check, or it is somebody else's.
    """
    facts = facts or check_facts(session, actor, review_id)
    review, claim = facts.review, facts.claim
    done, to_go = reviews.progress(session, actor, project)
    content, attribution = _scales(session, project, has_rules=facts.has_rules)
    return Check(
        review=review,
        claim=claim,
        article=facts.article,
        reading=_reading(session, actor, facts),
        content=content,
        attribution=attribution if claim.hops else None,
        guideline=facts.guideline,
        done=done,
        to_go=to_go,
        has_more=to_go == COUNTED,
        last=given_before(session, actor, project.id, review_id=review.id),
        draft=facts.draft,
        asks_questions=project.asks_questions,
        places=_places(session, actor, review),
        **_to_rest_on(session, actor, facts),
        **_talk(session, actor, facts, names=project.decides is not Decides.INDEPENDENT),
    )


def _talk(session: "Session", actor: Actor, facts: CheckFacts, *, names: bool) -> dict[str, Any]:
    """Who can be asked, who was, and what came back."""
    claim_id = facts.claim.id
    asked = facts.has_asked and comments.threads_of(session, actor, claim_id, only_asked=True)
    replies = facts.has_replies and replies_of(session, actor, claim_id)
    return {
        "people": projects.choices_of_colleagues(session, actor, facts.claim.project_id),
        "asked": tuple(asked or ()),
        "replies": tuple(replies or ()),
        # In a blind project a name would tell who else works on the claim.
        "questions": tuple(questions_of(session, facts.review, names=names)),
    }


def _scales(
    session: "Session", project: ProjectRecord, *, has_rules: bool
) -> tuple[SchemeRecord, SchemeRecord]:
    """The scales of "Is it so?" and of "Was it said?"."""
    keys = [project.content_scheme_id, project.attribution_scheme_id]
    ruled_by = project.id if has_rules else None
    found = {one.id: one for one in scales.schemes(session, keys, project_id=ruled_by)}
    return found[keys[0]], found[keys[1]]


def _to_rest_on(session: "Session", actor: Actor, facts: CheckFacts) -> dict[str, Any]:
    """The round, and the sources to begin with: in a control those that are recorded, no others."""
    if facts.round.kind is RoundKind.EVIDENCE_ONLY:
        recorded, answered = rounds.recorded_evidence(session, facts.review.id)
        return {
            "round": facts.round,
            "offered": (),
            "recorded": tuple(recorded),
            "answered": tuple(answered),
        }
    return {"round": facts.round, "offered": tuple(_offered(session, actor, facts))}


def _places(
    session: "Session", actor: Actor, review: ReviewRecord
) -> dict[tuple[str, str], PlaceLine]:
    """Where the quotes that were sent stand in saved copies, by address and quote."""
    uses = review.latest.evidence if review.latest else ()
    if not uses:
        return {}
    by_id = {use.id: (use.url or "", use.quote) for use in uses if use.id is not None}
    return {by_id[key]: place for key, place in places_of(session, actor, by_id).items()}


def _reading(session: "Session", actor: Actor, facts: CheckFacts) -> Reading | None:
    article, claim = facts.article, facts.claim
    if article is None or article.snapshot_id is None or not article.text or claim.start is None:
        return None
    return reading(article, places_of_claims(session, actor, article.snapshot_id), claim)


def _offered(session: "Session", actor: Actor, facts: CheckFacts) -> Iterator[EvidenceRecord]:
    if facts.article is None or not facts.has_uses:
        return
    if facts.is_blind_first:
        yield from sources.own_offered(session, actor, facts.article.id)
    else:
        yield from sources.offered_sources(
            session,
            actor,
            project_id=facts.article.project_id,
            article_id=facts.article.id,
        )


def new_key() -> str:
    """The key of one rendering of the form, by which a second sending is known."""
    return secrets.token_urlsafe(18)


def summary(typed: Typed, check: Check) -> list[tuple[str, str]]:
    """What a form says, part by part, for reading two beside each other; blank parts too."""
    names = {label.code: label.name for label in check.content.labels}
    said = (
        {label.code: label.name for label in check.attribution.labels} if check.attribution else {}
    )
    return [
        ("attribution_verdict", said.get(typed["attribution_verdict"], "")),
        ("verdict", names.get(typed["verdict"], "")),
        ("rationale", typed["rationale"]),
        ("not_known", typed["not_known"]),
        ("sources", "\n".join(_told_sources(typed))),
        ("questions", "\n".join(questions.told(typed.fields)) if check.asks_questions else ""),
        ("notes", typed["notes"]),
    ]


def _told_sources(typed: Typed) -> Iterator[str]:
    for row in typed.rows:
        if not typed.is_free(row):
            yield told_source({part: typed[f"sources-{row}-{part}"] for part in SOURCE_PARTS})
