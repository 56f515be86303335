"""``assay train --project``: learning from a project's picks, as the button of its page does."""

import click

from app.cli import opening
from app.cli.counting import counted
from app.domain.actors import CONSOLE
from app.domain.lessons import Gain, Lesson, Measure, WeightsRecord
from app.extraction.checkworthy import shipped
from app.extraction.checkworthy.changes import changed
from app.storage import projects
from app.storage.lessons import lesson_counts
from app.workflow.learning import fitted, learn, lessons
from app.workflow.weights import put_in_use, weights_named


def learn_for(slug: str, *, use: bool) -> None:
    """Learn from what a project picked and dropped, tell what came of it, and use it if asked.

    Raises:
        Missing: there is no such project.
        Invalid: too little was decided.
    """
    with opening.open_database() as database:
        with database.reading() as session:
            project = projects.by_slug(session, CONSOLE, slug)
            counts = lesson_counts(session, project.id)
            taught = lessons(session, CONSOLE, project.id)
        values = fitted(taught)
        with database.write() as session:
            found = learn(session, CONSOLE, project.id, values=values)
        _tell(found, unseen=counts.suggestions)
        if not use:
            click.echo("Nothing else changed. Use it on the page, or with --use.", err=True)
            return
        number = put_in_use(database, CONSOLE, project.id, weights_id=found.public_id)
    told = counted(number, "suggestion was put", "suggestions were put")
    click.echo(f"In use; {told} in order anew.", err=True)


def _tell(found: WeightsRecord, *, unseen: int) -> None:
    """What the page tells, as lines."""
    click.echo(f"version {found.version}  {weights_named(found).label}")
    counts = ", ".join(f"{found.counts[lesson]} {lesson.value}" for lesson in Lesson)
    click.echo(f"from {counts}; {unseen} that nobody has looked at, not counted")
    click.echo(f"seed {found.seed}, {counted(found.folds, 'fold', 'folds')} of whole articles")
    if found.gain is None:
        click.echo("not measured: all of it is of one article")
    else:
        _tell_gain(found.gain)
    for change in changed(shipped(), weights_named(found)):
        how = "more" if change.after > change.before else "less"
        click.echo(f"{how}  x {change.before:.2f} -> x {change.after:.2f}  {change.phrase}")


def _tell_gain(gain: Gain) -> None:
    click.echo(f"average precision before  {_figure(gain.before)}")
    click.echo(f"average precision after   {_figure(gain.after)}")
    said = "better, beyond chance" if gain.is_certain else "may be chance"
    said = "worse, beyond chance" if gain.is_certain_loss else said
    click.echo(f"gain                      {_figure(gain.gain)}  {said}")


def _figure(one: Measure) -> str:
    return f"{one.value:.3f} ({one.low:.3f} to {one.high:.3f})"
