"""The lead's questions begin where there is least, whatever SQLite knows of a million claims.

It is told what it found in a file of a million: where it begins is what a page costs. How many questions
there are is asked of both databases.
"""

import sqlite3
from contextlib import closing

import pytest

from app.domain.months import Month
from app.domain.words import Decides
from app.storage.check_rows import review_rows
from app.storage.claim_filters import ClaimFilter, Met
from app.storage.claim_lists import count_found
from app.storage.left import left_to_do
from app.storage.report import month_figures
from app.storage.session import Database
from tests.scenes import LEADS, Scene
from tests.workflow.test_claim_texts import noted

# Of each index how many rows it has, and how many of them have the same first columns, as `ANALYZE`
# wrote it down.
FOUND = """
claim ix_claim_article_id 1301900 20
claim ix_claim_batch 1379000 1001 1
claim ix_claim_import_run_id 1008678 1001
claim ix_claim_late 180234 1001 4 1
claim ix_claim_opening 975840 1001 1
claim ix_claim_picked 1035840 1001 20
claim ix_claim_place 140450 1001 1
claim ix_claim_project 1280500 1001 1
claim ix_claim_snapshot 1265580 20 1
claim ix_claim_state 890848 1001 1001 1
claim ix_claim_suggested 20009 1001 167 1
claim sqlite_autoindex_claim_1 991452 1001 1
claim sqlite_autoindex_claim_2 1091611 1
claim_round ix_claim_round_complete 89893 1001 1
claim_round ix_claim_round_distance 59985 1001 501 1
claim_round ix_claim_round_round_id 1008678 1001
claim_round sqlite_autoindex_claim_round_1 1158840 1 1
claim_round uq_claim_round_unsettled 322758 1
claim_tally ix_claim_tally_content 665990 1001 154
claim_tally sqlite_autoindex_claim_tally_1 800280 1
label sqlite_autoindex_label_1 14 7 1
label sqlite_autoindex_label_2 14 7 1
label sqlite_autoindex_label_3 14 7 2
label_scheme sqlite_autoindex_label_scheme_1 2 1 1
label_scheme sqlite_autoindex_label_scheme_2 2 1
project sqlite_autoindex_project_1 1 1
project sqlite_autoindex_project_2 1 1
review ix_review_claim 4128740 4 1
review ix_review_lease 20 20 10
review ix_review_mine 2646540 1001 1001 1001 1
review ix_review_newest 3375500 1001 1001 1
review ix_review_reviewer 3375500 1001 1001 1
review sqlite_autoindex_review_1 4168353 4 1
review sqlite_autoindex_review_2 4294472 4 1
review sqlite_autoindex_review_3 3170090 1
review uq_review_one_lease 20 20 1
round sqlite_autoindex_round_1 1 1 1
round sqlite_autoindex_round_2 1 1
review_version sqlite_autoindex_review_version_1 2969472 1 1
review_version sqlite_autoindex_review_version_2 3862800 1 1
ruling ix_ruling_content_label 721072 1001 1
ruling ix_ruling_decided_at 673568 2 2 1
ruling sqlite_autoindex_ruling_1 681120 1 1
"""


@pytest.fixture
def scene(database):
    made = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    made.lead = made.person("Lena", *LEADS)
    made.checkers = made.reviewers("Ann", "Ben", "Cem")
    settled(made, 1)
    return made


def settled(scene, number: int) -> None:
    """So many more claims that the desk settled otherwise than they were checked."""
    for n in range(number):
        claim_id = scene.claim()
        scene.check(scene.checkers[n % 3], "true")
        scene.settle(scene.lead, claim_id, "false", reason="Read again.")


def left(scene):
    project = scene.project
    return lambda: scene.ask(left_to_do, scene.lead, [project])


def report(scene):
    project = scene.project
    return lambda: scene.ask(month_figures, scene.lead, project, [Month(2026, 11)])


def met(scene):
    wanted = ClaimFilter(met=Met((1, 2), ("true|false",)))

    def ask():
        scene.ask(count_found, scene.lead, scene.id, wanted=wanted, most=501)

    return ask


def checks(scene):
    project = scene.id
    return lambda: scene.ask(lambda *asked: list(review_rows(*asked)), scene.lead, project)


QUESTIONS = {
    "checks that leave": (checks, "review_version.not_known"),
    "what was published and is corrected": (left, "published_claim.ruling_version <"),
    "verdicts of a month": (report, "max(ruling_"),
    "claims on which two answers met": (met, "claim_tally"),
}


@pytest.fixture
def large(database_url):
    """A project in a file of SQLite that takes itself for a large one."""
    opened = Database(database_url)
    with opened.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("ANALYZE")
        connection.exec_driver_sql("DELETE FROM sqlite_stat1")
        told = [tuple(line.split(" ", 2)) for line in FOUND.split("\n") if line]
        connection.exec_driver_sql("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", told)
    made = Scene(opened)
    made.lead = made.person("Lena", *LEADS)
    made.claim()
    yield made
    opened.dispose()


def begun(scene, question: str) -> list[str]:
    """How SQLite goes about a question, from what it begins with on."""
    what, named = QUESTIONS[question]
    with noted(scene.database) as sent:
        what(scene)()
    [(statement, values)] = [one for one in sent if named in one[0]]
    # What is known of a file is read when it is opened.
    with closing(sqlite3.connect(scene.database.engine.url.database)) as file:
        rows = file.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
    return [row[-1] for row in rows if row[-1].startswith(("SEARCH", "SCAN"))]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        # What was published, of which that file has nothing, or else the corrections.
        (
            "what was published and is corrected",
            ("SCAN published_claim", "SCAN ruling USING COVERING INDEX ix_ruling_later"),
        ),
        ("checks that leave", ("SEARCH review USING INDEX ix_review_claim",)),
        ("verdicts of a month", ("SEARCH ruling USING COVERING INDEX ix_ruling_decided_at",)),
    ],
)
def test_sqlite_begins_where_there_is_least(large, question, first):
    assert begun(large, question)[0].startswith(first)


def test_sqlite_asks_of_each_claim_whether_two_answers_met(large):
    plan = begun(large, "claims on which two answers met")

    assert plan[0].startswith("SEARCH claim USING")
    [tallies] = [line for line in plan if "claim_tally" in line]
    assert tallies.endswith("(claim_round_id=?)")


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_there_are_as_many_questions_whatever_there_is(scene, question):
    what, _named = QUESTIONS[question]
    few = asked(scene, what)
    settled(scene, 8)

    assert asked(scene, what) == few


def asked(scene, what) -> int:
    ask = what(scene)
    # What is kept of a scale is asked for once.
    ask()
    with noted(scene.database) as sent:
        ask()
    return len(sent)
