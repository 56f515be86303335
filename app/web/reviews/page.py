"""What the page of a check shows: everything it needs, asked for once."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from app.domain.actors import Actor
from app.domain.ids import now
from app.domain.records import (
    ArticleRecord,
    ClaimRecord,
    DraftRecord,
    EvidenceRecord,
    PersonRecord,
    ProjectRecord,
    ReviewLine,
    ReviewRecord,
    SchemeRecord,
)
from app.domain.words import ClaimState, Decides, ReviewState, RoundKind
from app.storage import (
    articles,
    claims,
    comments,
    projects,
    queue,
    reviews,
    rounds,
    scales,
    sources,
)
from app.storage.batches import HeldGuideline, guideline_of_claim
from app.storage.comments import ThreadRecord
from app.storage.copies import PlaceLine, places_of
from app.storage.own_checks import QuestionRecord, questions_of
from app.storage.questions import RecordedQuestion
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
    last: ReviewLine | None
    draft: DraftRecord | None
    questions: tuple[QuestionRecord, ...] = ()
    people: tuple[PersonRecord, ...] = ()
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


def load(session: "Session", actor: Actor, project: ProjectRecord, review_id: str) -> Check:
    """Everything that the page of a check shows.

    Raises:
        Missing: there is no such check, or it is somebody else's.
    """
    review = reviews.review(session, actor, review_id)
    claim = claims.claim_by_id(session, review.claim_id)
    article = _article(session, actor, claim)
    done, to_go = reviews.progress(session, actor, project.id)
    return Check(
        review=review,
        claim=claim,
        article=article,
        reading=_reading(session, actor, article, claim),
        content=scales.scheme(session, project.content_scheme_id, project_id=project.id),
        attribution=scales.scheme(session, project.attribution_scheme_id, project_id=project.id)
        if claim.hops
        else None,
        guideline=guideline_of_claim(session, project.id, claim.id),
        done=done,
        to_go=to_go,
        last=queue.given_before(session, actor, project.id, review_id=review.id),
        draft=reviews.draft(session, review.id),
        questions=tuple(
            # In a blind project a name would tell who else works on the claim.
            questions_of(session, review, names=project.decides is not Decides.INDEPENDENT)
        ),
        people=tuple(projects.colleagues(session, actor, project.id)),
        asked=tuple(comments.threads_of(session, actor, claim.id, only_asked=True)),
        replies=tuple(replies_of(session, actor, claim.id)),
        asks_questions=project.asks_questions,
        places=_places(session, actor, review),
        **_to_rest_on(session, actor, review, article),
    )


def _to_rest_on(
    session: "Session", actor: Actor, review: ReviewRecord, article: ArticleRecord | None
) -> dict[str, Any]:
    """The round, and the sources to begin with: in a control those that are recorded, no others."""
    this_round = rounds.round_of_review(session, review.id)
    if this_round.kind is RoundKind.EVIDENCE_ONLY:
        recorded, answered = rounds.recorded_evidence(session, review.id)
        return {
            "round": this_round,
            "offered": (),
            "recorded": tuple(recorded),
            "answered": tuple(answered),
        }
    return {"round": this_round, "offered": tuple(_offered(session, actor, article))}


def _places(
    session: "Session", actor: Actor, review: ReviewRecord
) -> dict[tuple[str, str], PlaceLine]:
    """Where the quotes that were sent stand in saved copies, by address and quote."""
    uses = review.latest.evidence if review.latest else ()
    by_id = {use.id: (use.url or "", use.quote) for use in uses if use.id is not None}
    return {by_id[key]: place for key, place in places_of(session, actor, by_id).items()}


def _article(session: "Session", actor: Actor, claim: ClaimRecord) -> ArticleRecord | None:
    """The very text that the claim stands in; imported claims may have only a title."""
    found = articles.article_of_claim(session, claim.id)
    if found is None and claim.article_id is not None:
        return replace(articles.article(session, actor, claim.article_id), text="")
    return found


def _reading(
    session: "Session", actor: Actor, article: ArticleRecord | None, claim: ClaimRecord
) -> Reading | None:
    if article is None or article.snapshot_id is None or not article.text or claim.start is None:
        return None
    found = claims.claims_of_snapshot(session, article.snapshot_id)
    return reading(article, found, claim, queue.mine_of(session, actor, [c.id for c in found]))


def _offered(
    session: "Session", actor: Actor, article: ArticleRecord | None
) -> Iterator[EvidenceRecord]:
    if article is not None:
        yield from sources.offered_sources(
            session, actor, project_id=article.project_id, article_id=article.id
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
