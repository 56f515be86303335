"""Taking in an article: its text as a snapshot, its extracted claims as suggestions."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.dates import partial_date
from app.domain.errors import Invalid
from app.domain.links import canonical_link, checked_link
from app.domain.permissions import Action, ask_leave
from app.domain.words import ClaimState
from app.extraction.checkworthy import Weights, score
from app.storage.locking import locked, locked_by_key
from app.storage.projects import current_round
from app.storage.sameness import Said
from app.storage.tables import Article, Claim, Hop, Project, Snapshot
from app.storage.weights import is_made_here
from app.workflow.agents import HopValues, agents_named
from app.workflow.claims import open_round
from app.workflow.events import record_event
from app.workflow.placing import Placed, Placing, not_placed, place_claims
from app.workflow.quantities import FigureValues, figures_written
from app.workflow.seen_before import seen_before
from app.workflow.weights import weights_in_use

MAX_TEXT = 1_000_000
MAX_TITLE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article as it comes in; ``text`` is normalised (NFC, LF) already."""

    text: str
    title: str = ""
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class AdditionValues:
    """Words of a wording that the quote does not have: ``text[start:end]``."""

    start: int
    end: int
    instead_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A claim as an extractor proposes it; ``quote`` is ``text[start:end]`` of the article.

    ``grounds`` are pairs of a kind and the words that it rests on; ``signals`` is what was measured
    for the check-worthiness, ``scored_with`` the label of the weights that made it, ``run_id`` the
    key of the run that it was found by, if somebody asked for one.
    """

    text: str
    quote: str
    start: int
    end: int
    kinds: tuple[str, ...] = ()
    checkworthiness: float | None = None
    reasons: tuple[str, ...] = ()
    hops: tuple[HopValues, ...] = ()
    quantities: tuple[FigureValues, ...] = ()
    paragraph: int | None = None
    context: str = ""
    extractor: str | None = None
    grounds: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    additions: tuple[AdditionValues, ...] = ()
    against: tuple[str, ...] = ()
    signals: Mapping[str, float] = field(default_factory=dict)
    scored_with: str | None = None
    run_id: int | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of an article that was handed in; ``placed`` are claims of an earlier text."""

    article_id: str
    is_known: bool
    suggested: int = 0
    opened: int = 0
    placed: Placed = field(default_factory=Placed)


def add_article(
    session: Session,
    actor: Actor,
    project_id: int,
    *,
    values: NewArticle,
    suggestions: Sequence[Suggestion] = (),
    placing: Placing | None = None,
) -> TakenIn:
    """Keep an article and its suggested claims; the same text again is the same article.

    A changed text at the same address becomes a new snapshot of the article, and the claims of the
    earlier texts move to it; ``placing`` says where they were found (see ``placing.look_for``).

    Raises:
        Invalid: no text, too long, a bad link or date; ``field`` names which.
    """
    ask_leave(actor, Action.ARTICLE_ADD, project_id)
    locked_by_key(session, Project, project_id)
    checked = _checked(values)
    sha256 = hashlib.sha256(values.text.encode()).hexdigest()
    known = _article_with_text(session, project_id, sha256)
    if known is not None:
        return TakenIn(known.public_id, is_known=True)
    article = _article(session, actor, project_id, checked)
    snapshot = _snapshot(session, article, values, sha256=sha256)
    placed = place_claims(session, actor, snapshot, placing)
    return _suggest(session, actor, snapshot, suggestions, placed=placed)


def add_text(
    session: Session,
    actor: Actor,
    article_id: str,
    *,
    values: NewArticle,
    suggestions: Sequence[Suggestion] = (),
    placing: Placing | None = None,
) -> TakenIn:
    """Keep a changed text of this very article; of ``values`` only the text and its notice count.

    Raises:
        Invalid: no text, too long, or the text of another article of the project.
    """
    article = locked_in_project(session, article_id)
    ask_leave(actor, Action.ARTICLE_ADD, article.project_id)
    checked = _checked(values)
    sha256 = hashlib.sha256(values.text.encode()).hexdigest()
    known = _article_with_text(session, article.project_id, sha256)
    if known is not None and known.key != article.key:
        raise Invalid("article.another", field="text")
    if known is not None:
        return TakenIn(article.public_id, is_known=True)
    snapshot = _snapshot(session, article, checked, sha256=sha256)
    placed = place_claims(session, actor, snapshot, placing)
    return _suggest(session, actor, snapshot, suggestions, placed=placed)


