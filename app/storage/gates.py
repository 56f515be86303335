"""Questions about what a project asks of a verdict, and what its claims have to show for it.

However many claims there are, it is the same few questions; a project without a profile asks none.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func
from sqlmodel import Session, col, select

from app.domain import gates
from app.domain.consensus import Answer
from app.domain.evidence_words import GateLevel, GateProfile, GateRule, QuoteFound
from app.domain.gates import Counted, Facts, Line, Rule, Use
from app.domain.records import ProjectRecord
from app.domain.words import Answers, ClaimState, ReviewState
from app.storage.aliases import alias_of
from app.storage.claims import hops_of
from app.storage.copies import READ
from app.storage.lent import lenders_of
from app.storage.tables import (
    Article,
    Claim,
    Evidence,
    GateOverride,
    GateSetting,
    Label,
    Person,
    QuotePlace,
    Reply,
    Review,
    ReviewVersion,
    Ruling,
    SavedCopy,
    Source,
    SourceRule,
)

# So many of the last verdicts are held against rules that were changed.
LAST = 500

# Under names of their own: a question asks the same tables twice.
_used = alias_of(Label)
_newer = alias_of(Ruling, "claim_id", "version")


@dataclass(frozen=True, slots=True)
class OverrideRecord:
    """A verdict that was given though a rule was not met, and why."""

    version: int
    rule: GateRule
    question: Answers
    found: int
    wanted: int
    reason: str
    at: datetime
    by_name: str | None


def rules_of(session: Session, project: ProjectRecord) -> tuple[Rule, ...]:
    """Every rule of a project's profile as it holds there; none, unasked, without a profile."""
    if project.gate_profile is GateProfile.NONE:
        return ()
    rows = session.exec(select(GateSetting).where(GateSetting.project_id == project.id))
    changed = {(row.rule, row.question): (row.level, row.wanted) for row in rows}
    return gates.rules_of_profile(project.gate_profile, changed)


def lines_of(
    session: Session,
    project: ProjectRecord,
    given: Mapping[int, Answer],
    *,
    with_claims: Mapping[int, int] | None = None,
) -> dict[int, list[Line]]:
    """How some claims meet the rules of their project, each for the verdict that it is given.

    ``with_claims``: of a claim, the one that it gets its verdict from, whose evidence on whether it
    is so counts too; one that holds already is known.
    """
    rules = [rule for rule in rules_of(session, project) if rule.level is not GateLevel.OFF]
    if not rules or not given:
        return {}
    asks = _asking(session, project.id, {key for answer in given.values() for key in _keys(answer)})
    answers = {key: answer.content for key, answer in given.items()}
    facts = _facts(session, project, answers, rules, with_claims=with_claims or {})
    return {
        key: gates.lines(facts[key], rules, asked=_asked(answer, asks))
        for key, answer in given.items()
    }


def lines_if_needed(
    session: Session, project: ProjectRecord, claim_id: int, *, asks_said: bool
) -> list[Line]:
    """How a claim meets the rules, for a verdict that has to rest on evidence."""
    rules = [rule for rule in rules_of(session, project) if rule.level is not GateLevel.OFF]
    if not rules:
        return []
    facts = _facts(session, project, {claim_id: None}, rules, with_claims={})
    asked = {Answers.SO, Answers.SAID} if asks_said else {Answers.SO}
    return gates.lines(facts[claim_id], rules, asked=asked)


def _keys(answer: Answer) -> set[int]:
    return {key for key in (answer.content, answer.attribution) if key is not None}


def _asked(answer: Answer, asks: frozenset[int]) -> set[Answers]:
    of = ((Answers.SAID, answer.attribution), (Answers.SO, answer.content))
    return {question for question, label in of if label in asks}


def _asking(session: Session, project_id: int, used: Collection[int]) -> frozenset[int]:
    """Which answers of the scales that some labels are of have to rest on evidence."""
    scales = select(_used.scheme_id).where(col(_used.id).in_(used))
    query = (
        select(Label.scheme_id, Label.id, Label.rank, SourceRule.needs_source)
        .join(
            SourceRule,
            (col(SourceRule.label_id) == col(Label.id))
            & (col(SourceRule.project_id) == project_id),
            isouter=True,
        )
        .where(col(Label.scheme_id).in_(scales))
    )
    by_scale: dict[int, list[tuple[int, int | None, bool]]] = {}
    for scheme_id, key, rank, needs in session.exec(query):
        by_scale.setdefault(scheme_id, []).append((key or 0, rank, bool(needs)))
    return frozenset().union(*map(gates.asking_labels, by_scale.values()))


