"""Loading the demonstration desk: people, two projects, articles, claims and finished checks.

Everything goes through the verbs that the pages use, so that the desk looks as if people had
worked there. What the files hold is said in ``seed_data/README.md``.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from sqlmodel import Session

from app.cli import opening
from app.domain.actors import CONSOLE, Actor
from app.domain.errors import Refused
from app.domain.ids import new_public_id, now
from app.domain.records import ProjectRecord
from app.domain.words import (
    AgentKind,
    Answers,
    Channel,
    Confidence,
    Decides,
    Mode,
    Role,
    SourceKind,
    Stance,
)
from app.extraction.normalise import normalise
from app.storage.articles import article as article_of
from app.storage.claims import claim as claim_of
from app.storage.claims import claims_of_snapshot
from app.storage.notices import notices
from app.storage.people import actor_of
from app.storage.projects import is_empty
from app.storage.reviews import reviews_of
from app.storage.session import Database
from app.workflow import claims, comments, guidelines, lending, people, projects, reviews, rulings
from app.workflow.agents import HopValues
from app.workflow.articles import NewArticle, Suggestion, add_article
from app.workflow.batches import BatchValues, add_batch, put_claims
from app.workflow.consulting import ask
from app.workflow.notices import read_all
from app.workflow.planning import PlanValues, plan
from app.workflow.publications import PublicationValues, publish
from app.workflow.reading import read
from app.workflow.replies import ReplyValues, request
from app.workflow.sources import SourceValues
from app.workflow.versions import ReviewValues

FOLDER = Path(__file__).resolve().parents[2] / "seed_data"

Entry = dict[str, Any]


@dataclass
class Desk:
    """What has been loaded so far, by the names that the files use."""

    session: Session
    folder: Path
    people: dict[str, str] = field(default_factory=dict)
    projects: dict[str, ProjectRecord] = field(default_factory=dict)
    claims: dict[tuple[str, str], str] = field(default_factory=dict)

    def entries(self, name: str) -> list[Entry]:
        """The list that a file holds."""
        loaded: list[Entry] = json.loads((self.folder / name).read_text(encoding="utf-8"))
        return loaded

    def actor(self, email: str) -> Actor:
        """The person with this address, with the roles of this moment."""
        return actor_of(self.session, self.people[email])

    def claim_id(self, entry: Entry) -> str:
        """The claim that an entry speaks of, by its article and quote."""
        return self.claims[entry["article"], entry["quote"]]


@click.command("seed")
def seed_command() -> None:
    """Load the demonstration desk into an empty database."""
    with opening.open_database() as database:
        with database.reading() as session:
            if not is_empty(session):
                raise Refused("seed.not-empty")
        seed(database)
    click.echo("The demonstration desk is loaded.", err=True)


def seed(database: Database, folder: Path = FOLDER) -> None:
    """Load the demonstration desk, whole or not at all."""
    readings = [_read(path) for path in sorted((folder / "articles").glob("*.json"))]
    with database.write() as session:
        desk = Desk(session, folder)
        _add_people(desk)
        _add_projects(desk)
        listed = desk.entries("claims.json")
        for name, entry, article, found in readings:
            mine = [claim for claim in listed if claim["article"] == name]
            _add_article(desk, name, entry, article=article, found=found, listed=mine)
        for claim in listed:
            _pick_or_drop(desk, claim)
        for name, work in WORK.items():
            for entry in desk.entries(name):
                work(desk, entry)
            if name == "rulings.json":
                _have_read(desk)


def _read(path: Path) -> tuple[str, Entry, NewArticle, tuple[Suggestion, ...]]:
    entry = json.loads(path.read_text(encoding="utf-8"))
    article = NewArticle(
        text=normalise("\n\n".join(entry["paragraphs"])),
        **{
            name: entry[name]
            for name in ("title", "url", "publisher", "author", "published", "language")
        },
    )
    reading = read(article)
    return path.stem, entry, replace(article, notice=reading.notice), reading.suggestions


def _add_people(desk: Desk) -> None:
    for entry in desk.entries("people.json"):
        person = people.add_person(
            desk.session,
            CONSOLE,
            email=entry["email"],
            name=entry["name"],
            is_admin=entry["admin"],
        )
        desk.people[entry["email"]] = person.public_id


def _add_projects(desk: Desk) -> None:
    for entry in desk.entries("projects.json"):
        project = projects.add_project(
            desk.session,
            CONSOLE,
            values=projects.NewProject(
                slug=entry["slug"],
                title=entry["title"],
                description=entry["description"],
                decides=Decides(entry["decides"]),
                reviews_wanted=entry["reviews"],
                scheme=entry["scheme"],
                timezone=entry["timezone"],
            ),
        )
        desk.projects[project.slug] = project
        guidelines.write_guidelines(desk.session, CONSOLE, project.id, text=entry["guidelines"])
        _tell_readers(desk, project, entry["publisher"])
        for member in entry["members"]:
            for role in member["roles"]:
                people.add_role(
                    desk.session,
                    CONSOLE,
                    desk.people[member["email"]],
                    project_id=project.id,
                    role=Role(role),
                )


def _tell_readers(desk: Desk, project: ProjectRecord, publisher: Entry | None) -> None:
    """How readers know the desk, where a project is one that publishes."""
    if publisher is None:
        return
    names = projects.ProjectChanges.__dataclass_fields__.keys() - {"source_labels"}
    kept = {name: getattr(project, name) for name in names}
    changes = projects.ProjectChanges(source_labels=frozenset(), **kept)
    changes = replace(
        changes,
        publisher_name=publisher["name"],
        publisher_url=publisher["url"],
        corrections_url=publisher["corrections"],
    )
    projects.change_project(desk.session, CONSOLE, project.id, values=changes)


def _add_article(
    desk: Desk,
    name: str,
    entry: Entry,
    *,
    article: NewArticle,
    found: tuple[Suggestion, ...],
    listed: list[Entry],
) -> None:
    """An article with its suggestions, those that the files list in the files' wording."""
    project = desk.projects[entry["project"]]
    written = [_listed_suggestion(article.text, claim, found) for claim in listed]
    rest = [s for s in found if not any(_overlap(s, w) for w in written)]
    taken_in = add_article(
        desk.session,
        CONSOLE,
        project.id,
        values=article,
        suggestions=sorted([*written, *rest], key=lambda s: s.start),
    )
    record = article_of(desk.session, CONSOLE, taken_in.article_id)
    for claim in claims_of_snapshot(desk.session, record.snapshot_id or 0):
        desk.claims[name, claim.quote or ""] = claim.public_id


