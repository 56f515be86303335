"""What the pictures of evidence show, put into the demonstration desk through the verbs of the pages.

A claim about the debt of Kelmouth with its sources, their pages as they were looked at, one of which
says something else by now, and a list of addresses half of which is taken in. Nothing is fetched: what
is invented lies at addresses that do not exist.
"""

import hashlib
import uuid
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, select

from app.config import Settings
from app.domain.actors import Actor
from app.domain.evidence_words import CopyWhy, SourceType
from app.domain.fetched import Exchange, Fetched
from app.domain.ids import now
from app.domain.quotes import CopyText, Place
from app.domain.words import Answers, Confidence, Stance
from app.exporters.warc import page_records
from app.storage.copy_work import quotes_of
from app.storage.intakes import lines_of
from app.storage.people import actor_of
from app.storage.session import Database
from app.storage.tables import Intake, Person, Project, Source
from app.workflow.agents import HopValues
from app.workflow.articles import NewArticle
from app.workflow.claims import NewClaim, add_claim
from app.workflow.copies import ask_copy
from app.workflow.intakes import Found, ask_intake, fail_line, finish_line
from app.workflow.lending import assign
from app.workflow.looking import Look, finish_copy
from app.workflow.reviews import submit
from app.workflow.sources import SourceValues
from app.workflow.versions import ReviewValues

CLAIM = "The city of Kelmouth owed 275 million pounds at the end of March 2025."
CLAIMANT = "Independents for Kelmouth"
STATEMENT = "https://council.kelmouth.example/treasurer/accounts-2025"
LETTER = "https://independents.kelmouth.example/letters/2025-09"
AUDIT = "https://audit.kelmouth.example/opinions/2025.pdf"
PAGES = {
    STATEMENT: (
        "Statement of accounts 2024/25. Borrowing and investments.\n\nTotal borrowing at 31 March: "
        "£262 million (2019: £187 million). Interest paid in the year came to £9.1 million, a little "
        "less than the year before.\n\nInvestments stood at £41 million."
    ),
    LETTER: (
        "A letter to every household.\n\nThis city owes 275 million pounds, and will owe more next year. "
        "We will not let the council borrow a pound more."
    ),
    AUDIT: (
        "Audit opinion.\n\nWe have examined the statement of accounts.\n\nBorrowing rose by 40 percent "
        "in six years, as the statement says; the accounts give a true and fair view."
    ),
}
CHANGED = "A letter to every household.\n\nThe debt of this city has grown by far too much."
SOURCES = (
    SourceValues(
        url=STATEMENT,
        title="Statement of accounts 2024/25",
        publisher="City of Kelmouth",
        author="The treasurer",
        published="2025-06-30",
        source_type=SourceType.PRIMARY,
        stance=Stance.REFUTES,
        quote="Total borrowing at 31 March: £262 million (2019: £187 million).",
        locator="page 14",
        figure="£262 million in March 2025",
    ),
    SourceValues(
        url=AUDIT,
        title="Audit opinion on the accounts of Kelmouth",
        publisher="Harrow & Finch, auditors",
        published="2025-07-22",
        source_type=SourceType.EXPERT,
        stance=Stance.CONTEXT,
        quote="borrowing rose by 40 percent in six years",
        interests="Paid by the city for the audit.",
    ),
    SourceValues(
        url=LETTER,
        title="A letter to every household",
        publisher=CLAIMANT,
        published="2025-08",
        stance=Stance.SUPPORTS,
        quote="This city owes 275 million pounds, and will owe more next year.",
        answers=Answers.BOTH,
    ),
)
ADDRESSES = (
    "https://harbourpost.example/amp/ferry-fares",
    "https://harbourpost.example/2025/09/ferry-fares",
    "https://harbourpost.example/2025/09/school-roofs",
    "https://coastalobserver.example/subscribers/port-dues",
    "https://coastalobserver.example/news/lighthouse",
    "https://radioglenmarra.example/morning/2025-09-04",
)
FEED = "https://harbourpost.example/feed.xml"
TEXTS = {
    1: ("Ferry fares go up by 8 percent in October", "Ferry fares go up by 8 percent in October."),
    2: ("Forty school roofs wait for repair", "Forty school roofs wait for repair, the city says."),
}
LATER = timedelta(days=1)