def _facts(
    session: Session,
    project: ProjectRecord,
    given: Mapping[int, int | None],
    rules: Iterable[Rule],
    *,
    with_claims: Mapping[int, int],
) -> dict[int, Facts]:
    """What is known of some claims; ``given`` is the answer of each on whether it is so, or None."""
    asked, keys = {rule.rule for rule in rules}, list(given)
    lent = lenders_of(session, given, with_claims=with_claims)
    of = {*keys, *(key for keys in lent.values() for key in keys)}
    uses = _uses(session, of, looks_in_copies=GateRule.QUOTE_IN_COPY in asked)
    about = _about(session, project, keys) if asked & WHOLE_CLAIM else {}
    contacted = _contacted(session, keys) if GateRule.CONTACTED in asked else set()
    return {
        key: Facts(
            evidence=_counted(
                uses.get(key, ()), [use for other in lent[key] for use in uses.get(other, ())]
            ),
            has_claimant=about.get(key, (False, False))[0],
            is_elsewhere=about.get(key, (False, False))[1],
            is_contacted=key in contacted,
        )
        for key in keys
    }


WHOLE_CLAIM = {GateRule.CONTACTED, GateRule.APPEARANCE}


def _counted(own: Sequence[Use], lent: Sequence[Use]) -> dict[Answers, Counted]:
    """That another claim was said shows nothing of this one; whether it is so is the same."""
    return {
        Answers.SAID: gates.counted(own, Answers.SAID),
        Answers.SO: gates.counted([*own, *lent], Answers.SO),
    }


def _uses(
    session: Session, keys: Collection[int], *, looks_in_copies: bool
) -> dict[int, list[Use]]:
    """The uses of sources in the last versions of all checks that were submitted."""
    query = (
        select(Review.claim_id, Evidence, Source)
        .join(ReviewVersion, col(ReviewVersion.review_id) == col(Review.id))
        .join(Evidence, col(Evidence.review_version_id) == col(ReviewVersion.id))
        .join(Source, col(Source.id) == col(Evidence.source_id))
        .where(
            col(Review.claim_id).in_(keys),
            Review.state == ReviewState.SUBMITTED,
            col(ReviewVersion.number) == col(Review.submitted_version),
            # What nobody can read any more carries nothing.
            col(Source.erased_at).is_(None),
            col(ReviewVersion.erased_at).is_(None),
        )
        .order_by(col(Evidence.id))
    )
    rows = session.exec(query).all()
    places = _places(session, [use.key for _key, use, _of in rows]) if looks_in_copies else {}
    found: dict[int, list[Use]] = {}
    for claim_id, use, source in rows:
        is_in_copy = places.get(use.key)
        found.setdefault(claim_id, []).append(_use(use, source, is_in_copy=is_in_copy))
    return found


def _places(session: Session, evidence_ids: Collection[int]) -> dict[int, bool]:
    """Whether the quotes were found in the newest copy in which they were looked for."""
    # A look at a page that says the same keeps no text of its own.
    text_id = func.coalesce(col(SavedCopy.same_as_id), col(SavedCopy.id))
    query = (
        select(QuotePlace.evidence_id, QuotePlace.found)
        .join(Evidence, col(Evidence.id) == col(QuotePlace.evidence_id))
        .join(
            SavedCopy,
            (col(SavedCopy.source_id) == col(Evidence.source_id))
            & (col(QuotePlace.copy_id) == text_id)
            & col(SavedCopy.state).in_(READ),
        )
        .where(col(QuotePlace.evidence_id).in_(evidence_ids))
        .order_by(col(SavedCopy.id))
    )
    # The last one holds.
    return {key: found is not QuoteFound.MISSING for key, found in session.exec(query)}


