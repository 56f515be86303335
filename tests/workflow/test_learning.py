"""Learning from a desk's picks: versions, which of them is used, and what is scored anew."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.errors import Invalid, Missing, NotAllowed
from app.domain.lessons import Lesson
from app.domain.words import ClaimState, Role
from app.extraction.checkworthy import score, shipped
from app.extraction.checkworthy.weights import weights_from
from app.storage.tables import Claim, LearnedWeights, WeightsUse
from app.storage.weights import weights_of
from app.workflow import learning, weights
from app.workflow.articles import NewArticle, add_article, add_text
from app.workflow.learning import LEAST, fitted, learn, lessons
from app.workflow.pieces import Pieces
from app.workflow.reading import read
from app.workflow.weights import rescored, use_weights, weights_in_use, write_scores
from tests import lessons as desks
from tests.lessons import PLACES, WANTED, DecidingDesk, article_text, is_wanted
from tests.work import counted


@pytest.fixture
def desk(kept):
    return kept(DecidingDesk)


@pytest.fixture
def decided(kept):
    """All but eight suggestions are decided about."""
    return kept(desks.decided_desk)


def order(desk):
    rows = desk.suggestions()
    return [is_wanted(row) for row in sorted(rows, key=lambda row: -row.checkworthiness)]


def test_what_was_learned_is_kept_as_a_version_with_its_figures(decided):
    found = decided.learn()

    [row] = decided.scene.rows(LearnedWeights)
    assert (found.version, row.version, row.folds) == (1, 1, 5)
    assert found.counts == {
        Lesson.PICKED: 12,
        Lesson.DROPPED: 12,
        Lesson.ADDED: 0,
        Lesson.TRIMMED: 0,
    }
    assert row.grown_from == shipped().label
    assert row.ap_after > row.ap_before
    assert row.ap_gain == pytest.approx(row.ap_after - row.ap_before, abs=0.001)
    assert row.ap_gain_low <= row.ap_gain <= row.ap_gain_high
    assert found.gain.is_certain == (row.ap_gain_low > 0)
    [line] = decided.scene.events("weights.learn")
    assert (line.noun, line.thing, line.details) == ("weights", row.public_id, {"version": 1})
    weights = weights_from(row.numbers, name=row.public_id)
    assert len(weights.label) <= 60
    assert weights.words["harbour"] > 0 > weights.words["school"]


def test_learning_again_from_the_same_gives_the_same_numbers(decided):
    one, two = decided.learn(), decided.learn()

    assert (one.version, two.version) == (1, 2)
    assert (one.numbers, one.gain) == (two.numbers, two.gain)


def test_learning_alone_changes_no_score(decided):
    before = decided.claims()

    decided.learn()

    assert decided.claims() == before
    assert decided.scene.ask(weights_in_use, decided.id) == shipped()


def test_of_very_many_decisions_the_newest_are_learned_from(decided, monkeypatch):
    every = decided.scene.ask(lessons, decided.editor, decided.id)
    monkeypatch.setattr(learning, "MOST", 20)

    newest = decided.scene.ask(lessons, decided.editor, decided.id)

    assert newest == every[-20:]
    assert sum(decided.learn().counts.values()) == 20


def test_too_few_decisions_are_refused_with_what_is_missing(desk):
    rows = desk.suggestions()
    desk.pick(*[row for row in rows if is_wanted(row)][: LEAST - 1])
    desk.drop(*[row for row in rows if not is_wanted(row)][: LEAST - 3])
    before = desk.scene.state()

    with pytest.raises(Invalid) as refused:
        desk.learn()

    assert refused.value.code == "weights.few"
    assert refused.value.values == {"limit": LEAST, "picked": 1, "dropped": 3}
    assert desk.scene.state() == before


def test_decisions_of_one_article_are_learned_from_without_a_measure(database):
    lines = [WANTED, WANTED.replace("Harbour dues", "Bus fares")] * LEAST
    text = "\n\n".join(
        line.format(place=PLACES[at % 8], number=at + 11) for at, line in enumerate(lines)
    )
    desk = DecidingDesk(database, articles=0)
    desk.add(text)
    desk.decide()

    found = desk.learn()

    assert (found.gain, found.folds) == (None, 0)


def test_weights_that_are_used_put_what_the_desk_wants_first(decided):
    found = decided.learn()
    assert order(decided) != sorted(order(decided), reverse=True)

    number = decided.use(found.public_id)

    assert number == 8
    assert order(decided) == [True] * 4 + [False] * 4
    weights = decided.scene.ask(weights_in_use, decided.id)
    assert weights.name == found.public_id
    for row in decided.suggestions():
        scored = score(row.signals, row.quote, weights)
        assert row.checkworthiness == scored.value
        assert (row.reasons, row.against) == (list(scored.reasons), list(scored.against))
        assert row.scored_with == weights.label
    [line] = decided.scene.events("weights.use")
    assert line.details == {"weights": found.public_id, "before": None, "scored": 8}


def test_claims_that_were_decided_about_keep_the_score_that_they_were_judged_by(decided):
    before = decided.claims(Claim.state != ClaimState.CANDIDATE)

    decided.use(decided.learn().public_id)

    assert decided.claims(Claim.state != ClaimState.CANDIDATE) == before


def test_back_to_the_shipped_ones_is_as_it_was(decided):
    before = decided.claims()
    decided.use(decided.learn().public_id)

    decided.use(None)

    assert decided.claims() == before
    assert decided.scene.ask(weights_in_use, decided.id) == shipped()
    # Nothing is taken away: what was used is told by its rows.
    assert [row.weights_id is None for row in decided.scene.rows(WeightsUse)] == [False, True]


def test_back_to_the_version_before(decided):
    first = decided.learn()
    decided.use(first.public_id)
    decided.pick(*decided.suggestions()[:2])
    scores = [row.checkworthiness for row in decided.suggestions()]
    decided.use(decided.learn().public_id)
    assert [row.checkworthiness for row in decided.suggestions()] != scores

    decided.use(first.public_id)

    assert [row.checkworthiness for row in decided.suggestions()] == scores


def test_to_use_what_is_used_changes_nothing(decided):
    found = decided.learn()
    decided.use(found.public_id)
    before = decided.scene.state()

    assert decided.use(found.public_id) == 0
    assert decided.scene.state() == before


def test_suggestions_that_came_in_or_were_decided_about_since_they_were_scored(decided):
    found = decided.learn()
    scores = decided.scene.ask(rescored, decided.editor, decided.id, found.public_id)
    picked, *_rest = decided.suggestions()
    decided.pick(picked)
    decided.add(article_text(20))

    written = write_scores(decided.scene.database, scores)
    decided.scene.do(
        use_weights, decided.editor, decided.id, weights_id=found.public_id, scored=written
    )

    label = decided.scene.ask(weights_in_use, decided.id).label
    assert {row.scored_with for row in decided.suggestions()} == {label}
    assert decided.scene.claim_row(picked.public_id).scored_with == shipped().label


def test_scores_of_weights_that_are_not_chosen_do_not_stay(decided):
    one = decided.learn()
    decided.pick(*decided.suggestions()[:2])
    two = decided.learn()
    scores = decided.scene.ask(rescored, decided.editor, decided.id, one.public_id)

    write_scores(decided.scene.database, scores)
    decided.use(two.public_id)

    weights = decided.scene.ask(weights_in_use, decided.id)
    for row in decided.suggestions():
        assert row.checkworthiness == score(row.signals, row.quote, weights).value


def test_suggestions_are_scored_in_pieces_and_go_on_after_a_kill(decided, monkeypatch):
    found, number = decided.learn(), len(decided.suggestions())
    monkeypatch.setattr(weights, "Pieces", Killed)
    with pytest.raises(KeyboardInterrupt):
        decided.use(found.public_id)
    monkeypatch.undo()

    label = weights_from(found.numbers, name=found.public_id).label
    half = [row for row in decided.suggestions() if row.scored_with == label]
    assert len(half) == 2 < number
    assert decided.scene.ask(weights_in_use, decided.id).label == shipped().label
    assert decided.scene.events("weights.use") == []

    assert decided.use(found.public_id) == number - 2

    assert {row.scored_with for row in decided.suggestions()} == {label}
    assert len(decided.scene.events("weights.use")) == 1


def test_who_chooses_the_weights_of_before_takes_back_what_a_kill_left(decided, monkeypatch):
    found = decided.learn()
    monkeypatch.setattr(weights, "Pieces", Killed)
    with pytest.raises(KeyboardInterrupt):
        decided.use(found.public_id)
    monkeypatch.undo()

    assert decided.use(None) == 2

    assert {row.scored_with for row in decided.suggestions()} == {shipped().label}


class Killed(Pieces):
    """Pieces of two, of which only the first is made."""

    def __init__(self, database):
        super().__init__(database, size=2, most=2)

    def _learn(self, _took):
        raise KeyboardInterrupt


def test_what_an_extractor_scored_by_itself_is_no_weights_to_score(decided):
    row, *_rest = decided.suggestions()
    own = {"scored_with": "plug:1", "checkworthiness": 0.91, "reasons": ["it said so"]}
    decided.scene.change(Claim, row.public_id, **own)

    for name in (decided.learn().public_id, None):
        decided.use(name)
        after = decided.scene.claim_row(row.public_id)
        assert {key: getattr(after, key) for key in own} == own


def test_what_was_read_before_the_weights_changed_is_scored_with_those_in_use(decided):
    first, text = decided.learn(), article_text(50)
    decided.pick(*decided.suggestions()[:2])
    second = decided.learn()
    for before, now in ((None, first), (first, second), (second, None)):
        decided.use(before and before.public_id)
        weights = decided.scene.ask(weights_in_use, decided.id)
        values = NewArticle(text=f"{text}\n\nEdition {now and now.version}.")
        found = read(values, weights=weights)
        decided.use(now and now.public_id)

        decided.scene.do(
            add_article,
            decided.editor,
            decided.id,
            values=values,
            suggestions=found.suggestions,
        )

        used = decided.scene.ask(weights_in_use, decided.id)
        assert {row.scored_with for row in decided.suggestions()} == {used.label}
        for row in decided.suggestions():
            assert row.checkworthiness == score(row.signals, row.quote, used).value


def test_a_changed_text_takes_the_project_before_its_article(decided, database):
    """Crosswise, one who changes weights and one who hands a text in would wait for each other."""
    article_id = decided.add(article_text(60))
    changed = NewArticle(text=f"{article_text(60)}\n\nA line more.")

    with counted(database) as sent:
        decided.scene.do(add_text, decided.editor, article_id, values=changed)

    locked = [one.partition("FROM ")[2].split()[0] for one in sent if "FOR NO KEY" in one]
    # SQLite took the whole database when the transaction began.
    assert database.is_sqlite or locked[:2] == ["project", "article"]


def test_what_was_never_measured_keeps_its_score(decided):
    row, *_rest = decided.suggestions()
    decided.scene.change(Claim, row.public_id, scored_with=None, checkworthiness=0.9)

    decided.use(decided.learn().public_id)

    assert decided.scene.claim_row(row.public_id).checkworthiness == 0.9


def test_a_new_article_is_scored_with_the_weights_in_use_and_nothing_of_it_is_hidden(decided):
    text = article_text(30) + "\n\nThe council met on Friday."
    weights = decided.learn()
    # Weights under which nothing would be worth suggesting: they order, and hide nothing.
    with decided.database.write() as session:
        row = session.get_one(LearnedWeights, weights.id)
        row.numbers = {**row.numbers, "base": -20.0, "listed_from": 0.5}
    other = DecidingDesk(decided.database, articles=0, slug="other")
    decided.use(weights.public_id)

    decided.add(text)
    other.add(text)

    found = [
        {row.quote: row for row in desk.suggestions() if row.quote in text}
        for desk in (decided, other)
    ]
    assert found[0].keys() == found[1].keys()
    assert found[0]
    assert {row.scored_with.partition(":")[0] for row in found[0].values()} == {weights.public_id}
    assert {row.scored_with for row in found[1].values()} == {shipped().label}
    assert max(row.checkworthiness for row in found[0].values()) < shipped().listed_from


def test_who_may_not_pick_may_not_learn(decided):
    found = decided.learn()
    values = fitted(decided.scene.ask(lessons, decided.editor, decided.id))
    people = (
        (decided.scene.person("Cleo", Role.REVIEWER), NotAllowed),
        (decided.scene.person("Ada", Role.ADJUDICATOR), NotAllowed),
        (decided.scene.person("Vic", Role.VIEWER), NotAllowed),
        (decided.scene.person("Strange"), Missing),
    )
    before = decided.scene.state()

    for actor, kind in people:
        for act in (
            lambda who: decided.scene.ask(lessons, who, decided.id),
            lambda who: decided.scene.ask(weights_of, who, decided.id),
            lambda who: decided.scene.ask(rescored, who, decided.id, None),
            lambda who: decided.scene.do(learn, who, decided.id, values=values),
            lambda who: decided.scene.do(use_weights, who, decided.id, weights_id=found.public_id),
        ):
            with pytest.raises(kind):
                act(actor)
    assert decided.scene.state() == before


def test_weights_of_another_project_cannot_be_used(decided):
    other = DecidingDesk(decided.database, articles=0, slug="other")
    found = decided.learn()
    before = decided.scene.state()

    for name in (found.public_id, "aaaaaaaaaaaa"):
        with pytest.raises(Missing) as refused:
            other.scene.do(use_weights, other.editor, other.id, weights_id=name)
        assert refused.value.code == "weights.missing"
        with pytest.raises(Missing):
            other.scene.ask(rescored, other.editor, other.id, name)
    assert decided.scene.state() == before


def test_two_who_learn_at_once_keep_two_versions(decided):
    values = [fitted(decided.scene.ask(lessons, decided.editor, decided.id)) for _ in range(2)]

    def press(one):
        decided.scene.do(learn, decided.editor, decided.id, values=one)
        decided.use(one.name)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, values))

    found = decided.scene.ask(weights_of, decided.editor, decided.id)
    assert [row.version for row in found] == [2, 1]
    assert {row.public_id for row in found} == {one.name for one in values}
    assert {row.by for row in found} == {"Eda-desk"}
    used = decided.scene.ask(weights_in_use, decided.id)
    assert {row.scored_with for row in decided.suggestions()} == {used.label}


def test_using_weights_asks_as_often_however_many_suggestions(decided, database):
    asked = []
    for number in range(2):
        found = decided.learn()
        with counted(database) as sent:
            decided.use(found.public_id)
        asked.append(len(sent))
        decided.use(None)
        for more in range(20 * number + 50, 20 * number + 60):
            decided.add(article_text(more))

    assert asked[0] == asked[1]