def add_evidence(settings: Settings, *, editor: str, checker: str) -> dict[str, str]:
    """Put all of it in; the paths of what is to be seen, by the names of the pictures."""
    database = Database(settings.database_url)
    try:
        with database.write() as session:
            project = session.exec(select(Project).where(Project.slug == "desk")).one()
            lead, ben = (_actor(session, email) for email in (editor, checker))
            claim_id = add_claim(session, lead, project.key, values=_claim())
            _check(session, claim_id, lead, ben)
            project.saves_copies = True
            for url, text in PAGES.items():
                _look_at(session, lead, url, text)
            _look_at(session, lead, LETTER, CHANGED)
            intake_id = _ask(session, lead, project.key)
            sources = {row.url: row.public_id for row in session.exec(select(Source))}
    finally:
        database.dispose()
    return {
        "evidence": f"/claims/{claim_id}/settle",
        "source": f"/sources/{sources[LETTER]}",
        "intake": f"/intakes/{intake_id}",
    }


def _actor(session: Session, email: str) -> Actor:
    row = session.exec(select(Person).where(Person.email == email)).one()
    return actor_of(session, row.public_id)


def _claim() -> NewClaim:
    return NewClaim(text=CLAIM, hops=(HopValues(agent=CLAIMANT),))


def _check(session: Session, claim_id: str, lead: Actor, ben: Actor) -> None:
    review_id = assign(session, lead, claim_id, person=ben)
    values = ReviewValues(
        verdict="mostly-false",
        attribution_verdict="confirmed",
        confidence=Confidence.HIGH,
        rationale="The council owed 262 million. The letter counts the pension fund’s borrowing as well.",
        sources=SOURCES,
        form_key=uuid.uuid4().hex,
    )
    submit(session, ben, review_id, values=values, lends_next=False)


def _look_at(session: Session, lead: Actor, url: str, text: str) -> None:
    source = session.exec(select(Source).where(Source.url == url)).one()
    look_id = ask_copy(session, lead, source.public_id, why=CopyWhy.ASKED, run_at=now() + LATER)
    copy = CopyText(text)
    places = {key: copy.place(quote) for key, quote in quotes_of(session, source.public_id)}
    finish_copy(session, look_id, look=_seen(url, text, places))


def _seen(url: str, text: str, places: dict[int, Place]) -> Look:
    body = text.encode()
    host = url.split("/")[2]
    exchange = Exchange(
        url=url,
        address="192.0.2.7",
        request=f"GET / HTTP/1.1\r\nHost: {host}\r\n".encode(),
        status=200,
        reason="OK",
        headers=(("Content-Type", "text/plain; charset=utf-8"),),
        body=body,
    )
    page = Fetched(
        url=url,
        final_url=url,
        status=200,
        media_type="text/plain",
        charset="utf-8",
        body=body,
        exchanges=(exchange,),
        seconds=0.4,
    )
    return Look(
        final_url=url,
        status=200,
        media_type="text/plain",
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        warc=page_records(page, at=now()),
        text=text,
        places=places,
    )


def _ask(session: Session, lead: Actor, project_id: int) -> str:
    """A list of addresses: two taken in, one was here, one failed, the others are still to come."""
    urls = "\n".join(ADDRESSES)
    asked = ask_intake(session, lead, project_id, urls=urls, feed=FEED, run_at=now() + LATER)
    key = session.exec(select(Intake.id).where(Intake.public_id == asked.intake_id)).one()
    lines = lines_of(session, key)
    for place, (title, text) in TEXTS.items():
        article = NewArticle(text=text, title=title, url=lines[place].url)
        finish_line(session, lead, lines[place].public_id, found=Found(article=article))
    again = NewArticle(text=TEXTS[1][1], url=lines[0].url)
    finish_line(session, lead, lines[0].public_id, found=Found(article=again))
    fail_line(session, lines[3].public_id, error="intake.closed")
    return asked.intake_id


def settings_of(folder: str) -> Settings:
    """The settings of a desk in a folder."""
    return Settings.read({"ASSAY_INSTANCE": str(Path(folder))})
