"""Which statements of a step stop a desk that works: read off from what is sent to PostgreSQL.

A look at words, for the steps of this program; what it does not know it lets through.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

NAME = r'"?(?P<table>\w+)"?'
ALTER = rf"ALTER TABLE (?:IF EXISTS )?(?:ONLY )?{NAME} "
MAKES = re.compile(rf"CREATE TABLE (?:IF NOT EXISTS )?{NAME}", re.IGNORECASE)
# Each keeps others from a table, or from rows, for as long as all of them are read or written.
STOPS = (
    ("every row is written anew", rf"{ALTER}ALTER COLUMN \S+ (?:SET DATA )?TYPE"),
    ("every row is written anew", rf"VACUUM FULL {NAME}"),
    ("every row gets a value of its own", rf"{ALTER}ADD COLUMN .*(?:DEFAULT .*\(|GENERATED)"),
    ("every row is read", rf"{ALTER}ALTER COLUMN \S+ SET NOT NULL"),
    (
        "every row is read",
        rf"{ALTER}ADD (?:CONSTRAINT|CHECK|UNIQUE|FOREIGN|PRIMARY)(?!.*NOT VALID)",
    ),
    ("an index is made", rf"CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY).*? ON {NAME}"),
    ("rows are held until the step ends", rf"(?:UPDATE|DELETE FROM) {NAME}"),
    ("writers wait until the step ends", rf"CREATE (?:OR REPLACE )?TRIGGER .*? ON {NAME}"),
    ("it is locked", rf"LOCK (?:TABLE )?{NAME}"),
    # Programs of the version before, which are still at work, ask for it.
    ("something goes", rf"{ALTER}(?:DROP COLUMN|RENAME)"),
    ("something goes", rf"DROP TABLE (?:IF EXISTS )?{NAME}"),
)
RULES = [(reason, re.compile(words, re.IGNORECASE | re.DOTALL)) for reason, words in STOPS]
# The words of a function are not said when it is made.
BODY = re.compile(r"\$(\w*)\$.*?\$\1\$", re.DOTALL)
BOOKKEEPING = "alembic_version"


class Held(NamedTuple):
    """A table that was there before, and what keeps others from it."""

    table: str
    reason: str


def held(statements: Iterable[str]) -> set[Held]:
    """What these statements of one step keep others from; tables that it makes are nobody's yet."""
    made, found = {BOOKKEEPING}, set()
    for said in (one.strip() for part in statements for one in BODY.sub("''", part).split(";")):
        if makes := MAKES.match(said):
            made.add(makes["table"])
        for reason, rule in RULES:
            if (stops := rule.match(said)) and stops["table"] not in made:
                found.add(Held(stops["table"], reason))
    return found
