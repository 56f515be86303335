"""What decisions teach: picked and dropped, corrected and added, and never what nobody looked at."""

import pytest

from app.domain.lessons import Lesson
from app.domain.words import Amended, ClaimState, Decides, Role
from app.storage.lessons import lesson_counts, lesson_rows
from app.storage.tables import Amendment, Claim, Project, Snapshot
from app.workflow import lesson_signals, merging, places, splitting
from app.workflow.claims import ClaimCorrection, NewClaim, add_claim, correct, put_off
from app.workflow.learning import lessons
from app.workflow.merging import Merge
from app.workflow.places import Ends
from app.workflow.splitting import Part, Split
from tests.lessons import DecidingDesk, article_text
from tests.work import counted


@pytest.fixture
def desk(kept):
    return kept(DecidingDesk, articles=2)


def taught(desk):
    """By the claim's key, what it teaches."""
    return {row.claim_id: row.lesson for row in desk.scene.ask(taught_rows, desk.id)}


def taught_rows(session, project_id):
    return list(lesson_rows(session, project_id))


def test_what_is_picked_counts_for_a_claim_and_what_is_dropped_against_it(desk):
    one, two, *_rest = desk.suggestions()

    desk.pick(one)
    desk.drop(two)

    assert taught(desk) == {one.key: Lesson.PICKED, two.key: Lesson.DROPPED}
    [(_lesson, picked), (_other, dropped)] = desk.scene.ask(lessons, desk.editor, desk.id)
    assert (picked.label, dropped.label) == (1, 0)
    # As extraction scores it: by the words of the article, and by what was measured then.
    assert (picked.text, picked.signals) == (one.quote, one.signals)
    assert picked.group == dropped.group


def test_nobody_looked_is_not_dropped(desk):
    first, *_rest = desk.suggestions()
    desk.scene.do(put_off, desk.editor, first.public_id)
    desk.scene.change(Project, desk.scene.project.public_id, open_from=0.0)
    desk.add(article_text(5))
    desk.scene.claim("Seen elsewhere, and so in no article.")

    assert taught(desk) == {}
    counts = desk.scene.ask(lesson_counts, desk.id)
    opened = [row for row in desk.claims() if row.state is ClaimState.OPEN]
    assert counts.suggestions == len(desk.suggestions())
    assert counts.came == len(opened) > 1
    assert set(counts.lessons.values()) == {0}


def test_what_stands_now_counts(desk):
    one, two, three, *_rest = desk.suggestions()
    desk.drop(one)
    desk.pick(one)
    desk.pick(two)
    desk.drop(two)
    desk.drop(three)

    assert taught(desk) == {
        one.key: Lesson.PICKED,
        two.key: Lesson.DROPPED,
        three.key: Lesson.DROPPED,
    }


def test_what_the_projects_mark_opened_counts_once_a_person_drops_it(desk):
    desk.scene.change(Project, desk.scene.project.public_id, open_from=0.0)
    desk.add(article_text(5))
    opened, *_rest = desk.claims(Claim.state == ClaimState.OPEN)

    desk.drop(opened)

    assert taught(desk) == {opened.key: Lesson.DROPPED}


def test_a_claim_that_was_corrected_is_wanted_until_it_is_dropped(desk):
    ends, worded, later, *_rest = desk.suggestions()
    [text] = desk.scene.rows(Snapshot, Snapshot.id == ends.snapshot_id)
    name = text.public_id
    cut = Ends(start=ends.start, end=ends.end - 3, version=1, snapshot=name, stands_in=name)
    for row in (worded, later):
        correction = ClaimCorrection(text="In other words.", hops=(), version=row.version)
        desk.scene.do(correct, desk.editor, row.public_id, values=correction)
    desk.scene.do(places.move_ends, desk.editor, ends.public_id, values=cut)
    desk.drop(later)

    assert taught(desk) == {
        ends.key: Lesson.TRIMMED,
        worded.key: Lesson.TRIMMED,
        later.key: Lesson.DROPPED,
    }
    counts = desk.scene.ask(lesson_counts, desk.id)
    assert counts.suggestions == len(desk.suggestions()) - 2


def test_only_who_said_it_corrected_says_nothing_of_what_is_worth_checking(desk):
    row, *_rest = desk.suggestions()
    correction = ClaimCorrection(text=row.text, hops=(), version=row.version)
    desk.scene.do(correct, desk.editor, row.public_id, values=correction)

    assert {one.what for one in desk.scene.rows(Amendment)} <= {Amended.CHAIN, Amended.CLAIMANT}
    assert taught(desk) == {}


def test_both_parts_of_a_claim_that_was_split_are_wanted(desk):
    row, *_rest = desk.suggestions()
    middle = row.start + row.quote.index("rose")
    parts = (
        Part(text="One.", start=row.start, end=middle - 1),
        Part(text="Two.", start=middle, end=row.end),
    )
    desk.scene.do(
        splitting.split, desk.editor, row.public_id, values=Split(parts=parts, version=row.version)
    )

    [second] = desk.claims(Claim.text == "Two.")
    assert taught(desk) == {row.key: Lesson.TRIMMED, second.key: Lesson.TRIMMED}
    examples = [example for _lesson, example in desk.scene.ask(lessons, desk.editor, desk.id)]
    assert examples[1].text == second.quote
    assert "share" in examples[1].signals


