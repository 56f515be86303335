"""What is left to do: each number is that of the list behind it, and tells the blind nothing."""

from datetime import timedelta

import pytest

from app.domain.comments import TalkFilter
from app.domain.due import Due, span_of
from app.domain.ids import now
from app.domain.left import Left
from app.domain.words import ClaimState, CorrectionKind, Decides, Role, RoundKind
from app.storage import comments
from app.storage.claim_filters import ClaimFilter
from app.storage.claim_lists import found_claims
from app.storage.projects import by_id
from app.storage.tables import Claim, Comment, Project, Publication, PublishedClaim, Ruling
from app.storage.waiting import waiting
from app.workflow import rulings
from app.workflow.rounds import Choice, RoundValues, open_round
from tests.scenes import LEADS, Scene


@pytest.fixture
def shared(database):
    return Scene(database, reviews_wanted=2)


@pytest.fixture
def desk(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.change(Project, scene.project.public_id, publisher_name="The Paper")
    scene.project = scene.ask(by_id, scene.id)
    return scene


def of(scene, actor):
    return scene.ask(waiting, actor, [scene.project])[scene.id]


def listed(scene, actor, **wanted) -> list[str]:
    found = scene.ask(found_claims, actor, scene.id, wanted=ClaimFilter(**wanted))
    return [claim.public_id for claim in found]


def settled(scene, kim, lead) -> str:
    claim_id = scene.claim()
    scene.check(kim, "true")
    scene.settle(lead, claim_id, "true")
    return claim_id


def published(scene, claim_id, **values):
    url = "https://paper.example/1"
    with scene.database.write() as session:
        piece = Publication(
            project_id=scene.id, url=url, canonical_url=url, published_on="2026-11-01", **values
        )
        session.add(piece)
        session.flush()
        key = scene.claim_row(claim_id).key
        session.add(
            PublishedClaim(
                publication_id=piece.key, claim_id=key, ruling_version=1, sha256="0" * 64
            )
        )


def corrected(scene, claim_id):
    first = scene.rulings_of(claim_id)[0]
    with scene.database.write() as session:
        session.add(
            Ruling(
                claim_id=first.claim_id,
                version=2,
                content_label_id=first.content_label_id,
                decided_by=first.decided_by,
                decided_by_id=first.decided_by_id,
                correction_kind=CorrectionKind.UPDATE,
            )
        )


def test_overdue_claims_are_told_to_leads(desk):
    kim, lead = desk.person("Kim", Role.REVIEWER), desk.person("Lea", *LEADS)
    late = desk.claim(due_at=now() - timedelta(minutes=1))
    suggested = desk.claim(due_at=now() - timedelta(days=1), state=ClaimState.CANDIDATE)
    desk.claim(due_at=now() + timedelta(days=1))
    desk.claim(due_at=now() - timedelta(days=1), state=ClaimState.SETTLED)
    desk.claim()

    zone = now().tzinfo
    behind = listed(desk, lead, due=span_of(Due.OVERDUE, at=now(), zone=zone))

    assert behind == [suggested, late]
    assert (of(desk, lead).overdue, of(desk, kim).overdue) == (2, 0)


def test_claims_with_some_checks_wait_for_another_checker(shared):
    kim, bo = shared.reviewers("Kim", "Bo")
    lead = shared.person("Lea", *LEADS)
    begun, whole, untouched = (shared.claim() for _ in range(3))
    shared.check(kim)
    shared.check(kim, "true")
    shared.check(bo)
    shared.check(bo, "half-true")

    # Both checkers answered the first two claims; of the third one the first check is missing.
    assert (of(shared, lead).second_check, listed(shared, lead, left=Left.SECOND_CHECK)) == (0, [])
    shared.check(kim)
    assert of(shared, lead).second_check == 1
    assert listed(shared, lead, left=Left.SECOND_CHECK) == [untouched]
    assert of(shared, kim).second_check == 0
    assert listed(shared, kim, left=Left.SECOND_CHECK) == []
    assert {begun, whole} <= {claim.public_id for claim in shared.rows(Claim)}


def test_a_lead_who_could_check_is_not_told_until_they_look(shared):
    [kim] = shared.reviewers("Kim")
    lead = shared.person("Max", *LEADS, Role.REVIEWER)
    claim_id = shared.claim()
    before = of(shared, lead)
    shared.check(kim)

    assert of(shared, lead) == before
    assert listed(shared, lead, left=Left.SECOND_CHECK) == []
    shared.do(rulings.unblind, lead, claim_id)
    assert of(shared, lead).second_check == 1
    assert listed(shared, lead, left=Left.SECOND_CHECK) == [claim_id]


def test_a_published_verdict_that_was_corrected_is_out_of_date(desk):
    kim, lead = desk.person("Kim", Role.REVIEWER), desk.person("Lea", *LEADS)
    claim_id = settled(desk, kim, lead)
    published(desk, claim_id)
    assert of(desk, lead).to_update == 0

    corrected(desk, claim_id)

    assert (of(desk, lead).to_update, of(desk, kim).to_update) == (1, 0)
    assert listed(desk, lead, left=Left.UPDATE) == [claim_id]


def test_nothing_is_to_be_put_right_in_a_piece_while_its_claim_is_checked_anew(desk):
    kim, lead = desk.person("Kim", Role.REVIEWER), desk.person("Lea", *LEADS)
    claim_id, other = settled(desk, kim, lead), desk.claim()
    published(desk, claim_id)
    corrected(desk, claim_id)
    late = desk.person("Cy", Role.REVIEWER)
    round_ = RoundValues(kind=RoundKind.REOPENED, reason="A doubt.", choice=Choice(claim=claim_id))
    desk.do(open_round, lead, desk.id, values=round_)

    # Found by what is left it would tell those who may check it that the verdict was corrected.
    assert [listed(desk, who, left=Left.UPDATE) for who in (late, lead)] == [[], []]
    assert of(desk, lead).to_update == 0
    assert claim_id in listed(desk, late)
    assert other in listed(desk, late)


def test_a_piece_that_was_taken_back_is_not_out_of_date(desk):
    kim, lead = desk.person("Kim", Role.REVIEWER), desk.person("Lea", *LEADS)
    claim_id = settled(desk, kim, lead)
    published(desk, claim_id, retired_at=now())
    corrected(desk, claim_id)

    assert (of(desk, lead).to_update, listed(desk, lead, left=Left.UPDATE)) == (0, [])


def test_settled_claims_wait_to_be_published_where_there_is_a_publisher(desk):
    kim, lead = desk.person("Kim", Role.REVIEWER), desk.person("Lea", *LEADS)
    one, two = (settled(desk, kim, lead) for _ in range(2))
    desk.change(Claim, two, published_url="https://paper.example/2")
    desk.claim()

    assert (of(desk, lead).to_publish, of(desk, kim).to_publish) == (1, 0)
    assert listed(desk, lead, left=Left.PUBLISHING) == [one]
    desk.change(Project, desk.project.public_id, publisher_name=None)
    desk.project = desk.ask(by_id, desk.id)
    assert of(desk, lead).to_publish == 0


def test_questions_wait_for_the_one_who_is_asked_until_answered_or_closed(desk):
    kim, lead = desk.person("Kim", Role.VIEWER), desk.person("Lea", *LEADS)
    key = desk.claim_row(desk.claim()).key
    rows = []
    with desk.database.write() as session:
        for _ in range(4):
            row = Comment(
                project_id=desk.id,
                claim_id=key,
                author_id=lead.person,
                asked_id=kim.person,
                text="Do you know?",
            )
            session.add(row)
            session.flush()
            rows.append(row)
        for author, thread in ((kim, rows[1]), (lead, rows[0])):
            session.add(
                Comment(
                    project_id=desk.id,
                    claim_id=key,
                    thread_id=thread.key,
                    author_id=author.person,
                    text="Well.",
                )
            )
        rows[2].resolved_at, rows[2].resolved_by_id = now(), lead.person
        rows[3].erased_at = now()

    assert (of(desk, kim).asked, of(desk, lead).asked) == (1, 0)
    threads = desk.ask(comments.threads, kim, desk.id, wanted=TalkFilter.ASKED)
    assert [thread.first.public_id for thread in threads] == [rows[0].public_id]


def test_each_project_has_its_own_numbers(desk, database):
    lead = desk.person("Lea", *LEADS, admin=True)
    desk.claim(due_at=now() - timedelta(days=1))
    other = Scene(database, slug="other")

    found = desk.ask(waiting, lead, [desk.project, other.project])

    assert (found[desk.id].overdue, found[other.id].overdue) == (1, 0)
