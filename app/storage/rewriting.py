"""Changing tables that are there, in a migration: columns, rules and words that are gained or lost.

SQLite can change little of a table. Alembic's own way round that reads the table and writes it
anew, and loses CHECKs and indexes over expressions; here the statement that made the table is
changed, so that everything that is not named stays as it was.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

# A column's parts as a step writes them, and the value of rows that are there.
Gain = tuple[Sequence["sa.Column[Any]"], str]
# A rule's name and what it says.
Rule = tuple[str, str]
Lines = list[str]


def is_sqlite() -> bool:
    """Whether the step runs on a file of SQLite."""
    return op.get_bind().dialect.name == "sqlite"


def _rule_name(table_name: str, rule: str) -> str:
    return f"ck_{table_name}_{rule}"


def _key_name(table_name: str, column: "sa.Column[Any]") -> str:
    [key] = column.foreign_keys
    return f"fk_{table_name}_{column.name}_{key.target_fullname.split('.')[0]}"


def grow(name: str, columns: Sequence[Gain], rules: Sequence[Rule] = ()) -> None:
    """Add columns and rules; SQLite can only do so by writing the table anew."""
    if is_sqlite():
        dialect = op.get_bind().dialect
        lines = [_line(dialect, column) for part, _value in columns for column in part]
        keys = [_key(name, c) for part, _value in columns for c in part if c.foreign_keys]
        checks = [f"CONSTRAINT {_rule_name(name, rule)} CHECK ({said})" for rule, said in rules]
        filled = {c.name: value for part, value in columns for c in part}
        _rewrite(name, lambda old: _with(old, lines, [*keys, *checks]), filled)
        return
    _add_columns(name, columns)
    for rule, said in rules:
        op.create_check_constraint(op.f(_rule_name(name, rule)), name, said)


def _add_columns(name: str, columns: Sequence[Gain]) -> None:
    """The values of all of them are written at once: each time, every row is written anew."""
    gained = [column for part, _value in columns for column in part]
    for column in gained:
        op.add_column(name, sa.Column(column.name, column.type, nullable=True))
    filled = [
        f"{op.get_bind().dialect.identifier_preparer.quote(column.name)} = {value}"
        for part, value in columns
        for column in part
        if not column.nullable
    ]
    if filled:
        op.execute(f"UPDATE {name} SET {', '.join(filled)}")  # noqa: S608 - names of a step
    for column in gained:
        if not column.nullable:
            op.alter_column(name, column.name, nullable=False)
        for key in column.foreign_keys:
            target = key.target_fullname.split(".")[0]
            title = op.f(_key_name(name, column))
            op.create_foreign_key(title, name, target, [column.name], ["id"], ondelete="RESTRICT")


def expand(name: str, columns: Sequence[Gain], rules: Sequence[Rule] = ()) -> None:
    """Add columns, each with one value for all rows, and rules to a table of many rows.

    On PostgreSQL no row is written, and rows that are there are looked at while the desk works.
    """
    if is_sqlite():
        grow(name, columns, rules)
        return
    for part, value in columns:
        for column in part:
            _add_column(name, column, value)
    for rule, said in rules:
        rule_name = op.f(_rule_name(name, rule))
        op.drop_constraint(rule_name, name, if_exists=True)
        op.create_check_constraint(rule_name, name, said, postgresql_not_valid=True)
    keys = [_key_name(name, c) for part, _value in columns for c in part if c.foreign_keys]
    with beside_work():
        for title in [*keys, *(_rule_name(name, rule) for rule, _said in rules)]:
            op.execute(f"ALTER TABLE {name} VALIDATE CONSTRAINT {title}")


def _add_column(name: str, column: "sa.Column[Any]", value: str) -> None:
    usual = None if column.nullable else sa.text(value)
    kind, may_be_empty = column.type, column.nullable
    plain = sa.Column(column.name, kind, nullable=may_be_empty, server_default=usual)
    op.add_column(name, plain, if_not_exists=True)
    if usual is not None:
        op.alter_column(name, column.name, server_default=None)
    for key in column.foreign_keys:
        target, title = key.target_fullname.split(".")[0], op.f(_key_name(name, column))
        op.drop_constraint(title, name, if_exists=True)
        op.create_foreign_key(
            title,
            name,
            target,
            [column.name],
            ["id"],
            ondelete="RESTRICT",
            postgresql_not_valid=True,
        )


def add_index(
    name: str,
    table: str,
    parts: Sequence["str | sa.TextClause"],
    *,
    unique: bool = False,
    where: str | None = None,
) -> None:
    """Add an index to a table of many rows; on PostgreSQL while the desk writes into it."""
    only = None if where is None else sa.text(where)
    if is_sqlite():
        op.create_index(op.f(name), table, list(parts), unique=unique, sqlite_where=only)
        return
    with beside_work():
        # One that broke off half-way is still there, and good for nothing.
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        op.create_index(
            op.f(name),
            table,
            list(parts),
            unique=unique,
            postgresql_where=only,
            postgresql_concurrently=True,
        )


def drop_index(name: str, table: str) -> None:
    """Take an index of a table of many rows away; on PostgreSQL while the desk works."""
    if is_sqlite():
        op.drop_index(op.f(name), table)
        return
    with beside_work():
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


def look_again(table: str) -> None:
    """Have SQLite count anew what indexes of a table hold, if it ever did: of new ones it knows nothing."""
    if is_sqlite() and sa.inspect(op.get_bind()).has_table("sqlite_stat1"):
        op.execute("PRAGMA analysis_limit=1000")
        op.execute(f"ANALYZE {table}")


@contextmanager
def beside_work() -> Iterator[None]:
    """On PostgreSQL end the step's transaction, and do something while the desk works.

    A step that breaks off in here is made again from its beginning, so all of it can be made twice.
    """
    with op.get_context().autocommit_block():
        # What waits for transactions that are under way keeps nobody else waiting.
        op.execute("SET lock_timeout = 0")
        yield
        op.execute("RESET lock_timeout")


def shrink(name: str, columns: Sequence[str], rules: Sequence[Rule] = ()) -> None:
    """Take columns and rules away again; for the tests alone."""
    gone = {*columns, *(_rule_name(name, rule) for rule, _said in rules)}
    if is_sqlite():
        _rewrite(name, lambda old: _without(old, gone), {})
        return
    for rule, _said in rules:
        op.drop_constraint(op.f(_rule_name(name, rule)), name)
    for column in columns:
        op.drop_column(name, column)


def replace_rule(name: str, rule: str, before: str, after: str) -> None:
    """Let a rule say something else."""
    if is_sqlite():
        _rewrite(name, lambda old: [line.replace(before, after) for line in old], {})
        return
    op.drop_constraint(op.f(_rule_name(name, rule)), name)
    op.create_check_constraint(op.f(_rule_name(name, rule)), name, after)


def _line(dialect: sa.Dialect, column: "sa.Column[Any]") -> str:
    kind = column.type.compile(dialect=dialect)
    name = dialect.identifier_preparer.quote(column.name)
    return f"{name} {kind}" + ("" if column.nullable else " NOT NULL")


def _key(name: str, column: "sa.Column[Any]") -> str:
    [key] = column.foreign_keys
    target = key.target_fullname.split(".")[0]
    return (
        f"CONSTRAINT {_key_name(name, column)} FOREIGN KEY({column.name})"
        f" REFERENCES {target} (id) ON DELETE RESTRICT"
    )


def _with(lines: Lines, columns: Lines, rules: Lines) -> Lines:
    """The lines of a table with more of them: columns stand before rules."""
    first = next(n for n, line in enumerate(lines) if line.startswith("CONSTRAINT"))
    return [*lines[:first], *columns, *lines[first:], *rules]


def _without(lines: Lines, gone: set[str]) -> Lines:
    """The lines of a table but those of some columns, their keys, and some rules."""
    keys = tuple(f"FOREIGN KEY({name})" for name in gone)
    return [
        line
        for line in lines
        if not any(key in line for key in keys)
        and line.split(" ")[1 if line.startswith("CONSTRAINT") else 0].strip('"') not in gone
    ]


def _rewrite(name: str, change: Callable[[Lines], Lines], filled: Mapping[str, str]) -> None:
    """Write a table of SQLite anew, its lines changed, its rows, indexes and triggers kept."""
    connection = op.get_bind()
    # Triggers of other tables that name this one are left as they are, and are whole again after it.
    connection.exec_driver_sql("PRAGMA legacy_alter_table=ON")
    rows = connection.exec_driver_sql(
        "SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL", (name,)
    ).all()
    [sql] = [text for kind, text in rows if kind == "table"]
    body = sql[sql.index("(") + 1 : sql.rindex(")")]
    lines = change([line.strip() for line in re.split(r",\s*\n", body)])
    joined = ", \n\t".join(lines)
    connection.exec_driver_sql(f"CREATE TABLE {name}_anew (\n\t{joined}\n)")
    kept = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({name}_anew)")]
    values = ", ".join(filled.get(column, f'"{column}"') for column in kept)
    into = ", ".join(f'"{column}"' for column in kept)
    moved = f"INSERT INTO {name}_anew ({into}) SELECT {values} FROM {name}"  # noqa: S608 - of a step
    connection.exec_driver_sql(moved)
    connection.exec_driver_sql(f"DROP TABLE {name}")
    connection.exec_driver_sql(f"ALTER TABLE {name}_anew RENAME TO {name}")
    for kind, text in rows:
        if kind in {"index", "trigger"}:
            connection.exec_driver_sql(text)
    connection.exec_driver_sql("PRAGMA legacy_alter_table=OFF")