def test_a_claim_that_was_joined_to_another_was_not_dropped(desk):
    one, two, *_rest = desk.suggestions()
    desk.pick(one, two)
    desk.scene.do(
        merging.merge,
        desk.editor,
        one.public_id,
        values=Merge(versions={two.public_id: two.version}, text="Both."),
    )

    assert taught(desk) == {one.key: Lesson.PICKED}


def test_what_a_person_found_is_wanted_and_measured_from_its_row(desk):
    article = desk.add("The mayor spoke.\n\nThe bridge cost 4 million euros, he said.")
    quote = "The bridge cost 4 million euros"
    for row in desk.suggestions(Claim.quote == quote):
        desk.scene.change(Claim, row.public_id, start=0, end=1, quote="T")
    values = NewClaim(text="The bridge cost 4 million euros.", quote=quote)
    desk.scene.do(add_claim, desk.editor, desk.id, values=values, article_id=article)

    [row] = desk.claims(Claim.quote == quote)
    assert taught(desk) == {row.key: Lesson.ADDED}
    [(_lesson, example)] = desk.scene.ask(lessons, desk.editor, desk.id)
    assert row.signals == {}
    assert example.signals["money"] == 1
    assert example.text == quote


def test_what_was_not_measured_is_measured_in_its_article_as_suggestions_are(desk):
    """Else weights would learn who found a claim, not what it says."""
    desk.decide()
    before = desk.scene.ask(lessons, desk.editor, desk.id)
    assert all(example.signals for _lesson, example in before)
    for row in desk.claims()[::2]:
        desk.scene.change(Claim, row.public_id, signals={}, scored_with=None)

    assert desk.scene.ask(lessons, desk.editor, desk.id) == before


def test_an_addition_that_cannot_be_measured_as_others_are_teaches_nothing(desk):
    desk.decide()
    before = desk.scene.ask(lessons, desk.editor, desk.id)
    article = desk.add("Der Hafen von Hayle verlor im Mai nach Angaben der Stadt 40 Boote an Kess.")
    values = NewClaim(text="Hayle verlor 40 Boote.", quote="Der Hafen von Hayle verlor im Mai")
    desk.scene.do(add_claim, desk.editor, desk.id, values=values, article_id=article)
    found = desk.scene.claim()
    desk.scene.change(Claim, found, state=ClaimState.REJECTED)
    rows = desk.claims(Claim.public_id == found)
    assert Lesson.ADDED in taught(desk).values()
    assert taught(desk)[rows[0].key] is Lesson.DROPPED

    assert desk.scene.ask(lessons, desk.editor, desk.id) == before


def test_where_nothing_was_measured_each_gives_what_its_row_tells(desk):
    for number in range(2):
        found = desk.scene.claim(f"The bridge cost {number + 4} million euros")
        desk.scene.change(Claim, found, state=ClaimState.REJECTED)

    found = desk.scene.ask(lessons, desk.editor, desk.id)

    assert [example.label for _lesson, example in found] == [0, 0]
    assert all(example.signals for _lesson, example in found)


def test_only_so_many_texts_are_read_again(desk, monkeypatch):
    desk.decide()
    for row in desk.claims():
        desk.scene.change(Claim, row.public_id, signals={}, scored_with=None)
    monkeypatch.setattr(lesson_signals, "MOST_TEXTS", 1)

    newest = max(row.article_id for row in desk.claims())
    found = desk.scene.ask(lessons, desk.editor, desk.id)
    assert {example.group for _lesson, example in found} == {f"article {newest}"}


def test_a_verdict_that_there_was_nothing_to_check_counts_against(database):
    desk = DecidingDesk(database, articles=1, decides=Decides.SINGLE, reviews_wanted=1)
    one, two, *_rest = desk.suggestions()
    desk.pick(one, two)
    checker = desk.scene.person("Cleo", Role.REVIEWER)
    for verdict in ("not-a-claim", "unproven"):
        desk.scene.check(checker, verdict, attribution_verdict="confirmed")

    assert sorted(taught(desk).values()) == [Lesson.DROPPED, Lesson.PICKED]


def test_lessons_of_another_project_are_not_ours(desk, database):
    other = DecidingDesk(database, articles=1, slug="other")
    other.drop(other.suggestions()[0])

    assert taught(desk) == {}
    assert len(taught(other)) == 1


def test_counting_and_reading_ask_as_often_however_many_claims(desk, database):
    asked = []
    for number in range(2):
        desk.decide()
        with counted(database) as sent:
            desk.scene.ask(lesson_counts, desk.id)
            desk.scene.ask(taught_rows, desk.id)
        asked.append(len(sent))
        for more in range(4 * number + 10, 4 * number + 14):
            desk.add(article_text(more))

    assert asked[0] == asked[1]