def _overlap(one: Suggestion, other: Suggestion) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _listed_suggestion(text: str, claim: Entry, found: tuple[Suggestion, ...]) -> Suggestion:
    """A claim of the files, with the figures and reasons of the extracted one that it covers."""
    start = text.index(claim["quote"])
    plain = Suggestion(
        text=claim["text"], quote=claim["quote"], start=start, end=start + len(claim["quote"])
    )
    nearest = max(found, key=lambda s: _overlap(s, plain), default=plain)
    base = nearest if _overlap(nearest, plain) else plain
    return replace(
        base,
        text=claim["text"],
        quote=plain.quote,
        start=plain.start,
        end=plain.end,
        hops=tuple(_hop(hop) for hop in claim["chain"]),
    )


def _hop(entry: Entry) -> HopValues:
    return HopValues(
        agent=entry["agent"],
        kind=AgentKind(entry["kind"]),
        is_named=entry["named"],
        cue=entry["cue"],
        mode=Mode(entry["mode"]),
    )


def _pick_or_drop(desk: Desk, claim: Entry) -> None:
    editor = desk.actor(desk.entries("people.json")[0]["email"])
    if claim["do"] == "drop":
        claims.drop(desk.session, editor, desk.claim_id(claim))
        return
    values = claims.PickValues(reason=claim.get("reason"), priority=claim["priority"])
    claims.pick(desk.session, editor, desk.claim_id(claim), values=values)
    if claim.get("tags"):
        due = claim["due_in_days"]
        planned = PlanValues(tags=claim["tags"], due_at=None if due is None else _in_days(due))
        plan(desk.session, editor, desk.claim_id(claim), values=planned)


def _add_batch(desk: Desk, entry: Entry) -> None:
    """A batch of the claims that were picked in some articles."""
    editor = desk.actor(desk.entries("people.json")[0]["email"])
    project = desk.projects[entry["project"]]
    values = BatchValues(name=entry["name"], is_pilot=entry["pilot"])
    batch = add_batch(desk.session, editor, project.id, values=values)
    listed = (c for c in desk.entries("claims.json") if c["article"] in entry["articles"])
    mine = [desk.claim_id(claim) for claim in listed if claim["do"] == "pick"]
    put_claims(desk.session, editor, project.id, mine, batch_id=batch.public_id)


