"""Second looks at decided suggestions, on both databases."""

import pytest
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.errors import Missing, NotAllowed, WrongState
from app.domain.words import ClaimState, Role, TriageDecision
from app.storage.tables import Claim, Project, Triage
from app.storage.triage import differences, is_drawn, next_to_look_at, second_looks
from app.workflow import triage as verbs
from app.workflow.bulk import drop_many
from app.workflow.claims import PickValues, drop, pick
from app.workflow.triage import look_again
from tests.scenes import Scene

PICK, DROP = TriageDecision.PICK, TriageDecision.DROP


@pytest.fixture
def scene(database):
    made = Scene(database)
    made.change(Project, made.project.public_id, triage_share=1)
    return made


@pytest.fixture
def eda(scene):
    return scene.person("Eda", Role.EDITOR)


@pytest.fixture
def ed(scene):
    return scene.person("Ed", Role.EDITOR)


def suggested(scene, number=1):
    return [scene.claim(state=ClaimState.CANDIDATE) for _ in range(number)]


def picked(scene, actor, claim_id):
    scene.do(pick, actor, claim_id, values=PickValues())
    return claim_id


def dropped(scene, actor, claim_id):
    scene.do(drop, actor, claim_id)
    return claim_id


def looked(scene, actor, claim_id, decision):
    scene.do(look_again, actor, claim_id, decision=decision)


def noted(scene):
    keys = {row.key: row.public_id for row in scene.rows(Claim)}
    return [
        (keys[row.claim_id], row.person_id, row.decision, row.is_second)
        for row in scene.rows(Triage)
    ]


def test_the_first_decision_of_a_person_about_a_suggestion_is_noted(scene, eda, ed):
    one, two, three, four = suggested(scene, 4)
    picked(scene, eda, one)
    dropped(scene, eda, two)
    scene.do(drop_many, ed, scene.id, [three])
    # What is done later, knowing what was done, and what the program does, are no decisions.
    picked(scene, ed, two)
    dropped(scene, ed, one)
    picked(scene, CONSOLE, four)
    assert noted(scene) == [
        (one, eda.person, PICK, False),
        (two, eda.person, DROP, False),
        (three, ed.person, DROP, False),
    ]


def test_a_second_person_decides_and_nothing_else_changes(scene, eda, ed, monkeypatch):
    counted = []
    monkeypatch.setattr(verbs, "count_triage", lambda _session, *what: counted.append(what))
    [claim_id] = suggested(scene)
    picked(scene, eda, claim_id)
    before = scene.claim_row(claim_id)

    for _twice in range(2):
        looked(scene, ed, claim_id, DROP)
    looked(scene, ed, claim_id, PICK)

    assert noted(scene)[1:] == [(claim_id, ed.person, DROP, True)]
    assert counted == [(scene.id, PICK, DROP)]
    assert scene.claim_row(claim_id) == before
    [line] = scene.events("claim.triage")
    assert (line.claim, line.actor_id) == (claim_id, ed.person)


def test_what_cannot_be_a_second_look_is_refused_and_changes_nothing(scene, eda, ed):
    undecided, own, done = suggested(scene, 3)
    for claim_id in (own, done):
        picked(scene, eda, claim_id)
    looked(scene, ed, done, PICK)
    third, stranger = scene.person("Third", Role.EDITOR), scene.person("Else")
    reader = scene.person("Lea", Role.ADJUDICATOR)
    before = scene.state()
    for actor, claim_id, kind, code in (
        (ed, undecided, WrongState, "triage.undecided"),
        (eda, own, NotAllowed, "triage.own"),
        (third, done, WrongState, "triage.done"),
        (reader, own, NotAllowed, "not-allowed"),
        (stranger, own, Missing, "project.missing"),
        (ed, "aaaaaaaaaaaa", Missing, "claim.missing"),
    ):
        with pytest.raises(kind) as refused:
            looked(scene, actor, claim_id, DROP)
        assert refused.value.code == code
    assert scene.state() == before


def test_what_waits_is_anothers_and_each_once(scene, eda, ed):
    mine, theirs, also = suggested(scene, 3)
    picked(scene, ed, mine)
    for claim_id in (theirs, also):
        dropped(scene, eda, claim_id)
    assert scene.ask(second_looks, ed, scene.id).waiting == 2
    seen = []
    while (found := scene.ask(next_to_look_at, ed, scene.id)) is not None:
        seen.append(found.public_id)
        looked(scene, ed, found.public_id, PICK)
    assert sorted(seen) == sorted([theirs, also])
    looks = scene.ask(second_looks, eda, scene.id)
    assert (looks.waiting, looks.decided, looks.differ) == (1, 3, 2)
    found = scene.ask(differences, scene.id)
    assert {one.claim.public_id for one in found} == {theirs, also}
    assert scene.ask(differences, scene.id, before=found[0].id) == found[1:]


def test_only_a_share_is_asked_for_the_same_claims_at_any_time(scene, eda, ed):
    with scene.database.write() as session:
        for number in range(400):
            row = Claim(project_id=scene.id, text=f"{number}", state=ClaimState.OPEN)
            session.add(row)
            session.flush()
            person = {"person_id": eda.person, "decision": PICK}
            session.add(Triage(project_id=scene.id, claim_id=row.key, **person))

    def drawn(share):
        return set(
            scene.ask(
                lambda session: session.exec(select(Triage.claim_id).where(is_drawn(share))).all()
            )
        )

    tenth, third = drawn(0.1), drawn(0.3)
    assert 30 <= len(tenth) <= 50
    assert tenth < third < drawn(1)
    assert len(drawn(1)) == 400
    assert drawn(0) == set()
    scene.change(Project, scene.project.public_id, triage_share=0.1)
    assert scene.ask(second_looks, ed, scene.id).waiting == len(tenth)
    scene.change(Project, scene.project.public_id, triage_share=0)
    assert scene.ask(next_to_look_at, ed, scene.id) is None
