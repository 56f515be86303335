"""Several claims of one text become one; what the others said is kept with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import literal
from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.claim_states import Move, after
from app.domain.errors import Invalid, Missing, Stale, WrongState
from app.domain.permissions import Action, ask_leave
from app.domain.spans import Span
from app.domain.words import BarReason, ClaimState, FoundBy
from app.storage.gold import known
from app.storage.locking import locked_all
from app.storage.projects import current_round
from app.storage.rulings import ruled_claims
from app.storage.tables import Bar, Claim, ClaimTag, Snapshot
from app.workflow.agents import carry_chain, chain_of_another
from app.workflow.amendments import as_it_was, note_merge
from app.workflow.barring import bar_all
from app.workflow.claims import open_round
from app.workflow.events import record_claim_event
from app.workflow.places import checked_span, hold_article, remember_first, set_place
from app.workflow.quantities import figures_of, read_figures
from app.workflow.taking_back import hold_checks, let_go
from app.workflow.tallies import count_anew
from app.workflow.wordings import checked_wording, reword

MAX_JOINED = 1_000
MAX_CLAIMS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """The claims that are to be one, each with the version of it that was shown, and its wording.

    ``chain_of`` names the claim whose chain it is to have; None: that of the first one.
    """

    versions: Mapping[str, int]
    text: str
    chain_of: str | None = None


def merge(session: Session, actor: Actor, claim_id: str, *, values: Merge) -> str:
    """Make one claim of this one and others. Answers the public id of the one that stays.

    That is the first in reading order: its words reach from the first of all to the last, and it
    keeps its history and the checks that were begun. The others are dropped as by ``drop``, with
    what they say, and lead to it. Sent twice, it is done once.

    Raises:
        Missing: one of them is not there, or of another project.
        WrongState: one of them is or was settled, was dropped, has a known answer, or no article.
        Stale: somebody changed one of them since it was shown.
        Invalid: too few, too many, of different texts, too far apart, or a wording that cannot be.
    """
    hold_article(session, claim_id)
    names = {claim_id, *values.versions}
    hold_checks(session, names)
    rows = _in_order(session, actor, claim_id, names)
    stays, others = rows[0], rows[1:]
    if others and all(other.merged_into_id == stays.key for other in others):
        return stays.public_id
    _check(session, rows, values)
    before = [as_it_was(session, row) for row in rows]
    _become(session, actor, rows, values)
    _unite(session, stays, others)
    is_wanted = any(other.state is ClaimState.OPEN for other in others)
    _give_up(session, actor, stays, others)
    if is_wanted and stays.state is ClaimState.CANDIDATE:
        stays.state = after(stays.state, Move.PICK)
        open_round(session, stays, current_round(session, stays.project_id))
    count_anew(session, stays.key)
    joined = list(zip(others, before[1:], strict=True))
    note_merge(session, actor, stays, before=before[0], joined=joined)
    of = [other.public_id for other in others]
    record_claim_event(session, actor, "claim.merge", stays, version=stays.version, of=of)
    return stays.public_id


def joined_span(text: str, spans: Iterable[Span]) -> Span:
    """From the first letter of some claims to the last, with what stands between them.

    Raises:
        Invalid: that is more than one claim can be.
    """
    spans = list(spans)
    found = checked_span(text, min(s.start for s in spans), max(s.end for s in spans))
    if found.end - found.start > MAX_JOINED:
        raise Invalid("merge.long", field="others", limit=MAX_JOINED)
    return found


def _in_order(
    session: Session, actor: Actor, claim_id: str, names: Iterable[str]
) -> Sequence[Claim]:
    """The claims, locked, in reading order."""
    found = locked_all(session, Claim, set(names))
    ask_leave(actor, Action.CLAIM_EDIT, found[claim_id].project_id)
    if any(row.project_id != found[claim_id].project_id for row in found.values()):
        raise Missing("claim.missing")
    return sorted(found.values(), key=lambda row: (row.start or 0, row.key))


def _check(session: Session, rows: Sequence[Claim], values: Merge) -> None:
    if len(rows) < 2:
        raise Invalid("merge.few", field="others")
    if len(rows) > MAX_CLAIMS:
        raise Invalid("merge.many", field="others", limit=MAX_CLAIMS)
    if rows[0].snapshot_id is None:
        raise WrongState("place.no-article")
    if {row.snapshot_id for row in rows} != {rows[0].snapshot_id}:
        raise Invalid("merge.text", field="others")
    _check_states(session, rows)
    for row in rows:
        if row.version != values.versions.get(row.public_id, row.version):
            raise Stale("claim.stale", version=row.version)


def _check_states(session: Session, rows: Sequence[Claim]) -> None:
    """As for splitting, whatever checks were given: to refuse would tell of them."""
    states = {row.state for row in rows}
    if ClaimState.SETTLED in states or ruled_claims(session, [row.key for row in rows]):
        raise WrongState("merge.settled")
    if ClaimState.REJECTED in states:
        raise WrongState("merge.dropped")
    # Whoever may join claims may see known answers, and theirs are of these very words.
    if any(known(session, row.key) is not None for row in rows):
        raise WrongState("merge.known")


def _chosen(rows: Sequence[Claim], name: str | None) -> Claim | None:
    """The claim whose chain is taken over; None for the first one, which has it already."""
    if name is None or name == rows[0].public_id:
        return None
    found = next((row for row in rows if row.public_id == name), None)
    if found is None:
        raise Invalid("merge.chain")
    return found


def _become(session: Session, actor: Actor, rows: Sequence[Claim], values: Merge) -> None:
    """Give the claim that stays its words, its wording, and a new version with the chosen chain."""
    row, chain = rows[0], _chosen(rows, values.chain_of)
    snapshot = session.get_one(Snapshot, row.snapshot_id)
    span = joined_span(snapshot.text, [Span(one.start or 0, one.end or 0) for one in rows])
    text = checked_wording(values.text)
    remember_first(session, row)
    if text != row.text:
        reword(session, row, text)
    if chain is None:
        carry_chain(session, row)
    else:
        chain_of_another(session, row, chain)
        row.chain_confirmed_at = chain.chain_confirmed_at
        row.chain_confirmed_by_id = chain.chain_confirmed_by_id
    set_place(session, row, snapshot, span, found_by=FoundBy.HAND, by_id=actor.person_id)


def _unite(session: Session, row: Claim, others: Sequence[Claim]) -> None:
    """Give the claim that stays what was known of the others: why, how soon, tags, figures."""
    every = [row, *others]
    for name in ("kinds", "reasons", "marks", "grounds"):
        listed = [one for claim in every for one in getattr(claim, name)]
        setattr(row, name, [one for n, one in enumerate(listed) if one not in listed[:n]])
    worths = [claim.checkworthiness for claim in every if claim.checkworthiness is not None]
    row.checkworthiness = max(worths, default=None)
    row.priority = max(claim.priority for claim in every)
    row.due_at = min((claim.due_at for claim in every if claim.due_at), default=None)
    keys = [claim.key for claim in every]
    _unite_tags(session, row, keys)
    figures = [figure for key in keys[1:] for figure in figures_of(session, key)]
    read_figures(session, row, known=figures)
    for reason in BarReason:
        # Who may not check one of several claims may not check what they are together.
        barred = select(literal(row.key), Bar.person_id).where(
            col(Bar.claim_id).in_(keys[1:]), Bar.reason == reason
        )
        bar_all(session, barred.distinct(), reason)


def _give_up(session: Session, actor: Actor, row: Claim, others: Sequence[Claim]) -> None:
    """Drop the claims that were joined, as ``drop`` does; nobody said that they are not worth it."""
    for other in others:
        other.state = after(other.state, Move.DROP)
        other.slots_free = 0
        other.merged_into_id = row.key
        let_go(session, other)
        count_anew(session, other.key)
        record_claim_event(session, actor, "claim.join", other, into=row.public_id)


def _unite_tags(session: Session, row: Claim, keys: Sequence[int]) -> None:
    query = select(ClaimTag).where(col(ClaimTag.claim_id).in_(keys)).order_by(col(ClaimTag.id))
    tags = session.exec(query).all()
    has = {tag.tag for tag in tags if tag.claim_id == row.key}
    more = dict.fromkeys(tag.tag for tag in tags if tag.tag not in has)
    session.add_all(ClaimTag(project_id=row.project_id, claim_id=row.key, tag=tag) for tag in more)
