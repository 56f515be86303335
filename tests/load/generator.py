"""A project of any size, straight into the tables: articles, claims, checks, sources, verdicts.

``python -m tests.load.generator 100000 claims.db`` writes an SQLite file that the desk works with as
it is; ``assay db copy`` brings it to PostgreSQL. The same number of claims gives the same rows.
"""

import hashlib
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.auth.passwords import hash_password
from app.domain.words import ClaimState
from tests.load import desks, prose
from tests.load.checking import Checking
from tests.load.desks import PASSWORD, Ground, lay
from tests.load.rows import Filling, Names, filling
from tests.load.shapes import Shape, mixed, often_first, shape_of

PER_ARTICLE = 20
DAYS = 300


class Project:
    """The rows of a project's articles and claims, one article after the other."""

    def __init__(self, rows: Filling, names: Names, ground: Ground, number: int) -> None:
        self.names, self.ground, self.number = names, ground, number
        self.checking = Checking(rows, names, ground, number)
        self.today = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        self.articles = rows.table(
            *("article", "public_id", "created_at", "project_id", "url", "canonical_url", "title"),
            *("publisher", "published", "language", "import_run_id"),
        )
        self.snapshots = rows.table(
            *("snapshot", "public_id", "created_at", "project_id", "article_id", "text", "sha256"),
        )
        self.claims = rows.table(
            *("claim", "public_id", "created_at", "project_id", "article_id", "snapshot_id"),
            *("quote", "start", "end", "text", "paragraph", "state", "slots_free", "priority"),
            *("due_at", "kinds", "checkworthiness", "reasons", "signals", "language"),
            *("external_id", "batch_id", "import_run_id", "version", "picked_at"),
        )
        self.tags = rows.table("claim_tag", "project_id", "claim_id", "tag")
        self.hops = rows.table(
            *("hop", "claim_id", "claim_version", "position", "agent_id", "cue", "mode")
        )

    def write(self) -> None:
        for first in range(0, self.number, PER_ARTICLE):
            self._article(first, range(first, min(first + PER_ARTICLE, self.number)))

    def _article(self, first: int, numbers: Sequence[int]) -> None:
        made, project = desks.after(first), self.ground.project
        url = f"https://news.example.org/{2026 - first % 3}/{first // PER_ARTICLE}/report"
        article = self.articles.add(
            *(self.names.new(), made, project, url, url, prose.statement(first)[:60]),
            *(prose.PAPERS[first // PER_ARTICLE % 6], "2025-09-04", "en", self.ground.run),
        )
        quotes = [self._quote(number) for number in numbers]
        text = "\n\n".join(f"{quote} {prose.FILLING}" for quote in quotes)
        snapshot = self.snapshots.add(
            *(self.names.new(), made, project, article, text),
            hashlib.sha256(text.encode()).hexdigest(),
        )
        start = 0
        for paragraph, (number, quote) in enumerate(zip(numbers, quotes, strict=True)):
            place = (article, snapshot, quote, start, start + len(quote))
            self._claim(number, made, place, paragraph)
            start += len(quote) + len(prose.FILLING) + 3

    def _quote(self, number: int) -> str:
        """The words of the article; every other claim somebody said."""
        text = prose.statement(number)
        if not is_said(number):
            return text
        return f"{text[:-1]}, {prose.speaker(self._agent(number))} said."

    def _agent(self, number: int) -> int:
        return often_first(number, len(self.ground.agents))

    def _claim(self, number: int, made: str, place: tuple[object, ...], paragraph: int) -> None:
        shape, draw = shape_of(number), mixed(number)
        name, project = self.names.new(), self.ground.project
        batch = self.ground.batches[number * desks.BATCHES // self.number]
        key, free = self.claims.last + 1, 0
        if shape.wanted:
            taken = self.checking.add(number, (key, name, batch), shape, is_said=is_said(number))
            free = shape.wanted - taken if shape.state is ClaimState.OPEN else 0
        self.claims.add(
            *(name, made, project, *place, prose.statement(number), paragraph, shape.state.value),
            *(free, (0, 0, 0, 0, 0, 0, 0, 0, 1, 2)[draw % 10]),
            *(self._due(number, shape), '["quantity"]', draw % 100 / 100),
            *('["states a figure"]', "{}", "en", f"load-{number}", batch, self.ground.run, 1),
            None if shape.state is ClaimState.CANDIDATE else made,
        )
        for tag in prose.tags(number):
            self.tags.add(project, key, tag)
        for position in range(is_said(number) + (number % 14 == 1)):
            agent = self.ground.agents[self._agent(number + position)]
            self.hops.add(key, 1, position, agent, "said", "paraphrase")

    def _due(self, number: int, shape: Shape) -> str | None:
        """Every other claim has a date: what is settled had one, what is open is due soon."""
        draw = mixed(number, 8)
        if draw % 2:
            return None
        days = -draw % DAYS if shape.state is ClaimState.SETTLED else draw // 2 % 64 - 4
        return desks.stamp(self.today + timedelta(days=days, seconds=number % 3_600))


def is_said(number: int) -> bool:
    """Whether the article names who said it."""
    return number % 7 % 2 == 1


def generate(path: Path, number: int) -> float:
    """Write a file with a project of so many claims; the seconds that it took."""
    began = time.perf_counter()
    with filling(path) as rows:
        names = Names(number)
        ground = lay(rows, names, number, hash_password(PASSWORD))
        project = Project(rows, names, ground, number)
        project.write()
        project.checking.tallies.write()
    return time.perf_counter() - began


if __name__ == "__main__":
    claims, target = int(sys.argv[1]), Path(sys.argv[2])
    print(f"{target}: {claims:,} claims in {generate(target, claims):.0f} s")  # noqa: T201 - to be read
