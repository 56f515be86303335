"""The tables of a desk as they would be where each project lives in one part of them.

Made from the models: what belongs to a project gets its ``project_id`` into its key, its unique columns
and its references, and is cut into parts by it. What all projects share stays whole, as Citus' reference
tables do. docs/scale.md says what this changes.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
)
from sqlmodel import SQLModel

import app.storage.tables  # noqa: F401 - describes the tables

# People, scales and what is no project's.
SHARED = frozenset(
    {
        *("person", "project", "label_scheme", "label", "own_scheme", "job", "erasure"),
        *("signin_failure", "signin_link"),
    }
)
PARTS = 4
HERE = "project_id"


@dataclass
class Changed:
    """What had to change, by kind: names of tables and columns."""

    gained: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)
    keys: int = 0
    references: int = 0
    # Unique columns by how strong they still are.
    unique: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def twins() -> tuple[MetaData, Changed]:
    """The tables, cut by project, and what was changed of them."""
    whole, cut, changed = SQLModel.metadata, MetaData(), Changed()
    for table in whole.sorted_tables:
        if table.name in SHARED:
            table.to_metadata(cut)
        else:
            _cut(table, cut, changed)
    return cut, changed


def _cut(table: Table, cut: MetaData, changed: Changed) -> None:
    columns = [Column(c.name, c.type, nullable=c.nullable) for c in table.columns if c.name != HERE]
    key = next(column for column in columns if column.name == "id")
    key.primary_key, key.autoincrement = True, True
    here = Column(HERE, Integer, primary_key=True, autoincrement=False)
    changed.keys += 1
    if HERE not in table.c:
        changed.gained.add(table.name)
    elif table.c[HERE].nullable:
        changed.filled.add(table.name)
    parts = [*_references(table, changed), *_unique(table, changed)]
    twin = Table(table.name, cut, here, *columns, *parts, postgresql_partition_by=f"HASH ({HERE})")
    for index in table.indexes:
        _index(index, twin, changed)


def _references(table: Table, changed: Changed) -> list[ForeignKeyConstraint]:
    """Those to other rows of projects name the project: a row cannot point into another one."""
    made = []
    for key in table.constraints:
        if not isinstance(key, ForeignKeyConstraint):
            continue
        target, [column] = key.referred_table.name, list(key.columns)
        if target in SHARED:
            made.append(ForeignKeyConstraint([column.name], [f"{target}.id"]))
        else:
            changed.references += 1
            names = [f"{target}.{HERE}", f"{target}.id"]
            made.append(ForeignKeyConstraint([HERE, column.name], names))
    return made


def _unique(table: Table, changed: Changed) -> list[UniqueConstraint]:
    return [
        UniqueConstraint(*_named(table, [column.name for column in rule.columns], changed))
        for rule in table.constraints
        if isinstance(rule, UniqueConstraint)
    ]


def _index(index: Index, twin: Table, changed: Changed) -> None:
    columns = list(index.columns.keys())
    if index.unique:
        columns = _named(index.table, columns, changed)
    elif len(columns) != len(index.expressions):
        return
    where = index.dialect_options["postgresql"].get("where")
    Index(
        index.name, *(twin.c[name] for name in columns), unique=index.unique, postgresql_where=where
    )


def _named(table: Table, names: list[str], changed: Changed) -> list[str]:
    """Unique columns with the project among them; notes whether that makes them weaker."""
    said = f"{table.name}({', '.join(names)})"
    targets = {key.parent.name for key in table.foreign_keys if key.column.table.name not in SHARED}
    if HERE in names:
        changed.unique["as they are"].add(said)
        return names
    kind = "as strong" if targets & set(names) else "weaker"
    changed.unique[kind].add(said)
    return [HERE, *names]


def part_of(table: str, number: int) -> str:
    return f"{table}_part_{number}"


def statements() -> list[str]:
    """What cuts the tables, once they are made."""
    cut, _changed = twins()
    return [
        f'CREATE TABLE {part_of(table.name, number)} PARTITION OF "{table.name}"'
        f" FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {number})"
        for table in cut.sorted_tables
        if table.name not in SHARED
        for number in range(PARTS)
    ]


if __name__ == "__main__":
    _twins, _changed = twins()
    print(  # noqa: T201 - to be read
        f"{_changed.keys} tables are cut, {len(_changed.gained)} gain the column,"
        f" {_changed.references} references name the project; unique rules:",
        {kind: len(rules) for kind, rules in _changed.unique.items()},
    )
