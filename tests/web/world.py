"""A project with something behind every address, and everybody who could come to it."""

import re
from functools import cached_property

from sqlmodel import Session

from app.domain.actors import CONSOLE
from app.domain.evidence_words import CopyWhy, FlagReason
from app.domain.words import Decides, GoldUse, Role
from app.storage.tables import (
    Agent,
    Article,
    Claim,
    Flag,
    IntakeLine,
    Notice,
    Person,
    Project,
    Publication,
    Source,
)
from app.workflow import articles
from app.workflow.articles import NewArticle, Suggestion
from app.workflow.batches import BatchValues, add_batch
from app.workflow.comments import CommentValues, add_comment
from app.workflow.copies import ask_copy
from app.workflow.flags import raise_flags
from app.workflow.gold import GoldValues, set_gold
from app.workflow.intakes import ask_intake, fail_line
from app.workflow.looking import finish_copy
from app.workflow.replies import ReplyValues, request
from app.workflow.saved_filters import FilterValues, save_filter
from tests.copies import look
from tests.lending import Reader
from tests.scenes import SOURCE, Scene

# V reads, R checks, J settles, E edits, A is an admin and a member of nothing; S is signed in and a
# stranger to the project.
PEOPLE = {
    "V": (Role.VIEWER,),
    "R": (Role.REVIEWER,),
    "J": (Role.ADJUDICATOR,),
    "E": (Role.EDITOR,),
    "A": (),
    "S": (),
}


def asked(scene, actor, claim_id):
    """A request for a reply; its public id."""
    return scene.do(request, actor, claim_id, values=ReplyValues(whom="The ministry"))


def commented(scene, actor, claim_id, text="Look here.") -> str:
    return scene.do(add_comment, actor, claim_id, values=CommentValues(text=text))


def article_in(scene) -> None:
    text = "Bread is dear. Milk costs 2 euros."
    values = NewArticle(text=text, title="Prices")
    found = [Suggestion(text="Bread is dear.", quote="Bread is dear.", start=0, end=14)]
    scene.do(articles.add_article, CONSOLE, scene.id, values=values, suggestions=found)


def batch_in(scene) -> str:
    made = scene.do(add_batch, CONSOLE, scene.id, values=BatchValues(name="Pilot 1"))
    return made.public_id


def intake_in(scene) -> str:
    """A list of addresses, one of which failed; its public id."""
    urls = "https://a.example/1\nhttps://a.example/2"
    asked = scene.do(ask_intake, CONSOLE, scene.id, urls=urls)
    scene.do(fail_line, scene.rows(IntakeLine)[0].public_id, error="intake.gone")
    return asked.intake_id


def learnt(scene, actor) -> str:
    """A check of a claim to learn from; its public id."""
    known = GoldValues(use=GoldUse.TRAINING, verdict="false", explanation="As all know.")
    scene.do(set_gold, CONSOLE, scene.claim("To learn from."), values=known)
    return scene.check(actor)


def published(scene) -> None:
    url = "https://desk.example/1"
    with scene.database.write() as session:
        session.add(
            Publication(project_id=scene.id, url=url, canonical_url=url, published_on="2025-09-04")
        )


def copied(scene) -> str:
    """A saved copy of the first source; its public id."""
    scene.change(Project, scene.project.public_id, saves_copies=True)
    source_id = scene.rows(Source)[0].public_id
    copy_id = scene.do(ask_copy, CONSOLE, source_id, why=CopyWhy.ASKED)
    scene.do(finish_copy, copy_id, look=look("They say so."))
    return copy_id


def flagged(scene) -> str:
    """A mark on the claim whose check uses the first source; its public id."""
    with scene.database.write() as session:
        source = session.get_one(Source, scene.rows(Source)[0].key)
        raise_flags(session, CONSOLE, source, FlagReason.PAGE_GONE)
    return scene.rows(Flag)[0].public_id


class World:
    """A project with something behind every address, and everybody of the table."""

    def __init__(self, database, app):
        self.database, self.app = database, app
        self.scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
        article_in(self.scene)
        self.actors = {
            who: self.scene.person(f"Person{who}", *roles, admin=who == "A")
            for who, roles in PEOPLE.items()
        }
        self.complete = self.scene.claim("Complete.")
        published(self.scene)
        other = self.scene.reviewers("Other")[0]
        self.scene.check(other, sources=[SOURCE])
        self.copy = copied(self.scene)
        self.flag = flagged(self.scene)
        self.learnt = learnt(self.scene, self.actors["R"])
        self.scene.claim("Held.", said_by="A minister")
        self.held = self.scene.take(self.actors["R"])
        self.shared = self.scene.do(
            save_filter,
            self.scene.person("Lead", Role.ADJUDICATOR),
            self.scene.id,
            values=FilterValues(name="Late", query="due=overdue", is_shared=True),
        )
        self.scene.change(Project, self.scene.project.public_id, counts_people=True)
        self.comment = commented(self.scene, other, self.complete, "@PersonR, look here.")
        self.reply = asked(self.scene, other, self.complete)
        self.batch = batch_in(self.scene)
        self.intake = intake_in(self.scene)
        self.scene.person("Victim", Role.VIEWER)
        self.scene.person("Member", Role.VIEWER)

    @cached_property
    def names(self) -> dict[str, str]:
        """The ids of things that there are, by the variables of addresses."""
        return {
            "slug": "desk",
            "article_id": self.scene.rows(Article)[0].public_id,
            "claim_id": self.scene.rows(Claim)[0].public_id,
            "review_id": self.held,
            "comment_id": self.comment,
            "agent_id": self.scene.rows(Agent)[0].public_id,
            "batch_id": self.batch,
            "publication_id": self.scene.rows(Publication)[0].public_id,
            "notice_id": self.scene.rows(Notice)[-1].public_id,
            "reply_id": self.reply,
            "person_id": self.scene.rows(Person, Person.name == "Victim")[0].public_id,
            "member_id": self.scene.rows(Person, Person.name == "Member")[0].public_id,
            "filter_id": self.shared,
            "source_id": self.scene.rows(Source)[0].public_id,
            "copy_id": self.copy,
            "intake_id": self.intake,
            "flag_id": self.flag,
            "token": "no-such-token",
            "name": "verdicts.csv",
            "filename": "app.css",
        }

    def address(self, rule: str) -> str:
        """A rule with the ids of things that there are."""
        if "members" in rule:
            # Whoever loses every role on a page of people is no member any more.
            rule = rule.replace("<person_id>", "<member_id>")
        if rule.endswith(("/settle", "/unblind")):
            rule = rule.replace("<claim_id>", self.complete)
        if rule.endswith("/explained"):
            rule = rule.replace("<review_id>", self.learnt)
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: self.names[found[1]], rule)

    def client(self, who: str):
        """A browser of somebody; of nobody for ""."""
        # Pages are checked as an admin, a reviewer and a stranger get them; of others is asked who is let in.
        client = self.app.test_client() if who in {"A", "R", ""} else Reader(self.app)
        if who:
            with Session(self.database.engine) as session:
                client.sign_in(session.get_one(Person, self.actors[who].person))
        return client

    def ask(self, who: str, line: str):
        method, rule = line.split(" ", 1)
        client = self.client(who)
        act = client.get if method == "GET" else client.post
        return act(self.address(rule))
