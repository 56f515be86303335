"""Claims from a file: seen all at once or not at all, however an import ends."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, text
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.errors import Missing, NotAllowed, WrongState
from app.domain.ids import new_public_id, now
from app.domain.sentences import sentence
from app.domain.words import Decides, ImportState, Role
from app.importers.claims_csv import ClaimRow
from app.storage.articles import article_lines
from app.storage.claims import records, visible
from app.storage.tables import Agent, Article, Claim, ClaimRound, Hop, ImportRun
from app.workflow import import_rows, imports, pieces
from app.workflow.articles import NewArticle, add_article
from tests.scenes import Scene
from tests.work import listen, unlisten


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 5)


def rows(number: int, **values):
    return [
        ClaimRow(
            line=n + 2,
            text=f"Claim {n}.",
            external_id=f"x{n}",
            article_url=f"https://example.org/{n // 3}",
            claimant="Ann",
            attribution_chain=("Paper", "Ann"),
            **values,
        )
        for n in range(number)
    ]


def bring_in(scene, claims, project_id=None):
    return imports.import_claims(scene.database, CONSOLE, project_id or scene.id, rows=claims)


def breaks_at(claims, line: int):
    for row in claims:
        if row.line == line:
            raise RuntimeError("the power went")
        yield row


def shown(scene):
    """The claims that anybody can see."""
    query = select(Claim.id).where(visible()).order_by(Claim.id)
    return scene.ask(lambda session: records(session, session.exec(query).all()))


def test_claims_come_in_open_with_their_chain_and_article(scene):
    summary = bring_in(scene, rows(12))

    found = shown(scene)
    assert (summary.added, summary.known, len(found)) == (12, 0, 12)
    assert [hop.agent for hop in found[0].hops] == ["Paper", "Ann"]
    assert {claim.slots_free for claim in scene.rows(Claim)} == {2}
    assert len(scene.rows(Article)) == 4
    assert len(scene.rows(Agent)) == 2


def test_a_run_that_breaks_leaves_nothing_behind_and_can_be_done_again(scene):
    with pytest.raises(RuntimeError):
        bring_in(scene, breaks_at(rows(12), 9))

    assert shown(scene) == []
    assert scene.ask(article_lines, scene.id) == []
    assert [scene.rows(kind) for kind in (Claim, ClaimRound, Hop, Article)] == [[], [], [], []]
    assert [run.state for run in scene.rows(ImportRun)] == [ImportState.FAILED]
    assert bring_in(scene, rows(12)).added == 12
    assert len(shown(scene)) == 12


def test_a_run_under_way_is_seen_by_nobody_and_lets_no_other_begin(scene):
    seen = []

    def watched(claims):
        for row in claims:
            seen.append((len(shown(scene)), len(scene.ask(article_lines, scene.id))))
            if row.line == 12:
                with pytest.raises(WrongState):
                    bring_in(scene, rows(1))
            yield row

    bring_in(scene, watched(rows(12)))

    assert set(seen) == {(0, 0)}
    assert len(shown(scene)) == 12


def test_a_run_that_was_killed_gives_way_after_a_minute(scene, monkeypatch):
    monkeypatch.setattr(imports, "_give_up", lambda *_: None)
    with pytest.raises(RuntimeError):
        bring_in(scene, breaks_at(rows(12), 9))
    monkeypatch.undo()
    killed = scene.rows(ImportRun)[0]
    scene.change(ImportRun, killed.public_id, touched_at=now() - timedelta(minutes=2))

    summary = bring_in(scene, rows(12))

    assert (summary.added, summary.known) == (12, 0)
    assert len(shown(scene)) == len(scene.rows(Claim)) == 12


def test_until_then_it_is_said_when_it_was_last_heard_of_and_how_long_that_counts(
    scene, monkeypatch
):
    monkeypatch.setattr(imports, "_give_up", lambda *_: None)
    with pytest.raises(RuntimeError):
        bring_in(scene, breaks_at(rows(12), 9))
    monkeypatch.undo()
    killed = scene.rows(ImportRun)[0]
    moment = now()
    monkeypatch.setattr(imports, "now", lambda: moment)
    # The clock may have been set back meanwhile.
    for ago, told in ((20, (20, 40)), (59, (59, 1)), (-3600, (0, 3660))):
        scene.change(ImportRun, killed.public_id, touched_at=moment - timedelta(seconds=ago))
        with pytest.raises(WrongState) as refused:
            bring_in(scene, rows(12))
        assert (refused.value.values["ago"], refused.value.values["left"]) == told
        assert f"sign of life {told[0]} s ago" in sentence(refused.value)
    assert sentence(refused.value).endswith("can be begun in 3660 seconds.")


def test_the_same_claims_again_stay_as_they_are(scene):
    bring_in(scene, rows(3))

    summary = bring_in(scene, rows(4))

    assert (summary.added, summary.known) == (1, 3)


def test_a_claim_keeps_its_id_and_a_copy_in_another_project_gets_its_own_once(scene, database):
    kept = [ClaimRow(line=2, text="One.", claim_id="abcdefgh2345")]
    other = Scene(database, slug="other")
    bring_in(scene, kept)

    first, again = bring_in(scene, kept, other.id), bring_in(scene, kept, other.id)

    assert (first.added, again.added, again.known) == (1, 0, 1)
    ids = {claim.project_id: claim.public_id for claim in scene.rows(Claim)}
    assert ids[scene.id] == "abcdefgh2345"
    assert ids[other.id] != "abcdefgh2345"


def test_a_quote_is_placed_only_where_the_text_that_holds_it_is_here(scene):
    here = NewArticle(text="It rained all day.", title="Rain", url="https://example.org/rain")
    scene.do(add_article, CONSOLE, scene.id, values=here)
    place = {"quote": "It rained", "start": 0, "end": 9}

    summary = bring_in(
        scene,
        [
            ClaimRow(line=2, text="A.", article_url="https://example.org/rain", **place),
            ClaimRow(line=3, text="B.", article_url="https://example.org/other", **place),
            ClaimRow(
                line=4,
                text="C.",
                article_url="https://example.org/rain",
                quote="It",
                start=4,
                end=6,
            ),
        ],
    )

    found = {claim.text: (claim.quote, claim.start, claim.context) for claim in scene.rows(Claim)}
    assert found == {
        "A.": ("It rained", 0, ""),
        "B.": (None, None, "It rained"),
        "C.": (None, None, "It"),
    }
    assert (summary.untied, summary.lines) == (2, (3, 4))


def test_of_many_quotes_without_a_text_the_first_lines_are_named(scene, monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 3)

    summary = bring_in(scene, [replace(row, quote="Gone.") for row in rows(8)])

    assert (summary.untied, len(summary.lines)) == (8, 5)
    assert list(summary.lines) == [row.line for row in rows(5)]


@pytest.mark.parametrize(("role", "refusal"), [(Role.REVIEWER, NotAllowed), (None, Missing)])
def test_who_may_not_import_writes_nothing(scene, role, refusal):
    actor = scene.person("Ann", *([role] if role else []))

    with pytest.raises(refusal):
        imports.import_claims(scene.database, actor, scene.id, rows=rows(2))

    assert scene.rows(ImportRun) == []


def test_a_part_costs_as_many_questions_whatever_is_in_it(scene, queries, monkeypatch):
    bring_in(scene, rows(1))
    costs = {}
    for size in (6, 12):
        monkeypatch.setattr(imports, "BATCH", size)
        some = [replace(row, external_id=f"{row.external_id}-{size}") for row in rows(12)]
        with queries() as counted:
            bring_in(scene, some)
        costs[size] = len(counted)

    assert costs[6] - costs[12] <= 10
    assert costs[12] <= 40


def test_what_a_killed_run_left_is_taken_out_in_parts(scene, queries, monkeypatch):
    monkeypatch.setattr(imports, "_give_up", lambda *_: None)
    with pytest.raises(RuntimeError):
        bring_in(scene, breaks_at(rows(14), 14))
    monkeypatch.undo()
    killed = scene.rows(ImportRun)[0]
    left = len(scene.rows(Claim))
    scene.change(ImportRun, killed.public_id, touched_at=now() - timedelta(minutes=2))
    monkeypatch.setattr(imports, "BATCH", 5)

    with queries() as counted:
        bring_in(scene, [])

    taken = [one for one in counted if one.startswith("DELETE FROM claim WHERE")]
    assert left == 10
    assert len(taken) == 3
    assert [scene.rows(kind) for kind in (Claim, ClaimRound, Hop, Article)] == [[], [], [], []]


@pytest.mark.plans
def test_articles_are_found_off_an_index_however_many_there_are(scene):
    """Read in the order of their keys, all of a project's were looked at for each part of a file."""
    with scene.database.write() as session:
        named = [
            {"public_id": new_public_id(), "created_at": now(), "project_id": scene.id}
            for _ in range(3_000)
        ]
        session.execute(
            insert(Article),
            [
                {
                    **one,
                    "title": f"Town {n}",
                    "canonical_url": f"https://example.org/{n}" if n % 2 else None,
                }
                for n, one in enumerate(named)
            ],
        )
        session.execute(text("ANALYZE"))

    for query, index in (
        (import_rows.articles_at, "ix_article_project_url"),
        (import_rows.articles_untold, "ix_article_title"),
    ):
        plan = explained(scene, query(), {"here": scene.id, "names": ["Town 1", "Town 2"]})
        looked = [line for line in plan if "article" in line]
        assert looked
        assert all(index in line for line in looked if "SCAN" in line.upper() or "USING" in line)


