"""What is to be reached, beside what the best of three other programs reaches on the same machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.load.plots import number

Parts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the table: what must be reached, what we aim at, and where it is read off."""

    name: str
    peer: str
    must: float | None
    aim: float
    unit: str
    read: Callable[[Parts], float]
    more_is_better: bool = False

    def reached(self, parts: Parts) -> float | None:
        """The figure of this run; None where it was not measured."""
        try:
            return self.read(parts)
        except (KeyError, IndexError, ZeroDivisionError, ValueError):
            return None

    def line(self, parts: Parts) -> str:
        """Its line in the table."""
        value, sign = self.reached(parts), "≥" if self.more_is_better else "≤"
        limits = " | ".join(
            "state it" if limit is None else f"{sign} {number(limit)} {self.unit}".strip()
            for limit in (self.must, self.aim)
        )
        if value is None:
            return f"| {self.name} | {self.peer} | {limits} | not measured | – |"
        said = "aim" if self._holds(value, self.aim) else "must"
        said = said if self._holds(value, self.must) else "**missed**"
        told = f"{number(value)} {self.unit}".strip()
        return f"| {self.name} | {self.peer} | {limits} | {told} | {said} |"

    def _holds(self, value: float, limit: float | None) -> bool:
        if limit is None:
            return True
        return value >= limit if self.more_is_better else value <= limit


def sizes_of(figures: Mapping[str, Any]) -> list[str]:
    """The sizes among the keys of a part, small ones first."""
    return sorted((key for key in figures if key.isdecimal()), key=int)


def _growth(parts: Parts) -> float:
    figures = parts["sizes"]
    sizes = sizes_of(figures)
    return figures[sizes[-1]]["page"]["p95"] / figures[sizes[0]]["page"]["p95"]


def _slowest(names: Callable[[str], bool]) -> Callable[[Parts], float]:
    """The slowest page at the largest size, first or deep."""

    def read(parts: Parts) -> float:
        pages = parts["pages"]
        size = sizes_of(pages["floor"])[-1]
        return max(
            places[place][size]["p95"]
            for name, places in pages.items()
            if name != "floor" and names(name)
            for place in places
            if size in places[place]
        )

    return read


def is_of_leads(name: str) -> bool:
    return name in {"agreement", "the lead's page"}


def _largest(part: str, *keys: str) -> Callable[[Parts], float]:
    def read(parts: Parts) -> float:
        found = parts[part][sizes_of(parts[part])[-1]]
        for key in keys:
            found = found[key]
        return float(found)

    return read


def _wrong(parts: Parts) -> float:
    pair = parts["pair"]
    return (
        sum(pair["wrong"].values()) + pair["8 reviewers"]["errors"] + pair["64 reviewers"]["errors"]
    )


GOALS = (
    Goal(
        "server CPU, next + submit pair", "57 ms", 8, 4, "ms", lambda p: p["pair"]["alone"]["cpu"]
    ),
    Goal(
        *("8 reviewers, pairs a second, SQLite", "17", 150, 300, "/s"),
        lambda p: p["pair"]["8 reviewers"]["a second"],
        more_is_better=True,
    ),
    Goal(
        "… p95 of a pair",
        "640 ms",
        150,
        75,
        "ms",
        lambda p: p["pair"]["8 reviewers"]["pair"]["p95"],
    ),
    Goal("… errors, doubles and wrong counts, of 8 and of 64", "11–14 doubles", 0, 0, "", _wrong),
    Goal("next claim, p95 at the largest size over the smallest", "× 3.2", 1.5, 1.1, "×", _growth),
    Goal(
        *(
            "slowest list, first or deep, p95 at the largest size",
            "699 ms at 100,000",
            60,
            20,
            "ms",
        ),
        _slowest(lambda name: not is_of_leads(name)),
    ),
    Goal(
        *("verdicts.csv, rows a second over the bare loop", "–", 0.4, 0.8, "×"),
        _largest("leaving", "verdicts.csv", "ratio of times"),
        more_is_better=True,
    ),
    Goal("… first byte", "–", 1, 0.2, "s", _largest("leaving", "first byte")),
    Goal("… memory growth", "–", 40, 15, "MB", _largest("leaving", "verdicts.csv", "memory")),
    Goal(
        *("import, claims a second over the bare `executemany`", "–", 0.25, 0.5, "×"),
        _largest("coming", "ratio of times"),
        more_is_better=True,
    ),
    Goal("… memory growth", "600 MB and more", 80, 40, "MB", _largest("coming", "memory")),
    Goal("… longest wait of another writer", "–", 50, 25, "ms", _largest("coming", "longest wait")),
    Goal(
        "agreement and lead's page, p95 at the largest size",
        "–",
        300,
        50,
        "ms",
        _slowest(is_of_leads),
    ),
    Goal(
        "idle memory, PSS of all processes",
        "178 MB",
        150,
        110,
        "MB",
        lambda p: p["machine"]["idle memory"],
    ),
    Goal(
        *("review page, first load on the wire", "730 KB", 40, 25, "KB"),
        lambda p: p["machine"]["wire"]["first"] / 1000,
    ),
    Goal(
        "… each further claim",
        "38 KB",
        12,
        6,
        "KB",
        lambda p: p["machine"]["wire"]["further"] / 1000,
    ),
    Goal(
        *("clone to the first page, packages cached", "84 + 36 s", 60, 30, "s"),
        lambda p: min(p["machine"]["clone"]),
    ),
    Goal(
        "warm start to the first page", "3.4 s", 2, 0.8, "s", lambda p: min(p["machine"]["start"])
    ),
    Goal(
        *("SQLite file, a claim with 3 checks and 4 uses of sources", "–", None, 4096, "bytes"),
        lambda p: p["machine"]["file"][sizes_of(p["machine"]["file"])[-1]]["bytes a claim"],
    ),
)
