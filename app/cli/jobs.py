"""``assay jobs``: what is done after the pages: doing it, and what was given up."""

import sys

import click
import structlog

from app import create_worker
from app.cli import opening
from app.storage.jobs import failed_jobs
from app.workflow.jobs import retry


@click.group()
def jobs() -> None:
    """Do what is to be done later, such as mails; see what was given up."""


@jobs.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
def run(*, once: bool) -> None:
    """Do jobs until told to end. `assay serve` has a process that does this already."""
    desk = opening.settings()
    opening.ask_for_current(desk.database_url)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    worker = create_worker(desk)
    try:
        if once:
            worker.make_rounds()
            click.echo(f"{worker.do_due()} taken up.", err=True)
        else:
            worker.run()
    finally:
        worker.close()


@jobs.command("list")
def list_failed() -> None:
    """The jobs that were given up: id, kind, attempts, what went wrong, when."""
    with opening.open_database() as database, database.reading() as session:
        for job in failed_jobs(session):
            when = "" if job.failed_at is None else f"{job.failed_at:%Y-%m-%dT%H:%M:%SZ}"
            click.echo(
                "\t".join([job.public_id, job.kind, str(job.attempts), job.error or "", when])
            )


@jobs.command("retry")
@click.argument("public_id", metavar="ID")
def retry_one(public_id: str) -> None:
    """Try a job that was given up once more."""
    with opening.open_database() as database, database.write() as session:
        retry(session, public_id)
    click.echo(f"Job {public_id} is tried again.", err=True)
