"""What lies on the table when a claim is settled: the claim, its line, the checks side by side."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.domain.actors import Actor
from app.domain.blindness import is_blind
from app.domain.claim_parts import HopRecord
from app.domain.errors import NotAllowed, Stale, WrongState
from app.domain.evidence_questions import EvidenceAnswerRecord
from app.domain.gates import Line
from app.domain.records import (
    ArticleRecord,
    ClaimRecord,
    EvidenceRecord,
    ReviewRecord,
    RulingRecord,
    SchemeRecord,
    VersionRecord,
)
from app.domain.spans import Passage, passage
from app.domain.words import ClaimState, ReviewState
from app.storage import articles, claims, projects, reviews, rounds, rulings, scales
from app.storage.bars import conflicting_claims
from app.storage.gates import lines_if_needed
from app.storage.rounds import RoundRecord
from app.web.told_sources import told_use
from app.web.wording import word

if TYPE_CHECKING:
    from sqlmodel import Session

EXCERPT = 420


@dataclass(frozen=True, slots=True)
class Change:
    """What a check says otherwise since it was sent back: what, before, now."""

    what: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Column:
    """A check as one column; ``sources`` are those that not every check has in common.

    ``round`` is the one that it was given in: only checks of the last one can be sent back.
    """

    number: int
    letter: str
    review: ReviewRecord
    version: VersionRecord
    sources: tuple[EvidenceRecord, ...]
    seen: tuple[tuple[HopRecord, str | None, str | None], ...]
    changes: tuple[Change, ...]
    round: RoundRecord


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything that is needed to settle one claim.

    ``former`` is the verdict that held until the claim went into its last round. ``rules`` tells how
    the rules of the project are met, for a verdict that has to rest on evidence.
    """

    claim: ClaimRecord
    article: ArticleRecord | None
    line: Passage | None
    columns: tuple[Column, ...]
    shared_sources: tuple[EvidenceRecord, ...]
    content: SchemeRecord
    attribution: SchemeRecord | None
    former: RulingRecord | None = None
    rules: tuple[Line, ...] = ()

    @property
    def goes_back(self) -> tuple[Column, ...]:
        """The checks that can be sent back with a question."""
        return tuple(column for column in self.columns if column.round.is_now)

    @property
    def differs(self) -> frozenset[str]:
        """In which of their answers the checks are not the same."""
        versions = [column.version for column in self.columns]
        answers: dict[str, set[str | None]] = {
            "content": {version.content.code for version in versions},
            "attribution": {v.attribution.code if v.attribution else None for v in versions},
            "confidence": {version.confidence for version in versions},
        }
        return frozenset(name for name, given in answers.items() if len(given) > 1)

    def column(self, number: str) -> Column | None:
        """The column that a button named."""
        return next((c for c in self.columns if str(c.number) == number), None)


def open_bench(session: "Session", actor: Actor, claim_id: str) -> Bench:
    """A claim that waits for a ruling by this actor, with its checks.

    Raises:
        Missing: no such claim for this actor.
        Stale: it is settled.
        WrongState: it is not to check, or checks are still missing.
        NotAllowed: the actor may not see the checks yet, or gave one.
    """
    claim = claims.claim(session, actor, claim_id)
    _check(session, actor, claim)
    project = projects.by_id(session, claim.project_id)
    found = [row for _letter, row in lettered(actor, reviews.reviews_of(session, actor, claim))]
    columns = _columns(session, claim, found)
    said = any(column.version.attribution for column in columns)
    article = articles.article_of_claim(session, claim.id)
    return Bench(
        claim=claim,
        article=article,
        line=None if article is None else _line(article, claim),
        columns=columns,
        shared_sources=_shared([row.latest for row in found if row.latest is not None]),
        content=scales.scheme(session, project.content_scheme_id),
        attribution=scales.scheme(session, project.attribution_scheme_id) if said else None,
        former=next(iter(rulings.rulings_of(session, claim.id)), None),
        rules=tuple(lines_if_needed(session, project, claim.id, asks_said=said)),
    )


def _check(session: "Session", actor: Actor, claim: ClaimRecord) -> None:
    if claim.state is ClaimState.SETTLED:
        raise Stale("ruling.stale")
    if claim.state is not ClaimState.OPEN:
        raise WrongState("claim.state", state=claim.state.value, move="settle")
    stands = claims.standing(session, actor, claim.id)
    if is_blind(stands):
        raise NotAllowed("ruling.blind")
    if stands.has_submitted:
        raise NotAllowed("ruling.own-check")
    if conflicting_claims(session, actor, [claim.id]):
        raise NotAllowed("ruling.conflict")
    done, wanted = claims.round_counts(session, [claim.id]).get(claim.id, (0, 1))
    if done < wanted:
        raise WrongState("ruling.early", done=done, wanted=wanted)


