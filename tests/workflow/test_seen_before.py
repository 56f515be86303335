"""What the project met before speaks for or against a suggestion, and says so."""

from contextlib import contextmanager

import pytest
from sqlalchemy import text as sql
from sqlmodel import col, select

from app.domain.actors import CONSOLE
from app.domain.words import ClaimState, Decides, ImportState, Role, TriageDecision
from app.extraction.checkworthy import score, shipped
from app.extraction.checkworthy.signals import SEEN_BEFORE
from app.extraction.checkworthy.weights import weights_from
from app.storage import sameness
from app.storage.sameness import Said, the_same
from app.storage.tables import Claim, ImportRun, LearnedWeights, Project, Quantity, WeightsUse
from app.workflow import articles, claims, groups
from app.workflow.articles import NewArticle, Suggestion
from app.workflow.quantities import FigureValues
from app.workflow.triage import look_again
from tests.scenes import LEADS, Scene
from tests.work import counted, listen, unlisten

SAYS = "Unemployment in Kess fell to 3.9 percent in March"
ALSO = "The unemployment in Kess fell to 3.9% in March"
OTHER = "The harbour of Kess took in 512 boats in May"
FIGURE = FigureValues(value=3.9, unit="percent", raw="3.9 percent")
ELSEWHERE, DROPPED, CHECKED = SEEN_BEFORE.values()


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


def suggestion(text=SAYS, *, start=0, **values):
    signals = values.pop("signals", {"share": 1.0})
    scored = score(signals, text, shipped())
    plain = {
        "checkworthiness": scored.value,
        "reasons": scored.reasons,
        "signals": signals,
        "scored_with": shipped().label,
    }
    return Suggestion(
        text=text, quote=text, start=start, end=start + len(text), **{**plain, **values}
    )


def article(scene, *texts, **values):
    """An article that says all of this. Answers its claims."""
    said, suggestions = "", []
    for one in texts:
        suggestions.append(suggestion(one, start=len(said), **values))
        said += f"{one}\n\n"
    taken = scene.do(
        articles.add_article,
        CONSOLE,
        scene.id,
        values=NewArticle(text=said + f"Article {len(scene.rows(Claim))}."),
        suggestions=suggestions,
    )
    rows = scene.rows(Claim, col(Claim.extractor).is_(None), col(Claim.article_id).is_not(None))
    return rows[-len(texts) :] if taken.suggested + taken.opened else []


def state(scene, row, new):
    scene.change(Claim, row.public_id, state=new)


def told(row):
    return {phrase for phrase in (*row.reasons, *row.against) if phrase in SEEN_BEFORE.values()}


def test_what_nobody_said_before_is_scored_as_it_came(scene):
    article(scene, "Apples in Kess are red this year")
    [row] = article(scene, SAYS)

    assert row.signals == {"share": 1.0}
    assert row.checkworthiness == suggestion().checkworthiness


def test_what_waits_for_a_blind_second_look_is_not_told_by_what_says_the_same(scene):
    eda, bob = (scene.person(name, Role.EDITOR) for name in ("Eda", "Bob"))
    scene.change(Project, scene.project.public_id, triage_share=1)
    dropped, picked = article(scene, SAYS, OTHER)
    scene.do(claims.drop, eda, dropped.public_id)
    scene.do(claims.pick, eda, picked.public_id, values=claims.PickValues())
    state(scene, picked, ClaimState.SETTLED)

    first = article(scene, SAYS, OTHER)
    for row in (dropped, picked):
        scene.do(look_again, bob, row.public_id, decision=TriageDecision.DROP)
    second = article(scene, SAYS, OTHER)

    assert [told(row) for row in first] == [{ELSEWHERE}, {ELSEWHERE}]
    assert [told(row) for row in second] == [{ELSEWHERE, DROPPED}, {ELSEWHERE, CHECKED}]