def explained(scene, statement, params):
    """How a database goes about a question, as it says."""
    sent = []
    with scene.database.writing() as session:

        def note(_connection, _cursor, said, values, *_rest):
            sent.append((said, values))

        listen(scene.database, "before_cursor_execute", note)
        try:
            session.execute(statement, params).all()
        finally:
            unlisten(scene.database, "before_cursor_execute", note)
        said, values = sent[-1]
        how = "EXPLAIN QUERY PLAN " if scene.database.is_sqlite else "EXPLAIN "
        return [str(row[-1]) for row in session.connection().exec_driver_sql(how + said, values)]


def test_no_transaction_of_an_import_holds_more_than_a_part(scene, monkeypatch):
    """However quick a part was, the next writers wait for so many rows at most."""
    monkeypatch.setattr(pieces.Pieces, "_learn", grow_without_end)
    parts, here = [], []

    def end(_connection):
        parts.append(sum(here))
        here.clear()

    wrote = import_rows.write_rows

    def counting(session, kind, columns, lines, *, same):
        lines = list(lines)
        if kind is Claim:
            here.append(len(lines))
        wrote(session, kind, columns, lines, same=same)

    monkeypatch.setattr(import_rows, "write_rows", counting)
    listen(scene.database, "commit", end)
    try:
        imports.import_claims(scene.database, CONSOLE, scene.id, rows=rows(23))
    finally:
        unlisten(scene.database, "commit", end)

    assert sum(parts) == 23
    assert max(parts) == imports.BATCH


def grow_without_end(this, _took):
    this.size = min(this.size * 100, this._most)
