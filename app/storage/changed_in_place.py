"""Triggers that keep counts up where a row is changed but counts where it did before.

The triggers of ``storage.triggers`` take off all that a changed row added and add all that it adds now.
That is needed where it moves: to another state, batch or person. Most changes of a working day move
nothing: a claim has a place less, a round a check more, a check is given. For these there is a trigger for
what changed, which asks only the rules that read it, and only for the difference.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.storage.triggers import (
    COLUMNS,
    DIALECTS,
    JOINS,
    TABLES,
    TOLD,
    Rule,
    adding,
    changes_of,
    keeping_function,
    letters,
)

SAME = {"sqlite": "IS", "postgresql": "IS NOT DISTINCT FROM"}
OTHER = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


@dataclass(frozen=True, slots=True)
class Change:
    """What is changed of a table where its rows stay, as ``TOLD`` says it, and who reads it by which letter."""

    table: str
    said: tuple[str, ...]
    stays: tuple[str, ...]
    rules: tuple[tuple[Rule, str], ...]

    @property
    def name(self) -> str:
        """The name of its trigger."""
        return f"kept_{self.table}_of_{'_'.join(_column(said) for said in self.said)}"


def split(rules: Sequence[Rule], dialect: str) -> list[str]:
    """The statements that make the triggers of changes anew: of what moves, and of what does not."""
    return [
        *_drop(dialect, [(table, f"kept_count_{table}_update") for table in TOLD]),
        *(
            said
            for table in TOLD
            for said in changes_of(rules, table, dialect, told=_moves(rules, table))
        ),
        *(said for change in _changes(rules) for said in _in_place(change, dialect)),
    ]


def unite(rules: Sequence[Rule], dialect: str) -> list[str]:
    """The statements that make one trigger of all changes again, as ``triggers.make`` had it."""
    names = [(table, f"kept_count_{table}_update") for table in TOLD]
    names += [(change.table, change.name) for change in _changes(rules)]
    return [
        *_drop(dialect, names),
        *(said for table in TOLD for said in changes_of(rules, table, dialect)),
    ]


def _drop(dialect: str, names: Sequence[tuple[str, str]]) -> Iterator[str]:
    for table, name in names:
        if dialect == "sqlite":
            yield f"DROP TRIGGER {name}"
        else:
            yield f"DROP TRIGGER {name} ON {table}"
            yield f"DROP FUNCTION {name}()"


def _column(said: str) -> str:
    return said.split(maxsplit=1)[0]


def _reads(text: str, letter: str, said: str) -> bool:
    return re.search(rf"\b{letter}\.{_column(said)}\b", text) is not None


def _places(rule: Rule) -> str:
    """What says where a rule counts a row, and which rows belong to it."""
    joined = [said for pair, said in JOINS.items() if set(pair) <= set(rule.of)]
    return " ".join((rule.project, rule.what, rule.part, rule.person, rule.run, *joined))


def _moves(rules: Sequence[Rule], table: str) -> list[str]:
    """What of a table decides where its rows count."""
    return [
        said
        for said in TOLD[table]
        if any(
            _reads(_places(rule), letter, said)
            for rule in rules
            for letter in rule.of
            if TABLES[letter] == table
        )
    ]


def _changes(rules: Sequence[Rule]) -> Iterator[Change]:
    """What may change in place, with the rules that read the same of it together."""
    for table, told in TOLD.items():
        moves = _moves(rules, table)
        together: dict[tuple[str, ...], list[tuple[Rule, str]]] = {}
        for rule in rules:
            for letter in letters(rule, table, "update"):
                text = f"{rule.where} {rule.number}"
                said = tuple(s for s in told if s not in moves and _reads(text, letter, s))
                if said:
                    together.setdefault(said, []).append((rule, letter))
        yield from (
            Change(table, said, tuple(moves), tuple(which)) for said, which in together.items()
        )


def _in_place(change: Change, dialect: str) -> Iterator[str]:
    stays = [f"(OLD.{said}) {SAME[dialect]} (NEW.{said})" for said in change.stays]
    differs = " OR ".join(f"(OLD.{said}) {OTHER[dialect]} (NEW.{said})" for said in change.said)
    when = " AND ".join([f"({differs})", *stays])
    of = ", ".join(dict.fromkeys(_column(said) for said in change.said))
    event = f"AFTER UPDATE OF {of} ON {change.table}"
    arms = [_difference(rule, letter, dialect) for rule, letter in change.rules]
    # Of one row no count comes twice but of two checks of one person, which SQLite adds one by one.
    if dialect == "sqlite":
        yield f"CREATE TRIGGER {change.name} {event} WHEN {when} BEGIN {adding(arms)}; END"
    else:
        yield keeping_function(change.name, arms)
        yield (
            f"CREATE TRIGGER {change.name} {event} FOR EACH ROW WHEN ({when})"
            f" EXECUTE FUNCTION {change.name}()"
        )


def _difference(rule: Rule, letter: str, dialect: str) -> str:
    """What a rule counts more or less of a row that stays where it counts."""
    said = rule.where.split(" AND ")
    own = " AND ".join(part for part in said if _of(letter, part)) or "1 = 1"
    rest = [part for part in said if not _of(letter, part)]
    joined = [text for pair, text in JOINS.items() if set(pair) <= set(rule.of)]
    adds = f"CASE WHEN {own} THEN {rule.number} ELSE 0 END"
    more = f"{_row(adds, letter, 'NEW')} - {_row(adds, letter, 'OLD')}"
    values = (rule.project, rule.what, rule.person, rule.part, rule.run)
    columns = zip(values, COLUMNS.split(", "), strict=True)
    tables = ", ".join(f"{TABLES[other]} {other}" for other in rule.of if other != letter)
    text = ", ".join(f"{value} AS {name}" for value, name in columns)
    where = " AND ".join([*joined, *rest])
    source = f" FROM {tables}" if tables else ""
    quarter = DIALECTS[dialect].quarter
    text = re.sub(r"\{(\w\.\w+)\}", lambda found: quarter.format(found[1]), text)
    return (
        f"SELECT {_row(text, letter, 'NEW')}, {more} AS number{source}"
        f" WHERE {_row(where, letter, 'NEW') or '1 = 1'} AND {more} <> 0"
    )


def _of(letter: str, text: str) -> bool:
    return re.search(rf"\b{letter}\.", text) is not None


def _row(text: str, letter: str, row: str) -> str:
    return re.sub(rf"\b{letter}\.", f"{row}.", text)
