"""Second names for tables are whole before the first thread uses them."""

import importlib
import pkgutil
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import inspect
from sqlalchemy.orm.util import AliasedClass

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
    assert columns <= vars(alias).keys()


def test_every_column_is_that_of_the_second_name():
    alias = alias_of(Interest)
    for column in inspect(Interest).mapper.column_attrs:
        table = getattr(alias, column.key).expression.table
        assert table is inspect(alias).selectable


def test_threads_that_use_it_first_at_the_same_moment_ask_of_its_rows(request):
    request.addfinalizer(partial(sys.setswitchinterval, sys.getswitchinterval()))
    sys.setswitchinterval(1e-6)
    columns = ("state", "slot", "claim_id", "lease_until")
    with ThreadPoolExecutor(4) as pool:
        for _ in range(40):
            alias, together = alias_of(Review), Barrier(4)

            def tables(_n, alias=alias, together=together):
                together.wait()
                return {getattr(alias, name).__clause_element__().table for name in columns}

            assert set().union(*pool.map(tables, range(4))) == {inspect(alias).selectable}
