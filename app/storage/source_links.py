"""How the address of a source is spelled for somebody.

A source keeps the spelling of whoever linked its page first. Where they came from may stand in it,
and that they came at all: so it is theirs, and everybody else reads the page's plain link.
"""

from functools import lru_cache

from app.domain.links import plain_link
from app.storage.tables import Source

# As many addresses are kept in mind: the checks of a claim mostly use the same sources.
ADDRESSES = 1_024
_plain_link = lru_cache(ADDRESSES)(plain_link)


def link_for(source: Source, person_id: int | None) -> str | None:
    """The address of a source for one person, or in a check of theirs; None where it has none."""
    return spelled_for(source.url, source.created_by_id, person_id)


def spelled_for(url: str | None, linked_by: int | None, person_id: int | None) -> str | None:
    """The same of an address and who linked it first."""
    if url is None or (person_id is not None and linked_by == person_id):
        return url
    return _plain_link(url)