def locked_in_project(session: Session, article_id: str) -> Article:
    """An article for more claims, locked after its project, as everybody does who locks both.

    Raises:
        Missing: there is none.
    """
    query = select(Article.project_id).where(Article.public_id == article_id)
    project_id = session.exec(query).first()
    if project_id is not None:
        locked_by_key(session, Project, project_id)
    return locked(session, Article, article_id)


def _suggest(
    session: Session,
    actor: Actor,
    snapshot: Snapshot,
    suggestions: Sequence[Suggestion],
    *,
    placed: Placed,
) -> TakenIn:
    """Write down the suggestions that fall on no claim that stands there already."""
    project = session.get_one(Project, snapshot.project_id)
    is_fresh = not_placed([(s.start, s.end) for s in suggestions], placed.spans)
    fresh = [s for s, wanted in zip(suggestions, is_fresh, strict=True) if wanted]
    opened = add_suggestions(session, project, snapshot, fresh)
    counts = {"suggested": len(fresh) - opened, "opened": opened}
    article = session.get_one(Article, snapshot.article_id)
    told = {"placed": len(placed.spans), "missing": placed.missing}
    _tell(session, actor, article, snapshot, **counts, **told)
    return TakenIn(article.public_id, is_known=False, **counts, placed=placed)


def _article_with_text(session: Session, project_id: int, sha256: str) -> Article | None:
    query = (
        select(Article)
        .join(Snapshot, col(Snapshot.article_id) == col(Article.id))
        .where(Snapshot.project_id == project_id, Snapshot.sha256 == sha256)
    )
    return session.exec(query).first()


def _snapshot(session: Session, article: Article, values: NewArticle, *, sha256: str) -> Snapshot:
    snapshot = Snapshot(
        project_id=article.project_id,
        article_id=article.key,
        text=values.text,
        sha256=sha256,
        notice=values.notice,
    )
    session.add(snapshot)
    session.flush()
    return snapshot


def _tell(
    session: Session, actor: Actor, article: Article, snapshot: Snapshot, **counts: int
) -> None:
    record_event(
        session,
        actor,
        Action.ARTICLE_ADD,
        noun="article",
        thing=article.public_id,
        project_id=article.project_id,
        snapshot=snapshot.public_id,
        **counts,
    )
    session.flush()


def _checked(values: NewArticle) -> NewArticle:
    if not values.text.strip():
        raise Invalid("article.empty", field="text")
    if len(values.text) > MAX_TEXT:
        raise Invalid("article.long", field="text", limit=MAX_TEXT)
    title = " ".join(values.title.split()) or values.text.strip().split("\n", 1)[0]
    return NewArticle(
        text=values.text,
        title=title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1] + "…",
        url=checked_link(values.url),
        publisher=(values.publisher or "").strip()[:200] or None,
        author=(values.author or "").strip()[:300] or None,
        published=partial_date(values.published),
        language=values.language,
        notice=values.notice,
    )


def _article(session: Session, actor: Actor, project_id: int, values: NewArticle) -> Article:
    """The article at this address, locked before its claims are, or a new one."""
    canonical = canonical_link(values.url) if values.url else None
    if canonical is not None:
        found = session.exec(
            select(Article)
            .where(Article.project_id == project_id, Article.canonical_url == canonical)
            .with_for_update(key_share=True)
        ).first()
        if found is not None:
            return found
    article = Article(
        project_id=project_id,
        url=values.url,
        canonical_url=canonical,
        title=values.title,
        publisher=values.publisher,
        author=values.author,
        published=values.published,
        language=values.language,
        created_by_id=actor.person_id,
    )
    session.add(article)
    session.flush()
    return article


