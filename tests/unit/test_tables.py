"""Rows as they are made, before any database knows them."""

from sqlalchemy import JSON
from sqlmodel import SQLModel

from app.storage import tables

KINDS = [kind for name in tables.__all__ if issubclass(kind := getattr(tables, name), SQLModel)]


def test_an_empty_list_or_map_belongs_to_one_row_alone():
    """Defaults stand in the tables as values: a maker would be asked anew, for each row, how it is called."""
    seen = 0
    for kind in KINDS:
        one, other = kind(), kind()
        for column in kind.__table__.columns:
            value = getattr(one, column.name)
            if isinstance(column.type, JSON) and value is not None:
                assert value is not getattr(other, column.name), (kind, column.name)
                assert value is not kind.model_fields[column.name].default
                seen += 1
    assert seen
