"""``assay train``: the weights of check-worthiness, made from labelled sets by the recipe."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from app.cli import files
from app.cli.learning import learn_for
from app.cli.progress import watched
from app.domain.errors import Invalid, Refused
from app.extraction.checkworthy import recipe
from app.extraction.checkworthy.training import SEED, Trained, trained
from app.extraction.checkworthy.weights import SHIPPED_FILE
from app.extraction.labelled import read_set
from app.extraction.labelled.sets import LICENCES
from app.extraction.labelled.told import Piece

ROOT = Path(__file__).parents[2]


class NamedPath(click.ParamType[tuple[str, Path]]):
    """A set and where it is: ``newssd-eng=data/newssd-eng``."""

    name = "NAME=PATH"

    def convert(
        self,
        value: str | tuple[str, Path],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, Path]:
        """The name and the path."""
        if isinstance(value, tuple):
            return value
        name, _, path = value.partition("=")
        if not name or not path:
            self.fail(f"{value!r} is not NAME=PATH", param, ctx)
        return name, Path(path)


@click.command()
@click.option(
    "--data", "named", type=NamedPath(), multiple=True, help="One more labelled set; repeatable."
)
@click.option("--out", type=click.Path(path_type=Path), help="Write here, not into the package.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="For what is drawn by lot.")
@click.option(
    "--check", is_flag=True, help="Write nothing; say whether the file is what they give."
)
@click.option("--project", "slug", metavar="SLUG", help="Learn from the picks of this project.")
@click.option("--use", is_flag=True, help="With --project: use what was learned from now on.")
def train(*, slug: str | None, use: bool, **asked: Any) -> None:  # noqa: ANN401 - as click hands them over
    """Make the weights that come with Assay from the labelled sets of this checkout.

    The same sets and seed give the same file. Which sets may train is written beside each
    (docs/check-worthiness.md, "Training"). With --project it learns from what a project picked and
    dropped instead, and says how much better that sorts ("Learning from a desk").
    """
    if slug is None and use:
        raise click.UsageError("--use goes with --project.")
    if slug is None:
        _train_shipped(**asked)
        return
    if asked["named"] or asked["out"] or asked["check"]:
        raise click.UsageError("--project goes with --use alone.")
    learn_for(slug, use=use)


def _train_shipped(
    *, named: Sequence[tuple[str, Path]], out: Path | None, seed: int, check: bool
) -> None:
    places = _places(named)
    if not check and out is None:
        _ask_for_licences(places)
    made = trained({name: read_set(path) for name, path in places.items()}, seed=seed, watch=_watch)
    target = out or SHIPPED_FILE
    if check:
        _compare(made, target)
        click.echo(f"{target.name} is what the data give.")
        return
    _write(target, made)
    click.echo(_summary(made, target))


def _places(named: Sequence[tuple[str, Path]]) -> Mapping[str, Path]:
    """Where each set is: those of the checkout, and those that were named, each by its own name."""
    names = [name for name, _path in named]
    if len(set(names)) < len(names) or recipe.OWN.keys() & set(names):
        taken = ", ".join(recipe.OWN)
        raise click.UsageError(f"Each set needs a name of its own; {taken} are the checkout's.")
    own = {name: ROOT / folder for name, folder in recipe.OWN.items()}
    places = {name: path for name, path in own.items() if path.is_dir()} | dict(named)
    if not places:
        raise Refused("train.no-data")
    return places


def _ask_for_licences(places: Mapping[str, Path]) -> None:
    for name in places:
        if name not in LICENCES:
            raise Invalid("train.licence", name=name)


def _watch(pieces: Sequence[Piece]) -> Iterable[Piece]:
    return watched(pieces, label="Reading", total=len(pieces))


def _compare(made: Trained, target: Path) -> None:
    """Go on only where the file has these very bytes.

    Raises:
        Refused: it was made from other sets, or has other numbers.
    """
    text = files.read_bytes(target).decode("utf-8", errors="replace")
    if text == made.as_text():
        return
    try:
        names = [one["name"] for one in json.loads(text)["made_from"]["sets"]]
    except (ValueError, KeyError, TypeError):
        names = []
    if names and names != [one["name"] for one in made.made_from["sets"]]:
        raise Refused("train.other-sets", path=target.name, sets=", ".join(names))
    raise Refused("train.differs", path=target.name)


def _write(target: Path, made: Trained) -> None:
    try:
        target.write_text(made.as_text(), encoding="utf-8", newline="\n")
    except OSError as error:
        raise Refused("file.unwritable", path=target, reason=error.strerror) from error


def _summary(made: Trained, target: Path) -> str:
    weights, statements = made.weights, sum(one["examples"] for one in made.made_from["sets"])
    return (
        f"{target}: {len(weights.signals)} signals and {len(weights.words):,} words, learned from "
        f"{statements:,} statements; suggested from {weights.listed_from}."
    )
