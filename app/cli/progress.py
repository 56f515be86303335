"""A progress bar on standard error for work that takes longer than a second."""

import sys
import time
from collections.abc import Iterable, Iterator
from itertools import count
from typing import TypeVar

import click

Item = TypeVar("Item")
PATIENCE_SECONDS = 1.0
# The bar is told this often, and not of each of a million rows.
TOLD_SECONDS = 0.1


def watched(items: Iterable[Item], *, label: str, total: int | None = None) -> Iterator[Item]:
    """The same items; how many there were is shown once it takes long, on a terminal only."""
    began, seen = time.monotonic(), 0
    items = iter(items)
    for item in items:
        yield item
        seen += 1
        if time.monotonic() - began > PATIENCE_SECONDS:
            break
    else:
        return
    with click.progressbar(count(), length=total, label=label, file=sys.stderr) as bar:
        told, due = 0, began
        for item in items:
            yield item
            seen += 1
            moment = time.monotonic()
            if moment >= due:
                bar.update(seen - told)
                told, due = seen, moment + TOLD_SECONDS
        bar.update(seen - told)
