"""``assay project``: a new body of work."""

import click

from app.cli import opening
from app.domain.actors import CONSOLE
from app.domain.label_presets import DEFAULT_CONTENT, PRESETS
from app.domain.words import Decides, SchemeKind
from app.extraction.registry import BUILT_IN
from app.workflow import projects

SCHEMES = [code for code, preset in PRESETS.items() if preset.kind is SchemeKind.CONTENT]


@click.group()
def project() -> None:
    """Make projects."""


@project.command()
@click.argument("slug")
@click.option("--title", required=True, help="What it is called on the pages.")
@click.option(
    "--decides",
    type=click.Choice([how.value for how in Decides]),
    default=Decides.INDEPENDENT.value,
    show_default=True,
    help="How a verdict comes about.",
)
@click.option("--reviews", type=int, help="Checks for each claim; default 2 where independent.")
@click.option("--scheme", default=DEFAULT_CONTENT, show_default=True, help=", ".join(SCHEMES))
@click.option("--extractor", default=BUILT_IN, show_default=True, help="What reads its articles.")
@click.option("--open-from", type=float, help="Open claims by themselves from this mark (0 to 1).")
@click.option("--asks-questions", is_flag=True, help="Checks may record questions and answers.")
@click.option("--saves-copies", is_flag=True, help="Open the pages that are linked, and keep them.")
def add(
    slug: str,
    title: str,
    *,
    decides: str,
    reviews: int | None,
    scheme: str,
    extractor: str,
    open_from: float | None,
    **ticked: bool,
) -> None:
    """Add the project SLUG; its short name stands in every address."""
    how = Decides(decides)
    if reviews is None:
        reviews = 2 if how is Decides.INDEPENDENT else 1
    values = projects.NewProject(
        slug=slug,
        title=title,
        decides=how,
        reviews_wanted=reviews,
        scheme=scheme,
        open_from=open_from,
        extractor=extractor,
        asks_questions=ticked["asks_questions"],
        saves_copies=ticked["saves_copies"],
    )
    with opening.open_database() as database, database.write() as session:
        made = projects.add_project(session, CONSOLE, values=values)
    click.echo(f"The project {made.slug} is there: {made.title}", err=True)
