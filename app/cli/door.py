"""Finding the command, and saying in one sentence what was refused."""

import errno
import importlib
import io
import os
import sys
from typing import IO, Any

import click

from app import __version__
from app.domain.errors import Refused
from app.domain.sentences import sentence

# The name on the command line, and where it is written.
COMMANDS = {
    "serve": "app.cli.serve:serve",
    "extract": "app.cli.extract:extract",
    "train": "app.cli.train:train",
    "evaluate": "app.cli.evaluate:evaluate",
    "import": "app.cli.imports:import_file",
    "fetch": "app.cli.fetch:fetch",
    "export": "app.cli.exports:export",
    "project": "app.cli.projects:project",
    "user": "app.cli.people:user",
    "db": "app.cli.db:db",
    "erase": "app.cli.erasures:erase_thing",
    "jobs": "app.cli.jobs:jobs",
    "seed": "app.cli.seed:seed_command",
}


class Said(click.ClickException):
    """A refusal, said without a prefix: it is a whole sentence."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Write it where messages go."""
        click.echo(self.message, file=file, err=True)


class Door(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order of a working day."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click types it
        """Run the command; a refusal is its sentence on standard error and exit code 1."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            # Results are for programs: UTF-8, whatever letters the machine's locale has.
            sys.stdout.reconfigure(encoding="utf-8")
        try:
            answer = super().invoke(ctx)
            sys.stdout.flush()
        except Refused as error:
            raise Said(sentence(error)) from error
        except BrokenPipeError:
            # Whoever read the output has seen enough.
            _write_no_more()
            ctx.exit(0)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            _write_no_more()
            raise Said(f"The output cannot be written: {error.strerror}.") from error
        return answer


def _write_no_more() -> None:
    """Nothing more can be written, at exit neither."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="assay %(version)s")
def main() -> None:
    """Assay: articles in, claims out, checked verdicts back.

    Results go to standard output, messages to standard error. The exit code is 0, 1 where
    something was refused, 2 where the command was not understood.
    """
