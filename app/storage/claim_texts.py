"""Where the texts of claims are looked for: by every three letters that stand side by side in them.

What is looked for may begin and end in the middle of words, so an index of words would not do. On
SQLite the letters are in a table of its full-text search, which triggers keep (imports do so
themselves), and of which a question asks which claims have all the threes; on PostgreSQL they are in an
index that its planner uses by itself. Either finds a few claims too many, and the text decides. Fewer
than three letters are in no index.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import bindparam, literal_column, text, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session

from app.domain.errors import Refused

LETTERS = 3
# So many threes of a long text are looked up: they leave few claims, and each is another list to read.
MOST = 12

# Of so many claims in the index a page looks at the texts, until it is full.
LOOKED_AT = 2_000
# Above any key.
END = 2**63 - 1
CLAIM_ID: Any = literal_column("claim.id")

# Only which claims have three letters is kept, not where in them and not the text itself.
TABLE = (
    "CREATE VIRTUAL TABLE claim_text USING fts5("
    "text, content='claim', content_rowid='id', tokenize='trigram', detail='none', columnsize=0)"
)
# Now and then a statement that puts something in puts parts of the index together as well, so and so many
# pages of them, while nobody else can write. Of pages as long as FTS5 makes them by itself that took
# 52 ms at once where 500,000 claims came in, of these 15 (docs/decisions/0016).
SHORT_PAGES = "INSERT INTO claim_text (claim_text, rank) VALUES ('pgsz', 500)"
FILL = "INSERT INTO claim_text (claim_text) VALUES ('rebuild')"
_TAKE_OUT = "INSERT INTO claim_text (claim_text, rowid, text) VALUES ('delete', OLD.id, OLD.text)"
_PUT_IN = "INSERT INTO claim_text (rowid, text) VALUES (NEW.id, NEW.text)"
_TRIGGERS = {
    "added AFTER INSERT ON claim WHEN NEW.import_run_id IS NULL": _PUT_IN,
    "changed AFTER UPDATE OF text ON claim WHEN NEW.text IS NOT OLD.text": (
        f"{_TAKE_OUT}; {_PUT_IN}"
    ),
    "removed AFTER DELETE ON claim": _TAKE_OUT,
}
ON_SQLITE = (
    *(TABLE, SHORT_PAGES),
    *(f"CREATE TRIGGER claim_text_{when} BEGIN {do}; END" for when, do in _TRIGGERS.items()),
)
# The extension comes with PostgreSQL, and whoever may write into a database may add it; where it is not
# installed, or is forbidden, texts are looked for claim by claim.
EXTENSION = """DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  RAISE NOTICE USING MESSAGE = 'texts of claims get no index: ' || SQLERRM;
END $$"""
# An import writes each claim by a statement, which would cost it a quarter of its time: it puts the texts
# of a part in at once.
OF_PART = text(
    "INSERT INTO claim_text (rowid, text)"
    " SELECT id, text FROM claim WHERE id BETWEEN :first AND :last AND import_run_id = :run"
)
_FIRST = text(
    "SELECT rowid FROM claim_text WHERE claim_text MATCH :asked AND rowid < :before"
    " ORDER BY rowid DESC LIMIT 1 OFFSET :skipped"
)

_IS_THERE = text(
    "SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('ix_claim_text') AND indisvalid"
)


class HasLetters(FunctionElement[Any]):
    """Whether a claim of the index has all these threes of letters.

    It has no type: SQLAlchemy would compare a truth with 1 on SQLite, which then reads no index for it.
    """

    inherit_cache = True


def has_letters(claim_id: Any, words: str, *, first: int = 0, before: int = END) -> Any:  # noqa: ANN401 - columns and conditions
    """Whether the index has all letters of some words for a claim with a key from one up to another.

    It is true of words too short for the index, and of all keys on PostgreSQL.
    """
    threes = letters_of(words)
    if not threes:
        return true()
    asked = _match(threes)
    return HasLetters(claim_id, *(bindparam(None, value) for value in (asked, first, before)))


def stretches(session: Session, words: str, before: int | None = None) -> Iterator[Any]:
    """Conditions that hold of ever older claims, newest first, which together have some words.

    On SQLite each is of so many claims of the index: a text that many claims have is found without
    looking up all of them. Words that no index is asked for are looked for in one stretch.
    """
    threes, end = letters_of(words), END if before is None else before
    if not threes or session.connection().dialect.name != "sqlite":
        yield has_letters(CLAIM_ID, words, before=end)
        return
    asked = _match(threes)
    while end:
        first = session.execute(_FIRST, _first(asked, end)).scalar() or 0
        yield has_letters(CLAIM_ID, words, first=first, before=end)
        end = first


def are_indexed(session: Session, words: str) -> bool:
    """Whether an index knows which claims have some words: none does of fewer than three letters.

    On PostgreSQL there is none without the extension, and one that is being made is of no use yet.
    """
    if not letters_of(words):
        return False
    connection = session.connection()
    return connection.dialect.name == "sqlite" or bool(connection.execute(_IS_THERE).scalar())


def are_few(session: Session, words: str) -> bool:
    """Whether few claims have the letters of some words; of words without an index it is true."""
    threes = letters_of(words)
    if not threes or session.connection().dialect.name != "sqlite":
        return True
    return session.execute(_FIRST, _first(_match(threes), END)).first() is None


def _first(asked: str, before: int) -> dict[str, Any]:
    return {"asked": asked, "before": before, "skipped": LOOKED_AT - 1}


def ask_for_letters() -> None:
    """Go on only where SQLite has what the table is made with.

    Raises:
        Refused: it is older than 3.34, or was built without full-text search.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE TABLE claim (id INTEGER PRIMARY KEY, text TEXT)")
            connection.execute(TABLE)
        except sqlite3.OperationalError as error:
            version = sqlite3.sqlite_version
            raise Refused("database.letters", version=version, reason=str(error)) from error


def put_in(session: Session, run_id: int, keys: Sequence[int]) -> None:
    """Put in the texts of claims that an import has just written, by their keys in order."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.execute(OF_PART, {"first": keys[0], "last": keys[-1], "run": run_id})


def letters_of(words: str) -> list[str]:
    """The threes that cover some words from end to end, or as many as are looked up."""
    last = len(words) - LETTERS
    if last < 0:
        return []
    places = sorted({*range(0, last, LETTERS), last})
    steps = range(min(len(places), MOST))
    chosen = [places[number * (len(places) - 1) // max(len(steps) - 1, 1)] for number in steps]
    return list(dict.fromkeys(words[place : place + LETTERS] for place in chosen))


def _match(threes: Sequence[str]) -> str:
    """The question for claims that have all of some threes, as SQLite spells it."""
    return " AND ".join('"' + three.replace('"', '""') + '"' for three in threes)


@compiles(HasLetters, "sqlite")
def _on_sqlite(element: HasLetters, compiler: Any, **options: Any) -> str:  # noqa: ANN401 - as SQLAlchemy calls it
    key, asked, first, before = (compiler.process(part, **options) for part in element.clauses)
    return (
        f"{key} IN (SELECT rowid FROM claim_text WHERE claim_text MATCH {asked}"  # noqa: S608 - places for values
        f" AND rowid >= {first} AND rowid < {before})"
    )


@compiles(HasLetters, "postgresql")
def _on_postgresql(_element: HasLetters, _compiler: Any, **_options: Any) -> str:  # noqa: ANN401 - as above
    return "true"