def add_suggestions(
    session: Session, project: Project, snapshot: Snapshot, suggestions: Sequence[Suggestion]
) -> int:
    """Write down what was extracted; those above the project's mark are opened at once.

    What was met before in the project is scored with that, by the weights in use. The project must be
    locked, before the article is: those that change its weights lock it too. Answers how many were
    opened.
    """
    suggestions = _as_scored_now(session, project, snapshot, suggestions)
    rows = [_claim(project, snapshot, suggestion) for suggestion in suggestions]
    session.add_all(rows)
    session.flush()
    agents = agents_named(session, project.key, (hop for s in suggestions for hop in s.hops))
    for row, suggestion in zip(rows, suggestions, strict=True):
        session.add_all(
            Hop(
                claim_id=row.key,
                position=position,
                agent_id=agents[hop.agent.strip()].key,
                cue=hop.cue[:300],
                mode=hop.mode,
                start=hop.start,
                end=hop.end,
            )
            for position, hop in enumerate(suggestion.hops)
        )
        session.add_all(figures_written(row.key, suggestion.quantities))
    session.flush()
    return _open_the_worthiest(session, project, rows)


def _as_scored_now(
    session: Session, project: Project, snapshot: Snapshot, suggestions: Sequence[Suggestion]
) -> list[Suggestion]:
    """With what was seen before, scored by the weights in use, which may be others since the reading."""
    said = [Said(s.text, [(f.value, f.unit) for f in s.quantities]) for s in suggestions]
    seen = seen_before(session, project.key, snapshot.article_id, said)
    labels = {one.scored_with for one in suggestions if one.scored_with}
    ours = {label for label in labels if is_made_here(session, project.key, label)}
    weights = weights_in_use(session, project.key)
    found = list[Suggestion]()
    for one, more in zip(suggestions, seen, strict=True):
        with_more = replace(one, signals={**one.signals, **more}) if more else one
        is_as_it_came = one.scored_with not in ours or (
            one.scored_with == weights.label and not more
        )
        found.append(with_more if is_as_it_came else _scored_anew(with_more, weights))
    return found


def _scored_anew(suggestion: Suggestion, weights: Weights) -> Suggestion:
    found = score(suggestion.signals, suggestion.quote, weights)
    return replace(
        suggestion,
        checkworthiness=found.value,
        reasons=found.reasons,
        against=found.against,
        scored_with=weights.label,
    )


def _claim(project: Project, snapshot: Snapshot, suggestion: Suggestion) -> Claim:
    if snapshot.text[suggestion.start : suggestion.end] != suggestion.quote:
        raise Invalid("quote.missing")
    return Claim(
        project_id=project.key,
        article_id=snapshot.article_id,
        snapshot_id=snapshot.key,
        text=suggestion.text,
        quote=suggestion.quote,
        start=suggestion.start,
        end=suggestion.end,
        kinds=list(suggestion.kinds),
        checkworthiness=suggestion.checkworthiness,
        reasons=list(suggestion.reasons),
        against=list(suggestion.against),
        signals=dict(suggestion.signals),
        scored_with=suggestion.scored_with,
        grounds=[{"kind": kind, "words": words} for kind, words in suggestion.grounds],
        marks=list(suggestion.marks),
        additions=[asdict(addition) for addition in suggestion.additions],
        paragraph=suggestion.paragraph,
        context=suggestion.context,
        extractor=suggestion.extractor,
        extraction_run_id=suggestion.run_id,
    )


def _open_the_worthiest(session: Session, project: Project, rows: Sequence[Claim]) -> int:
    if project.open_from is None:
        return 0
    this_round = current_round(session, project.key)
    worthy = [row for row in rows if (row.checkworthiness or 0) >= project.open_from]
    for row in worthy:
        row.state = ClaimState.OPEN
        open_round(session, row, this_round)
    session.flush()
    return len(worthy)
