"""Second names for tables are whole before the first thread uses them."""

import importlib
import pkgutil
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.util import AliasedClass
from sqlmodel import col, select

import app.storage
import app.workflow
from app.storage.aliases import alias_of
from app.storage.tables import Interest, Review


def aliases():
    for room in (app.storage, app.workflow):
        for found in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                if isinstance(value, AliasedClass):
                    yield pytest.param(value, id=f"{found.name}.{name}")


@pytest.mark.parametrize("alias", list(aliases()))
def test_a_name_that_is_kept_was_worked_out_when_it_was_made(alias):
    columns = {column.key for column in inspect(alias).mapper.column_attrs}
    assert columns <= vars(alias).keys() | vars(alias).get("_left_out", set())


def test_every_column_is_that_of_the_second_name():
    alias = alias_of(Interest)
    for column in inspect(Interest).mapper.column_attrs:
        table = getattr(alias, column.key).expression.table
        assert table is inspect(alias).selectable


def test_a_name_with_some_columns_has_those_alone():
    alias = alias_of(Review, "id", "state")
    assert inspect(alias).selectable.c.keys() == ["id", "state"]
    assert {getattr(alias, name).expression.table for name in ("id", "state")} == {
        inspect(alias).selectable
    }
    for name in ("slot", "reviewer_id", "nothing"):
        with pytest.raises(AttributeError):
            getattr(alias, name)


def test_a_name_with_some_columns_asks_as_one_with_all():
    some, whole = alias_of(Review, "claim_id", "lease_until"), alias_of(Review)
    for database in (postgresql.dialect(), sqlite.dialect()):
        asked = {
            str(
                select(name.lease_until, col(Review.id))
                .join(name, col(name.claim_id) == col(Review.claim_id))
                .where(col(name.lease_until) < datetime(2026, 1, 2, tzinfo=UTC))
                .compile(dialect=database)
            )
            for name in (some, whole)
        }
        assert len(asked) == 1
    assert type(some.lease_until.type) is type(whole.lease_until.type)


def test_a_column_that_is_not_there_cannot_be_named():
    with pytest.raises(KeyError):
        alias_of(Review, "id", "nothing")


@pytest.mark.parametrize("names", [(), ("state", "slot", "claim_id", "lease_until")])
def test_threads_that_use_it_first_at_the_same_moment_ask_of_its_rows(request, names):
    request.addfinalizer(partial(sys.setswitchinterval, sys.getswitchinterval()))
    sys.setswitchinterval(1e-6)
    columns = ("state", "slot", "claim_id", "lease_until")
    with ThreadPoolExecutor(4) as pool:
        for _ in range(40):
            alias, together = alias_of(Review, *names), Barrier(4)

            def tables(_n, alias=alias, together=together):
                together.wait()
                return {getattr(alias, name).__clause_element__().table for name in columns}

            assert set().union(*pool.map(tables, range(4))) == {inspect(alias).selectable}
