"""Lanes: kinds of jobs that wait for others outside do not hold up the rest."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lane:
    """Some kinds of jobs and how many of them are done at once.

    Attributes:
        only: the kinds; none for all but ``but``.
        but: kinds that other lanes do.
    """

    name: str
    most: int = 1
    only: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()

    def takes(self, kind: str) -> bool:
        """Whether jobs of this kind are done here."""
        return kind in self.only if self.only else kind not in self.but

    def waiting(self, due: Mapping[str, int]) -> int:
        """How many of the jobs that are due would be done here."""
        return sum(number for kind, number in due.items() if self.takes(kind))


# Pages come from many hosts; each host is asked by one at a time, which fetching sees to.
PAGES = Lane("pages", most=4, only=frozenset({"copy.fetch", "intake.fetch"}))
# A service that reads texts may take minutes for one.
EXTRACTORS = Lane("extractors", only=frozenset({"extraction.run"}))
# Many quotes in a very long text take seconds, for which no mail waits.
QUOTES = Lane("quotes", only=frozenset({"copy.match"}))
REST = Lane("rest", but=PAGES.only | EXTRACTORS.only | QUOTES.only)
LANES = (PAGES, EXTRACTORS, QUOTES, REST)
EVERYTHING = Lane("everything")
