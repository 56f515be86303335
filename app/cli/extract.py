"""``assay extract``: candidate claims of one file; needs no database and no web."""

import json
import sys
from pathlib import Path

import click

from app.cli import files
from app.cli.asking import Purse, named
from app.extraction import Candidate
from app.extraction.asking import asked
from app.extraction.gate import About, Passed, told
from app.extraction.registry import BUILT_IN


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@files.article_options
@click.option("--extractor", default=BUILT_IN, show_default=True, help="What reads it.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["jsonl", "text"]),
    default="jsonl",
    show_default=True,
    help="One JSON object a line, or lines to read.",
)
def extract(file: Path, *, extractor: str, shape: str, **given: str | None) -> None:
    """Print the candidate claims of FILE (.txt or .html) in reading order."""
    article = files.article_of(files.read_bytes(file), files.kind_of(file), **given)
    about = About(
        url=article.url,
        publisher=article.publisher,
        date=article.published,
        language=article.language,
    )
    reader = named(extractor, article.text, purse=Purse())
    found = asked(reader, extractor, article.text, about=about, title=article.title or None)
    _tell(found)
    line = _as_json if shape == "jsonl" else _as_text
    for candidate in found.extraction.candidates:
        sys.stdout.write(line(candidate) + "\n")


def _tell(found: Passed) -> None:
    """What a person should know beside the claims, on standard error."""
    if found.extraction.notice:
        click.echo(found.extraction.notice, err=True)
    used = found.extraction.asked
    if used is not None:
        tokens = f"{used.tokens_in} and {used.tokens_out} tokens"
        click.echo(f"{used.model} answered: {tokens}, {used.seconds:.1f} seconds.", err=True)
    if any(found.repaired):
        click.echo(f"{sum(found.repaired)} put right by the article.", err=True)
    for number, why in told(found.refused):
        click.echo(f"{number} refused: it {why}.", err=True)


def _as_json(candidate: Candidate) -> str:
    return json.dumps(candidate.as_json_dict(), ensure_ascii=False)


def _as_text(candidate: Candidate) -> str:
    chain = " > ".join(hop.agent for hop in candidate.attribution) or "the article itself"
    why = ", ".join(candidate.reasons)
    return f"{candidate.checkworthiness:.2f}  {candidate.text}\n      {chain}; {why}"