def test_what_nobody_looks_at_a_second_time_is_told(scene):
    eda = scene.person("Eda", Role.EDITOR)
    [dropped] = article(scene, SAYS)
    scene.do(claims.drop, eda, dropped.public_id)

    assert DROPPED in told(article(scene, SAYS)[0])


def test_what_other_articles_say_too_is_worth_more(scene):
    article(scene, SAYS)
    [row] = article(scene, SAYS)

    assert row.signals == {"share": 1.0, "told-elsewhere": 1.0}
    assert ELSEWHERE in row.reasons
    assert row.checkworthiness > suggestion().checkworthiness
    assert row.scored_with == shipped().label


def test_what_one_article_says_twice_is_said_nowhere_else(scene):
    assert [told(row) for row in article(scene, SAYS, SAYS)] == [set(), set()]


def test_what_the_desk_dropped_is_worth_less(scene):
    state(scene, article(scene, SAYS)[0], ClaimState.REJECTED)
    [row] = article(scene, SAYS)

    assert told(row) == {ELSEWHERE, DROPPED}
    assert DROPPED in row.against
    assert row.checkworthiness < suggestion().checkworthiness


@pytest.mark.parametrize("wanted", [ClaimState.OPEN, ClaimState.SETTLED])
def test_what_is_checked_in_one_place_was_not_dropped_in_another(scene, wanted):
    state(scene, article(scene, SAYS)[0], ClaimState.REJECTED)
    state(scene, article(scene, SAYS)[0], wanted)
    [row] = article(scene, SAYS)

    assert DROPPED not in told(row)


def test_a_verdict_on_the_same_is_told_only_while_the_desk_shows_it(scene):
    lead, ann = scene.person("Lea", *LEADS), scene.reviewers("Ann")[0]
    claim_id = scene.claim(SAYS)
    scene.check(ann, "false")
    [open_] = article(scene, SAYS)
    scene.settle(lead, claim_id, "false")
    [settled] = article(scene, SAYS)
    state(scene, scene.claim_row(claim_id), ClaimState.OPEN)
    [again] = article(scene, SAYS)

    assert CHECKED not in told(open_)
    assert CHECKED in settled.reasons
    assert CHECKED not in told(again)
    # That there is one, never which.
    assert not {"true", "false"} & set(" ".join([*settled.reasons, *settled.signals]).split())


def test_other_words_with_the_same_figure_are_found_by_it(scene):
    article(scene, ALSO, quantities=(FIGURE,))
    [row] = article(scene, SAYS, quantities=(FIGURE,))
    [without] = article(scene, "In March unemployment in Kess fell to 3.9 percent")

    assert ELSEWHERE in told(row)
    assert told(without) == set()


def test_what_people_said_is_the_same_counts_as_the_same(scene):
    [row] = article(scene, SAYS)
    other = scene.claim("Fewer than four in a hundred of Kess are out of work")
    scene.do(groups.say_the_same, CONSOLE, row.public_id, other_id=other)
    state(scene, scene.claim_row(other), ClaimState.SETTLED)

    assert told(article(scene, SAYS)[0]) == {ELSEWHERE, CHECKED}


def test_neither_joined_claims_nor_unfinished_imports_nor_other_projects_count(scene, database):
    into = scene.claim("Another thing altogether")
    joined = article(scene, SAYS)[0]
    scene.change(
        Claim,
        joined.public_id,
        state=ClaimState.REJECTED,
        merged_into_id=scene.claim_row(into).key,
    )
    with database.write() as session:
        run = ImportRun(project_id=scene.id, state=ImportState.RUNNING)
        session.add(run)
        session.flush()
        session.add(
            Claim(
                project_id=scene.id,
                text=SAYS,
                state=ClaimState.SETTLED,
                import_run_id=run.key,
            )
        )
    other = Scene(database, slug="other")
    article(other, SAYS)

    assert told(article(scene, SAYS)[0]) == set()


