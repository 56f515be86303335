"""Words are found in the texts of claims as they stand there, by an index, on both databases."""

from contextlib import contextmanager

import pytest
from sqlmodel import text

from app.domain.blindness import SeenState
from app.domain.errors import Refused
from app.domain.words import ClaimState
from app.importers.claims_csv import ClaimRow
from app.storage import claim_texts, migrate
from app.storage.claim_filters import ClaimFilter
from app.storage.claim_lists import claims_by_due, count_found, found_claims, found_ids
from app.storage.claim_stretches import Stretch
from app.storage.claim_texts import MOST, letters_of
from app.storage.tables import Claim
from app.workflow.claims import ClaimCorrection, correct
from app.workflow.imports import import_claims
from tests.cases import in_turn
from tests.scenes import LEADS, Scene
from tests.work import listen, unlisten

TEXTS = (
    "Kelmarsh paid for 54 library loans.",
    'It fell by 50% in one_year, a "record" said Ann\'s aide.',
    "Œuvre ÉTÉ été: 🙂🙂🙂 costs مرحبا بكم.",
    "ab",
    "A path C:\\temp\\new and a/b/c.",
)


def told(database):
    made = Scene(database, settles_itself=False)
    for words in TEXTS:
        made.claim(words)
    return made


@pytest.fixture
def scene(kept):
    return kept(told)


@pytest.fixture
def lead(scene):
    return scene.person("Lena", *LEADS)


def found(scene, lead, words):
    claims = scene.ask(found_claims, lead, scene.id, wanted=ClaimFilter(text=words))
    return [TEXTS.index(claim.text) for claim in claims]


@in_turn(
    ("words", "places"),
    [
        ("brary lo", [0]),
        ("KELMARSH PAID FOR 54 LIBRARY LOANS.", [0]),
        ("a", [4, 3, 1, 0]),
        ("ab", [3]),
        ("50%", [1]),
        ("5%%", []),
        ("one_year", [1]),
        ("one.year", []),
        ('"record"', [1]),
        ("rd\" said Ann's", [1]),
        ("AND", [4]),
        ("🙂🙂🙂 costs", [2]),
        ("مرحبا", [2]),
        ("œuvre", {"sqlite": [], "postgresql": [2]}),
        ("ete", []),
        ("C:\\temp\\new", [4]),
        ("a/b/c", [4]),
        ("library loans of Kelmarsh", []),
        ("x" * 200, []),
    ],
)
def test_a_text_is_found_by_any_part_of_it(scene, lead, database, words, places):
    if isinstance(places, dict):
        places = places["sqlite" if database.is_sqlite else "postgresql"]

    assert found(scene, lead, words) == places


def test_another_wording_is_found_and_the_one_before_is_not(scene, lead, database):
    row = scene.rows(Claim, Claim.text == TEXTS[0])[0]
    other = ClaimCorrection(text="Marlowe paid for turbines.", hops=(), version=row.version)

    scene.do(correct, lead, row.public_id, values=other)

    wanted = [ClaimFilter(text=words) for words in ("turbines", "library")]
    assert [len(scene.ask(found_claims, lead, scene.id, wanted=one)) for one in wanted] == [1, 0]
    if database.is_sqlite:
        assert holders(database, "library") == []
        assert is_whole(database)


def is_whole(database):
    """Whether the index of SQLite says exactly what the texts say; it is an error if not."""
    with database.write() as session:
        session.execute(
            text("INSERT INTO claim_text (claim_text, rank) VALUES ('integrity-check', 1)")
        )
    return True


def holders(database, words):
    """The claims that the index of SQLite names, whatever their texts say."""
    asked = " AND ".join(f'"{three}"' for three in letters_of(words))
    with database.reading() as session:
        query = text("SELECT rowid FROM claim_text WHERE claim_text MATCH :asked")
        return [row[0] for row in session.execute(query, {"asked": asked})]


def test_an_import_puts_its_texts_in_and_one_that_breaks_off_takes_them_out(scene, lead, database):
    def rows(*names):
        for line, name in enumerate(names):
            yield ClaimRow(line=line, text=f"Imported {name} costs.")

    def broken():
        yield from rows("oranges", *map(str, range(1200)))
        raise OSError("no more")

    import_claims(database, lead, scene.id, rows=rows("apples", "pears"))
    with pytest.raises(OSError, match="no more"):
        import_claims(database, lead, scene.id, rows=broken())

    wanted = [ClaimFilter(text=words) for words in ("pears cost", "oranges", "ed apples")]
    assert [len(scene.ask(found_claims, lead, scene.id, wanted=one)) for one in wanted] == [1, 0, 1]
    if database.is_sqlite:
        assert len(holders(database, "pears")) == 1
        assert holders(database, "oranges") == []
        assert is_whole(database)


@in_turn(
    ("words", "threes"),
    [
        ("", []),
        ("ab", []),
        ("abc", ["abc"]),
        ("abcd", ["abc", "bcd"]),
        ("abcdef", ["abc", "def"]),
        ("abcdefg", ["abc", "def", "efg"]),
        ("aaaaaaaa", ["aaa"]),
    ],
)
def test_threes_cover_the_words_from_end_to_end(words, threes):
    assert letters_of(words) == threes


