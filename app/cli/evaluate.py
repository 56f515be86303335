"""``assay evaluate``: scorers side by side on what people marked, with the controls beside them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from app.cli import asking, files, opening, tables
from app.cli.progress import watched
from app.domain.actors import CONSOLE
from app.domain.errors import Invalid
from app.domain.lessons import SHIPPED
from app.extraction.checkworthy.weights import shipped, weights_from
from app.extraction.evaluation import (
    Scorer,
    Table,
    article_table,
    most_wrong,
    scorer_of,
    scorer_with,
    sentence_table,
)
from app.extraction.labelled import LabelledSet, read_set
from app.extraction.registry import BUILT_IN

Item = TypeVar("Item")
SEED = 0
LARGEST_WEIGHT = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was asked for beside the files."""

    scorers: tuple[Scorer, ...]
    worst: int
    seed: int


@click.command()
@click.argument("paths", metavar="FILE…", type=click.Path(path_type=Path), nargs=-1)
@click.option(
    "--project", "slug", help="On what this project picked and dropped, without any FILE."
)
@click.option("--extractor", "extractors", multiple=True, help="One to measure; repeatable.")
@click.option(
    "--weights",
    multiple=True,
    help="The grammar with a file of weights, or with “shipped”; repeatable.",
)
@click.option("--worst", type=click.IntRange(min=0), default=0, help="So many most wrong scores.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="For what is drawn by lot.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A table to read, or one JSON object.",
)
def evaluate(
    *,
    paths: Sequence[Path],
    slug: str | None,
    extractors: Sequence[str],
    weights: Sequence[str],
    worst: int,
    seed: int,
    shape: str,
) -> None:
    """Measure scorers on marked articles and sentences.

    FILE is a .gold.json with its text beside it, a folder of them, or labelled sentences (.tsv,
    .csv, .jsonl). Scorers are extractors and weights; without any, what comes with Assay. The
    first one is what the others are compared with.
    """
    if bool(paths) == (slug is not None):
        raise click.UsageError("Name files, or a project with --project.")
    if slug is not None and (extractors or weights or worst):
        raise click.UsageError("With --project the weights of the desk are measured, nothing else.")
    asked = Asked(_scorers(extractors, weights), worst, seed)
    measured = _of_picks(slug) if slug is not None else _measured(_together(paths), asked)
    if shape == "json":
        click.echo(json.dumps(measured, ensure_ascii=False))
        return
    click.echo("\n\n".join(tables.blocks(measured)))


def _together(paths: Sequence[Path]) -> LabelledSet:
    """All that the paths hold as one set."""
    sets = [read_set(path) for path in paths]
    return LabelledSet(
        tuple(article for one in sets for article in one.articles),
        tuple(sentence for one in sets for sentence in one.sentences),
        only_measures=True,
    )


def _scorers(extractors: Sequence[str], weights: Sequence[str]) -> tuple[Scorer, ...]:
    """What is to be measured, each once and under its own name."""
    purse = asking.Purse()
    made = [scorer_of(name, partial(asking.named, name, purse=purse)) for name in extractors]
    made += [_with_weights(one) for one in weights]
    return tuple({scorer.name: scorer for scorer in made or [scorer_of(BUILT_IN)]}.values())


def _with_weights(given: str) -> Scorer:
    if given == SHIPPED:
        return scorer_with(shipped(), name=SHIPPED)
    try:
        plain = json.loads(files.read_bytes(Path(given)))
        found = weights_from(plain, name=given)
        numbers = [found.base, found.listed_from, *found.signals.values(), *found.words.values()]
        if not all(_is_weight(number) for number in numbers):
            raise Invalid("weights.file", path=given)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Invalid("weights.file", path=given) from error
    return scorer_with(found, name=given)


def _is_weight(number: object) -> bool:
    """Whether it can be a weight: a number whose odds can be told."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        return False
    return abs(number) <= LARGEST_WEIGHT


def _measured(labelled: LabelledSet, asked: Asked) -> dict[str, Any]:
    """Everything that was measured, as plain data."""
    found: dict[str, Any] = {}
    if labelled.articles:
        table = article_table(labelled.articles, asked.scorers, seed=asked.seed, watch=_watch)
        found["articles"] = _plain(table)
    if labelled.sentences:
        table = sentence_table(labelled.sentences, asked.scorers, seed=asked.seed, watch=_watch)
        found["sentences"] = _plain(table)
    if asked.worst:
        found["worst"] = dict(_worst(labelled, asked))
    return found


def _of_picks(slug: str) -> dict[str, Any]:
    """How what a project picked and dropped is ranked."""
    from app.storage import projects  # noqa: PLC0415 - files need no database
    from app.workflow.compared import compared  # noqa: PLC0415 - files need no database
    from app.workflow.learning import lessons  # noqa: PLC0415 - files need no database

    with opening.open_database() as database, database.reading() as session:
        taught = lessons(session, CONSOLE, projects.by_slug(session, CONSOLE, slug).id)
    return {"picks": _plain(compared(taught))}


def _worst(labelled: LabelledSet, asked: Asked) -> Iterator[tuple[str, dict[str, Any]]]:
    for scorer in asked.scorers:
        high, low = most_wrong(labelled, scorer, asked.worst)
        yield (
            scorer.name,
            {"high": [asdict(one) for one in high], "low": [asdict(one) for one in low]},
        )


def _watch(items: Sequence[Item]) -> Iterable[Item]:
    return watched(items, label="Measuring", total=len(items))


def _plain(table: Table) -> dict[str, Any]:
    plain = asdict(table)
    return {"counts": plain["counts"], "figures": plain["columns"], "above": plain["differences"]}
