"""``docs/performance.md`` and its plots out of the figures of a run: ``python -m tests.load.report``.

What is written by hand stands in ``docs/performance-notes.md`` and follows the figures as it is.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.load import peers, plots
from tests.load.goals import GOALS, Parts, sizes_of
from tests.load.plots import number

DOCS = Path(__file__).parents[2] / "docs"
KEPT, PAGE, NOTES = "performance.json", "performance.md", "performance-notes.md"
TITLES = {
    "machine": "The desk at rest, and bytes",
    "pair": "A claim read and checked",
    "postgresql": "… with PostgreSQL",
    "sizes": "As the work grows",
    "pages": "Pages",
    "leaving": "Files that leave",
    "coming": "Claims that come in",
}


def write(folder: Path) -> Path:
    """Write the document and its plots; where it is."""
    kept = json.loads((folder / KEPT).read_text())
    parts = {name: part["figures"] for name, part in kept["parts"].items() if "figures" in part}
    images = folder / "images"
    images.mkdir(exist_ok=True)
    for name, plot in plots_of(parts):
        (images / f"performance-{name}.svg").write_text(plot)
    blocks = [_head(kept), _goals(parts)]
    for name, title in TITLES.items():
        if name in parts:
            lines = list(SECTIONS[name](parts[name]))
            lines += ["", peers.BESIDE[name]] if name in peers.BESIDE else []
            blocks.append(f"## {title}\n\n" + "\n".join(lines))
    notes = folder / NOTES
    blocks += [notes.read_text().strip()] if notes.exists() else []
    page = folder / PAGE
    page.write_text("\n\n".join(blocks) + "\n")
    return page


def _head(kept: Mapping[str, Any]) -> str:
    missing = [TITLES[name] for name in TITLES if "figures" not in kept["parts"].get(name, {})]
    failed = [
        f"{TITLES[name]}: {part['failed']}"
        for name, part in kept["parts"].items()
        if "failed" in part
    ]
    told = [
        "# How fast the desk is, and how large it may grow",
        "",
        "`make bench` measures all of this in one run and writes this page; `python -m tests.load.report`",
        "writes it anew from the figures that were kept (performance.json). Compare ratios with a floor",
        "of the same run, and processor time, rather than times on the clock.",
        "",
        _where(kept),
    ]
    told += ["", "A brief run: a tenth of the rounds."] if kept["brief"] else []
    missing += list(_too_large(kept))
    told += ["", f"**Not measured**: {'; '.join(missing)}."] if missing else []
    told += [f"{line}." for line in failed]
    return "\n".join(told)


def _too_large(kept: Mapping[str, Any]) -> Iterator[str]:
    """Parts for whose larger sizes there was no time left."""
    for name in ("leaving", "coming"):
        figures = kept["parts"].get(name, {}).get("figures")
        if figures is not None:
            left = [f"{size:,}" for size in kept["sizes"] if str(size) not in figures]
            if left:
                yield f"{TITLES[name]} at {' and '.join(left)} claims"


def _where(kept: Mapping[str, Any]) -> str:
    on = kept["machine"]
    days = sorted(part["at"] for part in kept["parts"].values() if "at" in part) or ["never"]
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    sizes = ", ".join(f"{size:,}" for size in kept["sizes"])
    return (
        f"Measured {when}, on {on['cores']} cores ({on['processor']}), Python {on['python']}, load"
        f" {on['load']:.1f}\nat the end; projects of {sizes} claims."
    )


def _goals(parts: Parts) -> str:
    lines = [
        "## What is to be reached",
        "",
        "The best of three other programs (Label Studio 1.23, doccano 1.8, Potato 2.12), each as it is",
        "started by its handbook on a machine of the same kind, at 10,000 to 100,000 claims.",
        "",
        "| | best peer | must | aim | here | reached |",
        "|---|---|---|---|---|---|",
        *(goal.line(parts) for goal in GOALS),
    ]
    return "\n".join(lines)


def table(heads: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> Iterator[str]:
    """A Markdown table; figures with as many places as they are worth."""
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        cells = (number(cell) if isinstance(cell, float) else str(cell) for cell in row)
        yield "| " + " | ".join(cells) + " |"
    yield ""


PAIR_HEADS = (
    *("pairs/s", "server CPU, ms", "p50, ms", "p95", "p99", "page p95", "press p95"),
    "errors",
)


def _pair_figures(one: Mapping[str, Any]) -> tuple[object, ...]:
    return (
        *(float(one["a second"]), float(one["cpu"])),
        *(float(one["pair"][p]) for p in ("p50", "p95", "p99")),
        *(float(one[kind]["p95"]) for kind in ("page", "press")),
        one["errors"],
    )


def _pair(part: Parts) -> Iterator[str]:
    yield (
        f"At {part['claims']:,} claims, over the server as `make run` starts it (2 workers), by a client"
        " that\ntakes its answers compressed, as a browser does. A pair is the page of a claim and the"
        " check of it that\nis sent and leads to the next. The floor is a bare Flask view under the same"
        " server that reads the\nclaim by its key and writes the rows of a check with `sqlite3` and"
        " `synchronous=FULL`.\n"
    )
    rows = (
        (name, *_pair_figures(one))
        for name, one in part.items()
        if isinstance(one, dict) and "pair" in one
    )
    yield from table(("", *PAIR_HEADS), rows)
    ratio = part["alone"]["cpu"] / max(0.01, part["floor, alone"]["cpu"])
    yield from _rounds_of(part)
    yield f"A pair costs {number(ratio)} times its floor in processor time. Held against the rows afterwards:"
    yield ", ".join(f"{n} {name}" for name, n in part["wrong"].items()) + " (all should be 0).\n"
    yield from ("![Pairs a second](images/performance-together.svg)", "")
    yield "![Server CPU of a pair](images/performance-pair.svg)"


def _rounds_of(part: Parts) -> Iterator[str]:
    """What each round came to, where there were several."""
    runs = {name: one for name, one in part.items() if isinstance(one, dict)}
    told = {name: one["rounds"] for name, one in runs.items() if "rounds" in one}
    if not told:
        return
    yield (
        "Desk and floor took turns, and each row is the quietest of some rounds: what else a machine does"
        " makes a\nround only dearer. All rounds, in ms of processor time a pair (pairs/s):\n"
    )
    for name, rounds in told.items():
        each = (f"{number(one['cpu'])} ({number(one['a second'])})" for one in rounds)
        yield f"- {name}: {', '.join(each)}"
    yield ""


def _postgresql(part: Parts) -> Iterator[str]:
    yield (
        f"The same at {part['claims']:,} claims over a PostgreSQL on the same two cores, with its usual"
        " settings, so\nthat every check that is acknowledged is on the disk. Its own processor time is"
        " told apart.\n"
    )
    rows = (
        (name, *_pair_figures(one), float(one["database cpu"]))
        for name, one in part.items()
        if isinstance(one, dict) and "pair" in one
    )
    yield from table(("", *PAIR_HEADS, "PostgreSQL's CPU, ms"), rows)
    yield ", ".join(f"{n} {name}" for name, n in part["wrong"].items()) + " (all should be 0)."


def _sizes(part: Parts) -> Iterator[str]:
    yield (
        "One person checks at each desk in turn, pair by pair, so that what else goes on hits all alike."
        " Every file was\nread once before, as far as memory goes.\n"
    )
    sizes = sizes_of(part)
    rows = (
        (
            f"{int(size):,}",
            *(float(part[size][kind][p]) for kind in ("page", "press") for p in ("p50", "p95")),
            float(part[size]["cpu"]),
            *((float(part[size]["read"]),) if "read" in part[size] else ("–",)),
        )
        for size in sizes
    )
    heads = (
        "claims",
        "next p50, ms",
        "next p95",
        "submit p50",
        "submit p95",
        "server CPU of a pair, ms",
        "read from the disk for a pair, KB",
    )
    yield from table(heads, rows)
    yield "![Next and submit by size](images/performance-sizes.svg)"


def _pages(part: Parts) -> Iterator[str]:
    sizes = sizes_of(part["floor"])
    floors = ", ".join(f"{number(part['floor'][s]['p50'])} ms at {int(s):,}" for s in sizes)
    yield (
        "Milliseconds on the clock, p95 of two dozen, for an editor who also checks blind (the dearest of"
        " readers);\nagreement and what follows for the lead. *Third* is three pages on, *end* near the end."
        f" The floor, fifty\nclaims by a raw query of their keys: {floors}.\n"
    )
    last = sizes[-1]
    heads = (
        *("page", *(f"first, {int(s):,}" for s in sizes)),
        *(f"third, {int(last):,}", f"end, {int(last):,}", "CPU, ms", "× floor", "KB"),
    )
    yield from table(heads, (_page(part, name, sizes) for name in part if name != "floor"))
    yield from _fresh(part, last)
    yield "![Some pages by size](images/performance-pages.svg)"


def _fresh(part: Parts, size: str) -> Iterator[str]:
    """How long the slowest page took whose rows lay on the disk alone."""
    found = [
        (figures[size]["fresh"], name.lstrip("… "), place)
        for name, places in part.items()
        for place, figures in places.items()
        if place in {"third", "end"} and size in figures
    ]
    if found:
        took, name, place = max(found)
        yield (
            "Each page is asked once before it is timed, since what nobody asked for lies on the disk: of these"
            f"\nfirst readings at {int(size):,} the slowest took {number(took * 1_000)} ms ({name}, {place}).\n"
        )


def _page(part: Parts, name: str, sizes: list[str]) -> tuple[object, ...]:
    places, last = part[name], sizes[-1]

    def p95(place: str, size: str) -> object:
        return places.get(place, {}).get(size, {}).get("p95", "–")

    first = places["first"][last]
    return (
        *(name, *(p95("first", size) for size in sizes), p95("third", last), p95("end", last)),
        *(first["cpu"], first["p50"] / part["floor"][last]["p50"], first["bytes"] / 1000),
    )


# Figures of a file that goes or comes, with the heads of their columns.
BESIDE = {
    "seconds": "s",
    "cpu": "CPU, s",
    "rows a second": "rows/s",
    "floor, rows a second": "floor, rows/s",
    "ratio of times": "ratio",
    "ratio": "ratio of CPU",
    "memory": "memory growth, MB",
    "wait p95": "another writer waits p95, ms",
    "longest wait": "longest",
}


def _leaving(part: Parts) -> Iterator[str]:
    yield (
        "`assay export`; the floor is a loop of `sqlite3` and `csv.writer` over a plain table of the very"
        " rows that\nwere written. In rates and ratios the start of the command is taken off. Meanwhile"
        " somebody else writes.\n"
    )
    rows = (
        (f"{int(size):,}", name, f"{one['rows']:,}", *(float(one[key]) for key in BESIDE))
        for size in sizes_of(part)
        for name, one in part[size].items()
        if isinstance(one, dict)
    )
    yield from table(("claims", "file", "rows", *BESIDE.values()), rows)
    first = ", ".join(f"{number(part[s]['first byte'])} s at {int(s):,}" for s in sizes_of(part))
    yield f"First byte of verdicts.csv from the server: {first}."


def _coming(part: Parts) -> Iterator[str]:
    yield (
        "`assay import` into a new desk: claims with article, publisher, claimant, tags and dates. The"
        " floor is\n`executemany` of the very rows that the import left, every table, in one transaction."
        " Ratios as above.\n"
    )
    rows = (
        (f"{int(size):,}", *(float(part[size][key]) for key in BESIDE)) for size in sizes_of(part)
    )
    yield from table(("claims", *BESIDE.values()), rows)


def _machine(part: Parts) -> Iterator[str]:
    wire, full, normal = part["wire"], part["commits"]["FULL"], part["commits"]["NORMAL"]
    yield f"- Idle, `make run`, all processes (PSS): **{number(part['idle memory'])} MB**."
    starts = ", ".join(f"{one:.2f}" for one in part["start"])
    yield f"- Command to first page: {starts} s warm; {part['first start']:.1f} s with migrations and seed data."
    if "clone" in part:
        clones = ", ".join(f"{one:.0f}" for one in part["clone"])
        yield (
            f"- `git clone` to first page by `make run`: {clones} s, with what pip keeps of packages, with"
            " environment,\n  migrations and seed data."
        )
    yield (
        f"- Review page on the wire, compressed, with headers: {wire['page'] / 1000:.1f} KB and"
        f" {wire['others'] / 1000:.1f} KB of styles and scripts\n  in {wire['requests']} requests; each"
        f" further claim {wire['further'] / 1000:.1f} KB (press and page)."
    )
    yield (
        f"- Small transactions a second: {full:,.0f} with `synchronous=FULL`, which is kept, {normal:,.0f}"
        f" with `NORMAL`:\n  a check that was acknowledged costs {1_000 / full:.1f} ms of waiting for the"
        " disk and is not lost in a power cut."
    )
    for size in sizes_of(part["file"]):
        one = part["file"][size]
        most = ", ".join(f"{name} {number(value)}" for name, value in one["largest"].items())
        told = f" (most: {most})" if most else ""
        yield f"- SQLite file of {int(size):,} claims: {one['bytes a claim']:,.0f} bytes a claim{told}."


SECTIONS = {
    "machine": _machine,
    "pair": _pair,
    "postgresql": _postgresql,
    "sizes": _sizes,
    "pages": _pages,
    "leaving": _leaving,
    "coming": _coming,
}
SHOWN = ("claims, newest first", "to settle", "search: a word that one has", "agreement")


def plots_of(parts: Parts) -> Iterator[tuple[str, str]]:
    """Each plot with its name, of what was measured."""
    if "pair" in parts:
        yield from _bars_of(parts["pair"])
    if "sizes" in parts:
        yield (
            "sizes",
            _by_size(
                "Next claim and submit by number of claims",
                {
                    f"{name}, {p}": {s: one[kind][p] for s, one in parts["sizes"].items()}
                    for name, kind in (("next", "page"), ("submit", "press"))
                    for p in ("p50", "p95")
                },
            ),
        )
    if "pages" in parts:
        firsts = {name: parts["pages"][name]["first"] for name in SHOWN}
        yield (
            "pages",
            _by_size(
                "Pages by number of claims, p50",
                {
                    name: {s: one["p50"] for s, one in first.items()}
                    for name, first in firsts.items()
                },
            ),
        )


def _bars_of(pair: Parts) -> Iterator[tuple[str, str]]:
    together = [
        (f"Assay, {people} reviewers", float(pair[f"{people} reviewers"]["a second"]), True)
        for people in (8, 64)
    ]
    together += [(f"{name}, 8 reviewers", value, False) for name, value in peers.TOGETHER]
    yield "together", plots.bars("Claims read and checked a second", "/s", together)
    cost = [("floor: bare Flask, sqlite3", float(pair["floor, alone"]["cpu"]), False)]
    cost.append(("Assay", float(pair["alone"]["cpu"]), True))
    cost += [(name, value, False) for name, value in peers.CPU]
    yield "pair", plots.bars("Server CPU of one claim read and checked", "ms", cost)


def _by_size(title: str, series: Mapping[str, Mapping[str, float]]) -> str:
    sizes = sizes_of(next(iter(series.values())))
    values = {name: [float(by_size[s]) for s in sizes] for name, by_size in series.items()}
    return plots.lines(title, "ms", [f"{int(s):,}" for s in sizes], values)


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS)}\n")