def test_of_a_long_text_as_many_threes_are_looked_up_from_end_to_end():
    words = "".join(chr(200 + number) for number in range(200))

    threes = letters_of(words)

    assert len(threes) == MOST
    assert (threes[0], threes[-1]) == (words[:3], words[-3:])


MANY = 20_000
COPIES = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many) {insert} FROM n",
    "postgresql": "{insert} FROM generate_series(1, :many) AS n(i)",
}
# Columns that say which of the copies it is.
OWN = {"id": ":last + i", "public_id": "CAST(:last + i AS text)", "text": ":words || i || '.'"}


def copied(database, claim, words):
    """Write many claims like one, whose texts end in their numbers."""
    names = [column.name for column in Claim.__table__.columns]
    values = [OWN.get(name, f'claim."{name}"') for name in names]
    listed = ", ".join(f'"{name}"' for name in names)
    kind = "sqlite" if database.is_sqlite else "postgresql"
    insert = f"INSERT INTO claim ({listed}) SELECT {', '.join(values)}"
    source = COPIES[kind].format(insert=insert) + " CROSS JOIN claim WHERE claim.id = :last"
    with database.write() as session:
        session.execute(text(source), {"many": MANY, "last": claim, "words": words})
    with database.write() as session:
        if not database.is_sqlite:
            # An index that other tests have left large, or that has yet to take something in, looks dear.
            session.connection().exec_driver_sql("REINDEX INDEX ix_claim_text")
        session.connection().exec_driver_sql("ANALYZE")


def plans_of(scene, lead, words):
    """How the database goes about the questions for a page of claims."""
    with noted(scene.database) as sent:
        scene.ask(found_claims, lead, scene.id, wanted=ClaimFilter(text=words))
    explain = "EXPLAIN QUERY PLAN " if scene.database.is_sqlite else "EXPLAIN "
    with scene.database.reading() as session:
        connection = session.connection()
        return [
            [row[-1] for row in connection.exec_driver_sql(explain + statement, values)]
            for statement, values in sent
            if " FROM claim" in statement.replace("\n", " ")
        ]


@contextmanager
def noted(database):
    """The statements that are sent meanwhile, with their values."""
    sent = []

    def note(_connection, _cursor, statement, values, *_rest):
        sent.append((statement, values))

    listen(database, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        unlisten(database, "before_cursor_execute", note)


@pytest.mark.plans
def test_words_that_few_of_many_have_are_asked_of_the_index(scene, lead, database):
    copied(database, scene.rows(Claim)[-1].key, "Towns have trees numbered ")

    plans = plans_of(scene, lead, "numbered 4711.")

    said = "\n".join(line for plan in plans for line in plan)
    if database.is_sqlite:
        assert "SCAN claim_text VIRTUAL TABLE" in said
        assert "SCAN claim\n" not in said
        assert "id=?" in said or "rowid=?" in said
    else:
        assert "Bitmap Index Scan on ix_claim_text" in said


def test_a_page_of_words_that_all_have_looks_at_one_stretch(scene, lead, database):
    copied(database, scene.rows(Claim)[-1].key, "Towns have trees numbered ")
    wanted = ClaimFilter(text="trees numb")

    with noted(database) as sent:
        first = scene.ask(found_claims, lead, scene.id, wanted=wanted)
    deep = scene.ask(
        found_claims, lead, scene.id, wanted=wanted, within=Stretch(None, first[-1].id)
    )

    assert len(first) == len(deep) == 50
    assert first[0].id - deep[-1].id == 99
    assert len([one for one, _values in sent if "claim_text MATCH" in one]) == (
        2 if database.is_sqlite else 0
    )
    assert scene.ask(count_found, lead, scene.id, wanted=wanted, most=501) == 501
    assert len(scene.ask(claims_by_due, lead, scene.id, wanted=wanted).claims) == 50
    assert len(scene.ask(found_ids, lead, scene.id, wanted=wanted, limit=500)) == 500


def test_what_is_far_behind_is_found_in_a_later_stretch(scene, lead, database, monkeypatch):
    monkeypatch.setattr(claim_texts, "LOOKED_AT", 2)
    for number in range(7):
        state = ClaimState.REJECTED if number < 2 else ClaimState.OPEN
        scene.claim(f"Stretched {number}.", state=state)

    wanted = ClaimFilter(text="stretched", state=SeenState.DROPPED)

    claims = scene.ask(found_claims, lead, scene.id, wanted=wanted)
    assert [claim.text for claim in claims] == ["Stretched 1.", "Stretched 0."]
    assert scene.ask(count_found, lead, scene.id, wanted=wanted, most=501) == 2


def test_a_file_is_refused_where_sqlite_has_no_index_of_letters(tmp_path, monkeypatch):
    monkeypatch.setattr(claim_texts, "TABLE", "CREATE VIRTUAL TABLE claim_text USING nothing()")
    path = tmp_path / "desk.db"

    with pytest.raises(Refused, match=r"database\.letters"):
        migrate.upgrade(f"sqlite:///{path}")

    assert not path.exists()