def _use(use: Evidence, source: Source, *, is_in_copy: bool | None) -> Use:
    is_corrected = source.version > 1
    told: Source | Evidence = source if is_corrected else use
    return Use(
        source=source.key,
        alike=gates.alike(source.canonical_url, use.kind, told.title, told.author, told.publisher),
        answers=use.answers,
        stance=use.stance,
        kind=use.kind,
        record=use.record,
        standing=source.standing,
        origin=use.origin,
        desk_origin=source.origin if is_corrected else None,
        source_type=use.source_type,
        desk_type=source.source_type if is_corrected else None,
        has_title=bool(use.title or source.title),
        has_publisher=bool(use.publisher or source.publisher),
        has_date=_has_date(use, source),
        has_quote=bool(use.quote),
        is_in_copy=is_in_copy,
    )


def _has_date(use: Evidence, source: Source) -> bool:
    """Whether it is told when a source was published.

    A page is said to be read on the day of linking, whoever asks; that tells nothing of it unless
    an archive keeps the page. Of anything else the day was written by somebody.
    """
    if use.published or source.published:
        return True
    return bool(use.accessed_on) and (source.url is None or bool(use.archive_url))


def _about(
    session: Session, project: ProjectRecord, keys: Sequence[int]
) -> dict[int, tuple[bool, bool]]:
    """Of each claim, whether somebody named made it, and whether it comes from elsewhere."""
    query = (
        select(Claim.id, Claim.seen_at_url, Article.url, Article.publisher)
        .join(Article, col(Article.id) == col(Claim.article_id), isouter=True)
        .where(col(Claim.id).in_(keys))
    )
    own = (project.publisher_name or "", project.publisher_url or "")
    chains = hops_of(session, keys)
    found = {}
    for key, seen_at, url, publisher in session.exec(query):
        chain = chains.get(key or 0, [])
        claimant = chain[-1].agent if chain and chain[-1].is_named else None
        links = [link for link in (seen_at, url) if link]
        comes = gates.is_elsewhere(claimant=claimant, publisher=publisher, links=links, own=own)
        found[key or 0] = (claimant is not None, comes)
    return found


def _contacted(session: Session, keys: Sequence[int]) -> set[int]:
    """The claims about which somebody was asked, or for which it was said why nobody was."""
    query = select(Reply.claim_id).where(
        col(Reply.claim_id).in_(keys),
        col(Reply.sent_at).is_not(None) | col(Reply.not_applicable_because).is_not(None),
    )
    return set(session.exec(query))


def overrides_of(session: Session, claim_id: int) -> list[OverrideRecord]:
    """Where verdicts on a claim were given though a rule was not met, the newest version first."""
    query = (
        select(GateOverride, Person.name)
        .join(Person, col(Person.id) == col(GateOverride.by_id), isouter=True)
        .where(GateOverride.claim_id == claim_id)
        .order_by(col(GateOverride.ruling_version).desc(), col(GateOverride.id))
    )
    return [
        OverrideRecord(
            version=row.ruling_version,
            **{name: getattr(row, name) for name in TOLD},
            by_name=name,
        )
        for row, name in session.exec(query)
    ]


TOLD = ("rule", "question", "found", "wanted", "reason", "at")


@dataclass(frozen=True, slots=True)
class HeldNow:
    """Of the last ``asked`` verdicts, how many would need a written reason by the rules of today."""

    asked: int
    unmet: int


def held_now(session: Session, project: ProjectRecord) -> HeldNow:
    """How the last LAST verdicts of a project stand to the rules as they are now."""
    if project.gate_profile is GateProfile.NONE:
        return HeldNow(0, 0)
    is_last = ~exists().where(
        col(_newer.claim_id) == col(Ruling.claim_id), col(_newer.version) > col(Ruling.version)
    ).correlate(Ruling)
    query = (
        select(Ruling.claim_id, Ruling.content_label_id, Ruling.attribution_label_id)
        .join(Claim, col(Claim.id) == col(Ruling.claim_id))
        .where(Claim.project_id == project.id, Claim.state == ClaimState.SETTLED, is_last)
        .order_by(col(Ruling.id).desc())
        .limit(LAST)
    )
    given = {key: Answer(content, said) for key, content, said in session.exec(query)}
    found = lines_of(session, project, given)
    return HeldNow(len(given), sum(any(line.stops for line in of) for of in found.values()))
