"""Several people, or one with two windows, press at the same moment."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import pairwise
from threading import Barrier, Event, Timer

import pytest
from sqlalchemy import text
from sqlalchemy.orm.attributes import set_committed_value

from app.domain.errors import Refused, Stale, WrongState
from app.domain.evidence_words import SourceStanding
from app.domain.words import ClaimState, Decides, Erasable, ReviewState, Role, SkipReason
from app.storage.locking import locked, locked_all, locked_by_key
from app.storage.tables import (
    Agent,
    Article,
    Claim,
    Evidence,
    Flag,
    Review,
    Ruling,
    Snapshot,
    Source,
)
from app.workflow import articles, claims, groups, reviews, rulings
from app.workflow.articles import NewArticle
from app.workflow.bulk import drop_many, plan_many
from app.workflow.claims import NewClaim, PickValues
from app.workflow.erasures import erase
from app.workflow.lending import assign
from app.workflow.lending import take as take_claim
from app.workflow.planning import PlanValues
from app.workflow.rulings import RulingValues
from app.workflow.source_changes import find_source
from app.workflow.taking_back import hold_checks
from tests.scenes import LEADS, SOURCE, Scene, answer

# How many wait for what another transaction holds, in PostgreSQL.
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)


def at_once(*presses):
    """What each press answers, or the refusal it met; all begin together."""
    together = Barrier(len(presses))

    def run(press):
        together.wait()
        try:
            return press()
        except Refused as refusal:
            return refusal

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(run, presses))


def test_pressing_start_in_four_windows_lends_one_claim(scene):
    for _ in range(4):
        scene.claim()
    [ann] = scene.reviewers("Ann")
    for _ in range(3):
        taken = at_once(*[lambda: scene.take(ann)] * 4)
        assert len(set(taken)) == 1
        scene.do(reviews.submit, ann, taken[0], values=answer(), lends_next=False)


def test_six_people_at_once_share_three_claims_two_each(scene):
    for _ in range(3):
        scene.claim()
    people = scene.reviewers("Ann", "Ben", "Cem", "Dora", "Eli", "Fay")
    taken = at_once(*[lambda p=person: scene.take(p) for person in people])
    found = Counter(scene.claim_of(review) for review in taken if review is not None)
    # Somebody may find every claim in another's hands for a moment, and presses again.
    assert max(found.values()) <= 2
    for person in people:
        scene.take(person)
    held = Counter(row.claim_id for row in scene.rows(Review))
    assert list(held.values()) == [2, 2, 2]


def test_one_form_sent_from_two_threads_is_one_version(scene):
    scene.claim()
    [ann] = scene.reviewers("Ann")
    review_id = scene.take(ann)
    values = answer("true", sources=(SOURCE,))
    sent = at_once(*[lambda: scene.do(reviews.submit, ann, review_id, values=values)] * 4)
    assert sent == [None] * 4
    assert scene.review_row(review_id).submitted_version == 1
    assert len(scene.rows(Evidence)) == 1


def test_the_last_two_checks_at_once_settle_the_claim_once(scene):
    for _ in range(3):
        claim_id = scene.claim()
        pair = scene.reviewers(f"A{claim_id}", f"B{claim_id}")
        taken = [scene.take(person) for person in pair]
        at_once(
            *[
                lambda p=person, r=review_id: scene.submit(p, r, "true", sources=(SOURCE,))
                for person, review_id in zip(pair, taken, strict=True)
            ]
        )
        assert scene.claim_row(claim_id).state is ClaimState.SETTLED
        assert len(scene.rulings_of(claim_id)) == 1
    assert len(scene.rows(Source)) == 1


def test_of_two_who_settle_otherwise_one_is_told_that_the_other_was_quicker(scene):
    claim_id = scene.claim()
    for name, verdict in (("Ann", "true"), ("Ben", "false")):
        scene.check(scene.reviewers(name)[0], verdict)
    leads = [scene.person(name, *LEADS) for name in ("Lea", "Lou")]
    answers = at_once(
        *[
            lambda who=lead, v=verdict: scene.do(
                rulings.settle, who, claim_id, values=RulingValues(verdict=v)
            )
            for lead, verdict in zip(leads, ("true", "false"), strict=True)
        ]
    )
    assert sorted(type(answer) for answer in answers if answer is not None) == [Stale]
    assert len(scene.rows(Ruling)) == 1


def test_dropping_and_answering_cross_without_harm(scene):
    lead, [ann] = scene.person("Lea", Role.EDITOR), scene.reviewers("Ann")
    claim_id = scene.claim()
    for number in range(6):
        review_id = scene.take(ann)
        at_once(
            lambda: scene.do(claims.drop, lead, claim_id),
            lambda r=review_id, n=number: scene.submit(
                ann, r, "true", base_version=0, as_new=n > 0
            ),
        )
        scene.do(claims.pick, lead, claim_id, values=PickValues())
        row, entry = scene.claim_row(claim_id), scene.round_of(claim_id)
        slots = [r for r in scene.rows(Review) if r.slot is not None]
        assert row.slots_free == entry.reviews_wanted - len(slots)
        if entry.reviews_done:
            break
    assert {r.state for r in scene.rows(Review)} <= {ReviewState.LENT, ReviewState.SUBMITTED}


def test_who_drops_many_holds_their_checks_before_any_claim(scene):
    lead = scene.person("Lea", *LEADS)
    claim_ids = [scene.claim() for _ in range(2)]
    for claim_id, who in zip(claim_ids, scene.reviewers("Ann", "Ben"), strict=True):
        scene.do(assign, lead, claim_id, person=who)
    holds, may_go_on = Event(), Event()

    def cover():
        """Hold a check, and then a claim that others may have locked by now."""
        with scene.database.write() as session:
            hold_checks(session, claim_ids[1:])
            holds.set()
            may_go_on.wait(10)
            locked(session, Claim, claim_ids[0])

    def drop():
        holds.wait(10)
        Timer(0.5, may_go_on.set).start()
        return scene.do(drop_many, lead, scene.id, claim_ids)

    _covered, dropped = at_once(cover, drop)
    assert dropped.done == 2


def test_while_somebody_holds_all_claims_a_taker_waits_and_is_lent_one(scene):
    claim_ids = [scene.claim() for _ in range(2)]
    [ann] = scene.reviewers("Ann")
    holds = Event()

    def hold():
        with scene.database.write() as session:
            locked_all(session, Claim, claim_ids)
            holds.set()
            Event().wait(0.5)

    def take():
        holds.wait(10)
        return scene.do(take_claim, ann, scene.id, waits=True)

    _held, taken = at_once(hold, take)
    assert scene.claim_of(taken) == claim_ids[0]


def test_skipping_and_putting_off_at_once_gives_the_slot_back_once(scene):
    claim_id = scene.claim()
    [ann] = scene.reviewers("Ann")
    review_id = scene.take(ann)
    answers = at_once(
        *[lambda: scene.do(reviews.skip, ann, review_id, reason=SkipReason.CONFLICT)] * 2,
        lambda: scene.do(reviews.put_off, ann, review_id),
    )
    assert {type(answer) for answer in answers} <= {type(None), str, WrongState}
    assert scene.claim_row(claim_id).slots_free == 2


def test_the_same_text_pasted_twice_at_once_is_one_article(scene):
    lead = scene.person("Lea", Role.EDITOR)
    values = NewArticle(text="One text.", url="https://example.org/a")
    taken = at_once(*[lambda: scene.do(articles.add_article, lead, scene.id, values=values)] * 3)
    assert sorted(one.is_known for one in taken) == [False, True, True]
    assert len(scene.rows(Article)) == 1


def test_two_who_link_the_same_new_page_at_once_share_one_source(scene):
    people = scene.reviewers("Ann", "Ben")
    for round_ in range(4):
        scene.claim()
        held = [(person, scene.take(person)) for person in people]
        page = replace(SOURCE, url=f"https://example.org/{round_}")
        sent = at_once(
            *[
                lambda p=person, r=review, page=page: scene.submit(p, r, sources=(page,))
                for person, review in held
            ]
        )
        assert not [answer for answer in sent if isinstance(answer, Exception)]
    assert len(scene.rows(Source)) == 4
    assert len(scene.rows(Evidence)) == 8


def test_two_who_name_the_same_new_person_at_once_share_one_agent(scene):
    for round_ in range(4):
        at_once(
            *[
                lambda text=text, name=f"Person {round_}": scene.claim(text, said_by=name)
                for text in (f"One {round_}.", f"Two {round_}.", f"Three {round_}.")
            ]
        )
    assert len(scene.rows(Agent)) == 4


def test_a_row_that_was_read_before_is_as_it_stands_once_it_is_locked(scene):
    claim_id = scene.claim("As it was read.")
    with scene.database.write() as session:
        row = locked(session, Claim, claim_id)
        # What the session remembers, and what it has not written yet.
        set_committed_value(row, "text", "As it was remembered.")
        row.priority = 7
        assert locked(session, Claim, claim_id) is row
        assert (row.text, row.priority) == ("As it was read.", 7)
        set_committed_value(row, "text", "As it was remembered.")
        assert locked_by_key(session, Claim, row.key).text == "As it was read."
    assert scene.claim_row(claim_id).priority == 7


def test_a_claim_added_while_a_changed_text_comes_in_stands_in_the_newest_text(scene):
    editor = scene.person("Edna", Role.EDITOR)
    url, words = "https://paper.example/prices", "Bread is dear."

    def take_in(text):
        values = NewArticle(text=f"{text} {words}", title="Prices", url=url)
        return scene.do(articles.add_article, editor, scene.id, values=values).article_id

    article_id = take_in("At first.")
    for number in range(4):
        values = NewClaim(text=f"Claim {number}.", quote=words)
        adding = partial(
            scene.do, claims.add_claim, editor, scene.id, values=values, article_id=article_id
        )
        at_once(adding, partial(take_in, f"Text {number}."))
        newest = scene.rows(Snapshot)[-1].key
        assert {row.snapshot_id for row in scene.rows(Claim)} == {newest}


def test_acts_on_several_claims_never_wait_crosswise(scene):
    lead = scene.person("Lea", Role.EDITOR)
    # Their names stand in another order than their keys: whoever goes by names locks them crosswise.
    names = [scene.claim() for _ in range(8)]
    many = partial(plan_many, values=PlanValues(priority=1))
    for one, other in pairwise(names):
        answers = at_once(
            *[lambda a=one, b=other: scene.do(groups.say_the_same, lead, a, other_id=b)] * 2,
            *[lambda: scene.do(many, lead, scene.project.id, names)] * 2,
        )
        assert not [answer for answer in answers if isinstance(answer, Refused)]


def sending(scene, who):
    """Sends a check that links the source, slowly; and what is set once it is linked."""
    review_id, is_linked = scene.take(who), Event()

    def send():
        with scene.database.write() as session:
            values = answer(sources=(SOURCE,))
            reviews.submit(session, who, review_id, values=values, lends_next=False)
            is_linked.set()
            Event().wait(0.5)

    return send, is_linked


def test_a_source_is_erased_with_the_use_that_is_being_sent(scene):
    scene.claim()
    scene.claim()
    [ann] = scene.reviewers("Ann")
    root = scene.person("Root", admin=True)
    scene.check(ann, sources=(SOURCE,))
    [source] = scene.rows(Source)
    send, is_linked = sending(scene, ann)

    def take_away():
        is_linked.wait(10)
        scene.do(erase, root, Erasable.SOURCE, source.public_id, reason="Court order")

    assert at_once(send, take_away) == [None, None]
    uses = scene.rows(Evidence)
    assert [(use.source_id, use.title, use.quote) for use in uses] == [(source.key, "", "")] * 2


def wait_for_another(database):
    """Until somebody waits for rows that were changed here; in SQLite all wait before they begin."""
    ends = time.monotonic() + 10
    while not database.is_sqlite and time.monotonic() < ends:
        with database.reading() as session:
            if session.execute(WAITING).scalar_one():
                return
        time.sleep(0.01)


def test_what_is_erased_while_a_check_is_sent_is_not_linked(scene):
    """Refused where it was known still; where the erasing was done before, it is another source."""
    scene.claim()
    scene.claim()
    [ann] = scene.reviewers("Ann")
    root = scene.person("Root", admin=True)
    scene.check(ann, sources=(SOURCE,))
    review_id, [source] = scene.take(ann), scene.rows(Source)
    is_erased = Event()

    def take_away():
        with scene.database.write() as session:
            erase(session, root, Erasable.SOURCE, source.public_id, reason="Court order")
            is_erased.set()
            wait_for_another(scene.database)

    def send():
        is_erased.wait(10)
        values = answer(sources=(SOURCE,))
        return scene.do(reviews.submit, ann, review_id, values=values, lends_next=False)

    _erased, sent = at_once(take_away, send)
    if scene.database.is_sqlite:
        assert sent is None
    else:
        assert (sent.code, sent.values["field"]) == ("source.erased", "sources")
    uses = scene.rows(Evidence, Evidence.source_id == source.key)
    assert [(use.title, use.quote) for use in uses] == [("", "")]


def test_a_finding_marks_the_check_that_is_being_sent(scene):
    scene.claim()
    scene.claim()
    [ann] = scene.reviewers("Ann")
    lead = scene.person("Lea", *LEADS)
    scene.check(ann, sources=(SOURCE,))
    [source] = scene.rows(Source)
    send, is_linked = sending(scene, ann)

    def find():
        is_linked.wait(10)
        standing = SourceStanding.RETIRED
        scene.do(find_source, lead, source.public_id, standing=standing, reason="Made up")

    assert at_once(send, find) == [None, None]
    assert len(scene.rows(Flag)) == 2
