"""Marks for quotes that were linked while their page was looked at, and many marks at once."""

import pytest

from app.domain.evidence_words import CopyWhy, FlagReason, QuoteFound
from app.domain.words import Decides, Role
from app.storage.tables import Evidence, Flag, QuotePlace, SavedCopy, Source
from app.workflow import flags
from app.workflow.copies import ask_copy
from app.workflow.flags import raise_flags
from app.workflow.looking import finish_copy
from app.workflow.sources import SourceValues
from tests.copies import look, looked
from tests.scenes import LEADS, Scene
from tests.work import counted

URL = "https://stats.example/t4"
PAGE = SourceValues(url=URL, title="Table 4", quote="Bread is dear")


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1, saves_copies=True)


@pytest.fixture
def kim(scene):
    return scene.person("Kim", Role.REVIEWER)


@pytest.fixture
def lead(scene):
    return scene.person("Lea", *LEADS)


def linked(scene, kim, **values):
    """A check of one more claim that links the page."""
    scene.claim()
    scene.check(kim, sources=(PAGE,), **values)


def saved(scene, actor, text):
    """A look at the page that is under way, and how it ends."""
    copy_id = scene.do(ask_copy, actor, scene.rows(Source)[0].public_id, why=CopyWhy.ASKED)
    return lambda: scene.do(finish_copy, copy_id, look=look(text))


@pytest.mark.parametrize("before", ["kim", "lead"])
def test_a_quote_that_is_linked_while_its_page_is_looked_at_is_marked_as_gone(
    scene, kim, lead, before
):
    linked(scene, kim)
    first = scene.rows(SavedCopy)[0].public_id
    scene.do(finish_copy, first, look=look("Bread is dear. Milk is cheap."))
    looked(scene)
    ends = saved(scene, {"kim": kim, "lead": lead}[before], "Bread is dear. The rest is gone.")
    second = scene.claim()
    scene.check(kim, sources=(SourceValues(url=URL, title="T", quote="Milk is cheap"),))

    ends()
    looked(scene)

    last = scene.rows(Evidence)[-1].key
    assert [row.found for row in scene.rows(QuotePlace) if row.evidence_id == last] == [
        QuoteFound.EXACT,
        QuoteFound.MISSING,
    ]
    [flag] = scene.rows(Flag)
    assert (flag.reason, flag.claim_id) == (FlagReason.QUOTE_GONE, scene.claim_row(second).key)


def test_a_quote_that_was_gone_before_it_was_linked_marks_nothing(scene, kim):
    linked(scene, kim)
    first = scene.rows(SavedCopy)[0].public_id
    scene.do(finish_copy, first, look=look("Bread is dear. Milk is cheap."))
    looked(scene)
    saved(scene, kim, "Bread is dear. The rest is gone.")()
    scene.claim()
    scene.check(kim, sources=(SourceValues(url=URL, title="T", quote="Milk is cheap"),))

    looked(scene)

    assert scene.rows(QuotePlace)[-1].found is QuoteFound.MISSING
    assert scene.rows(Flag) == []


def test_many_marks_are_few_statements(scene, kim, monkeypatch):
    monkeypatch.setattr(flags, "AT_ONCE", 4)
    numbers = []
    for reason, more in ((FlagReason.PAGE_GONE, 1), (FlagReason.PAGE_CHANGED, 3)):
        for _ in range(more):
            linked(scene, kim)
        with counted(scene.database) as sent, scene.database.write() as session:
            source = session.get_one(Source, scene.rows(Source)[0].key)
            raise_flags(session, kim, source, reason)
        numbers.append(len(sent))

    assert numbers[0] == numbers[1]
    assert len(scene.events("flag.raise")) == len(scene.rows(Flag)) == 1 + 4


def test_more_marks_than_one_statement_takes_are_all_raised(scene, kim, monkeypatch):
    monkeypatch.setattr(flags, "AT_ONCE", 2)
    for _ in range(5):
        linked(scene, kim)
    with scene.database.write() as session:
        source = session.get_one(Source, scene.rows(Source)[0].key)
        uses = [use.key for use in scene.rows(Evidence)]
        number = raise_flags(session, kim, source, FlagReason.PAGE_GONE, evidence_ids=uses)

    told = scene.events("flag.raise")
    assert number == len({event.claim for event in told}) == 5
    assert {event.thing for event in told} == {flag.public_id for flag in scene.rows(Flag)}