def test_what_was_dropped_before_does_not_open_by_itself(database):
    scene = Scene(database, open_from=suggestion().checkworthiness - 0.01)
    first = article(scene, SAYS)[0]
    assert first.state is ClaimState.OPEN
    state(scene, first, ClaimState.REJECTED)

    assert article(scene, SAYS)[0].state is ClaimState.CANDIDATE


def test_a_project_with_weights_of_its_own_weighs_it_by_them(scene, database):
    article(scene, SAYS)
    numbers = shipped().as_json_dict()
    numbers["signals"]["told-elsewhere"] = -2.0
    with database.write() as session:
        learned = LearnedWeights(
            project_id=scene.id, version=1, grown_from=shipped().label, numbers=numbers
        )
        session.add(learned)
        session.flush()
        session.add(WeightsUse(project_id=scene.id, weights_id=learned.key))
    own = weights_from(numbers, name=learned.public_id)
    [row] = article(scene, SAYS, scored_with=own.label)
    [late] = article(scene, SAYS)

    assert ELSEWHERE in row.against
    assert row.checkworthiness == score(row.signals, SAYS, own).value
    # What was read with weights that are not in use any more is scored by those that are.
    assert (late.scored_with, late.checkworthiness) == (own.label, row.checkworthiness)


def test_a_score_of_other_making_stays_as_it_is(scene):
    article(scene, SAYS)
    [row] = article(
        scene, SAYS, scored_with="a-model", checkworthiness=0.5, reasons=("it said so",)
    )

    assert (row.checkworthiness, row.reasons) == (0.5, ["it said so"])
    assert row.signals == {"share": 1.0, "told-elsewhere": 1.0}


def test_it_takes_as_many_questions_for_many_as_for_few(scene, database):
    for count in (1, 60):
        many = [f"The town of Kess{n} paid 4{n} euros for bridges" for n in range(count)]
        article(scene, *many)
        said = [Said(text, [(400.0 + n, "EUR")]) for n, text in enumerate(many)]
        with database.reading() as session, counted(database) as sent:
            found = the_same(session, scene.id, said)
        assert all(found)
        assert len([one for one in sent if one.startswith("SELECT")]) == 2


def test_more_than_one_question_can_hold_is_asked_in_parts(scene, database, monkeypatch):
    monkeypatch.setattr(sameness, "CHUNK", 2)
    texts = [f"The town of Kess{n} paid {n}40 euros for bridges" for n in range(5)]
    article(scene, *texts)

    with database.reading() as session:
        found = the_same(session, scene.id, [Said(text) for text in reversed(texts)])
        rows = session.exec(select(Claim.id).order_by(col(Claim.id).desc())).all()
    assert [[one.claim_id for one in same] for same in found] == [[key] for key in rows]


@pytest.mark.plans
def test_both_ways_of_finding_are_read_off_an_index(scene, database):
    with database.write() as session:
        rows = [Claim(project_id=scene.id, text=f"Town {n} paid {n} euros") for n in range(2_000)]
        session.add_all(rows)
        session.flush()
        session.add_all(
            Quantity(claim_id=row.key, position=0, value=n, unit="EUR", raw=f"{n} euros")
            for n, row in enumerate(rows)
        )
        session.connection().execute(sql("ANALYZE"))
    with sent_to(database) as sent, database.reading() as session:
        the_same(session, scene.id, [Said("Town 700 paid 700 euros", [(700.0, "EUR")])])

    for asked, index in zip(sent, ("ix_claim_opening", "ix_quantity_figure"), strict=True):
        assert index in plan(database, *asked)


@contextmanager
def sent_to(database):
    """The queries that are sent meanwhile, with their values."""
    sent = []

    def note(_connection, _cursor, statement, values, *_rest):
        if statement.startswith("SELECT"):
            sent.append((statement, values))

    listen(database, "before_cursor_execute", note)
    yield sent
    unlisten(database, "before_cursor_execute", note)


def plan(database, query, values):
    """How the database would answer a query."""
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    with database.reading() as session:
        rows = session.connection().exec_driver_sql(f"{explain} {query}", values).all()
    return "\n".join(row[-1] for row in rows)