def lettered(actor: Actor, rows: Sequence[ReviewRecord]) -> list[tuple[str, ReviewRecord]]:
    """The checks of a claim, each with the letter under which this reader sees it."""
    given = [row for row in rows if row.state is ReviewState.SUBMITTED]
    given.sort(key=lambda row: _shuffled(actor, row))
    return list(zip(ascii_uppercase, given, strict=False))


def _shuffled(actor: Actor, row: ReviewRecord) -> bytes:
    """A place that is another for each claim and each reader, and tells nothing of the checker."""
    return hashlib.sha256(f"{actor.person_id} {row.public_id}".encode()).digest()


def _line(article: ArticleRecord, claim: ClaimRecord) -> Passage | None:
    if claim.start is None or claim.end is None or not article.text:
        return None
    return passage(article.text, claim.start, claim.end, around=EXCERPT)


def _shared(versions: Sequence[VersionRecord]) -> tuple[EvidenceRecord, ...]:
    """Sources that every check uses in the very same way; one check shares with nobody."""
    if len(versions) < 2:
        return ()
    used = [{_use(source) for source in version.evidence} for version in versions]
    common = set.intersection(*used)
    return tuple(source for source in versions[0].evidence if _use(source) in common)


def _use(source: EvidenceRecord) -> tuple[str, ...]:
    words = (source.quote, source.quote_translation or "", source.archive_url or "")
    more = (source.figure, source.note, str(source.set_number or ""))
    return (source.source_id, source.stance, source.answers, source.locator, *words, *more)


def _columns(
    session: "Session", claim: ClaimRecord, found: Sequence[ReviewRecord]
) -> tuple[Column, ...]:
    shared = _shared([row.latest for row in found if row.latest is not None])
    common = {_use(source) for source in shared}
    of_rounds = rounds.rounds_of_reviews(session, [row.id for row in found])
    return tuple(
        Column(
            number=number,
            letter=_letter(number),
            review=row,
            version=row.latest,
            sources=tuple(use for use in row.latest.evidence if _use(use) not in common),
            seen=_seen(claim, row.latest),
            changes=_changes(session, row),
            round=of_rounds[row.id],
        )
        for number, row in enumerate(found, 1)
        if row.latest is not None
    )


def _letter(number: int) -> str:
    """A, B, … Z, AA, AB: more than one round can ask for more checks than there are letters."""
    rounds_of_letters, place = divmod(number - 1, len(ascii_uppercase))
    first = ascii_uppercase[rounds_of_letters - 1] if rounds_of_letters else ""
    return first + ascii_uppercase[place]


def _seen(
    claim: ClaimRecord, version: VersionRecord
) -> tuple[tuple[HopRecord, str | None, str | None], ...]:
    seen = {sighting.hop_id: sighting for sighting in version.sightings}
    return tuple(
        (hop, seen[hop.id].url, seen[hop.id].said_on) for hop in claim.hops if hop.id in seen
    )


def _changes(session: "Session", row: ReviewRecord) -> tuple[Change, ...]:
    """What was changed after the check had been sent back."""
    if row.question is None or row.submitted_version < 2:
        return ()
    before, after = reviews.versions_of(session, row.id)[-2:]
    told = (_told(before), _told(after))
    return tuple(
        Change(what, told[0][what], told[1][what])
        for what in told[1]
        if told[0][what] != told[1][what]
    )


def _told(version: VersionRecord) -> dict[str, str]:
    return {
        _("Was it said?"): version.attribution.name if version.attribution else "",
        _("Is it so?"): version.content.name,
        _("Why"): version.rationale,
        _("Not found out"): version.not_known,
        _("Sources"): "\n".join(map(told_use, version.evidence)),
        _("Questions"): "\n".join(_asked(version)),
    }


def _asked(version: VersionRecord) -> Iterator[str]:
    """Each question with what was answered to it."""
    for question in version.questions:
        answers = (" – ".join(filter(None, _answer(one))) for one in question.answers)
        yield " | ".join([question.text, *answers])


def _answer(answer: EvidenceAnswerRecord) -> tuple[str, ...]:
    source = answer.source
    return (
        answer.text or word(answer.type),
        answer.explanation,
        "" if answer.medium is None else word(answer.medium),
        "" if source is None else source.title or source.url or "",
    )
