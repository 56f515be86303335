"""``assay extract``: candidate claims of one file; needs no database and no web."""

import json
import sys
from pathlib import Path

import click

from app.cli import files
from app.extraction import Candidate
from app.extraction import extract as candidates_of


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@files.article_options
@click.option(
    "--format",
    "shape",
    type=click.Choice(["jsonl", "text"]),
    default="jsonl",
    show_default=True,
    help="One JSON object a line, or lines to read.",
)
def extract(file: Path, *, shape: str, **given: str | None) -> None:
    """Print the candidate claims of FILE (.txt or .html) in reading order."""
    article = files.article_of(files.read_bytes(file), files.kind_of(file), **given)
    found = candidates_of(
        article.text,
        url=article.url,
        publisher=article.publisher,
        date=article.published,
        title=article.title or None,
        language=article.language,
    )
    if found.notice:
        click.echo(found.notice, err=True)
    line = _as_json if shape == "jsonl" else _as_text
    for candidate in found.candidates:
        sys.stdout.write(line(candidate) + "\n")


def _as_json(candidate: Candidate) -> str:
    return json.dumps(candidate.as_json_dict(), ensure_ascii=False)


def _as_text(candidate: Candidate) -> str:
    chain = " > ".join(hop.agent for hop in candidate.attribution) or "the article itself"
    why = ", ".join(candidate.reasons)
    return f"{candidate.checkworthiness:.2f}  {candidate.text}\n      {chain}; {why}"