def _add_check(desk: Desk, check: Entry) -> None:
    reviewer = desk.actor(check["reviewer"])
    review = lending.assign(desk.session, CONSOLE, desk.claim_id(check), person=reviewer)
    values = ReviewValues(
        verdict=check["verdict"],
        attribution_verdict=check["attribution_verdict"],
        confidence=Confidence(check["confidence"]),
        rationale=check["rationale"],
        not_known=check["not_known"],
        sources=tuple(_source(source) for source in check["sources"]),
        form_key=new_public_id(),
    )
    reviews.submit(desk.session, reviewer, review, values=values, lends_next=False)


def _source(entry: Entry) -> SourceValues:
    return SourceValues(
        kind=SourceKind(entry["kind"]),
        url=entry["url"],
        title=entry["title"],
        publisher=entry["publisher"],
        published=entry["published"],
        stance=Stance(entry["stance"]),
        answers=Answers(entry["answers"]),
        quote=entry["quote"],
        locator=entry["locator"],
    )


def _send_back(desk: Desk, returned: Entry) -> None:
    claim = claim_of(desk.session, CONSOLE, desk.claim_id(returned))
    for review in reviews_of(desk.session, CONSOLE, claim):
        reviews.send_back(desk.session, CONSOLE, review.public_id, question=returned["question"])


def _settle(desk: Desk, ruling: Entry) -> None:
    rulings.settle(
        desk.session,
        desk.actor(ruling["by"]),
        desk.claim_id(ruling),
        values=rulings.RulingValues(
            verdict=ruling["verdict"],
            attribution_verdict=ruling["attribution_verdict"],
            conclusion=ruling["conclusion"],
            short_text=ruling["short_text"],
        ),
    )


def _have_read(desk: Desk) -> None:
    """Whoever has done what they were told of has read it too."""
    for person_id in desk.people.values():
        actor = actor_of(desk.session, person_id)
        told = notices(desk.session, actor, limit=1)
        if told:
            read_all(desk.session, actor, upto=told[0].public_id)


def _in_days(days: int) -> datetime:
    """Some days from now, at three in the afternoon."""
    return (now() + timedelta(days=days)).replace(hour=15, minute=0, second=0, microsecond=0)


def _ask_for_reply(desk: Desk, entry: Entry) -> None:
    values = ReplyValues(
        whom=entry["whom"],
        channel=Channel(entry["channel"]),
        asked=entry["asked"],
        sent_at=_in_days(-entry["sent_days_ago"]),
        deadline_at=_in_days(entry["due_in_days"]),
        answered_at=_in_days(-1) if entry["answer"] else None,
        answer=entry["answer"],
        is_quotable=entry["quotable"],
    )
    request(desk.session, desk.actor(entry["by"]), desk.claim_id(entry), values=values)


def _comment(desk: Desk, entry: Entry) -> None:
    writer, claim = desk.actor(entry["by"]), desk.claim_id(entry)
    if entry["asks"]:
        asked = desk.people[entry["asks"]]
        first = ask(desk.session, writer, claim, person_id=asked, text=entry["text"])
    else:
        words = comments.CommentValues(text=entry["text"])
        first = comments.add_comment(desk.session, writer, claim, values=words)
    for said in entry["answers"]:
        words = comments.CommentValues(text=said["text"])
        comments.reply(desk.session, desk.actor(said["by"]), first, values=words)


def _publish(desk: Desk, entry: Entry) -> None:
    day = (now() - timedelta(days=entry["days_ago"])).date().isoformat()
    piece = PublicationValues(url=entry["url"], title=entry["title"], published_on=day)
    publish(desk.session, desk.actor(entry["by"]), desk.claim_id(entry), values=piece)


# What is done once the claims are there, file by file, in this order.
WORK: dict[str, Callable[[Desk, Entry], None]] = {
    "batches.json": _add_batch,
    "checks.json": _add_check,
    "returned.json": _send_back,
    "rulings.json": _settle,
    "replies.json": _ask_for_reply,
    "comments.json": _comment,
    "publications.json": _publish,
}
