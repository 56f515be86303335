"""The files that are measured on: generated once, and copied before anybody writes to them."""

import math
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.storage import migrate
from tests.load.generator import generate

# A larger file is worked on as it is: a run takes a few hundred of its open claims.
LARGEST_COPY = 200_000


@dataclass
class Files:
    """A folder of generated projects, by how many claims they have."""

    folder: Path
    sizes: tuple[int, ...]
    is_brief: bool = False
    until: float = math.inf
    made: dict[int, float] = field(default_factory=dict)

    def file(self, size: int) -> Path:
        """The file with so many claims: made where there is none, brought to this version's step."""
        path = self.folder / f"claims-{size}.db"
        if not path.exists():
            partial = path.with_suffix(".part")
            self.made[size] = generate(partial, size)
            partial.rename(path)
        elif not migrate.is_current(f"sqlite:///{path}"):
            migrate.upgrade(f"sqlite:///{path}")
        return path

    @property
    def is_late(self) -> bool:
        """Whether nothing more should be begun."""
        return time.monotonic() > self.until

    def has_time(self, size: int, before: int, seconds: float) -> bool:
        """Whether a larger size would be done in time, by the seconds of the one before."""
        expected = seconds * size / before if before else 0
        return time.monotonic() + expected < self.until

    def rounds(self, number: int) -> int:
        """How often something is done: a tenth in a brief run."""
        return max(3, number // 10) if self.is_brief else number

    @property
    def middle(self) -> int:
        """The size that is nearest to 100,000, where peers were measured."""
        return min(self.sizes, key=lambda size: abs(size - 100_000))

    @contextmanager
    def copy(self, size: int, *, always: bool = False) -> Iterator[Path]:
        """A file to write to; ``always`` one that nobody uses again."""
        path = self.file(size)
        if size > LARGEST_COPY and not always:
            yield path
            return
        with self.room() as room:
            yield Path(shutil.copy(path, room / "assay.db"))

    @contextmanager
    def room(self) -> Iterator[Path]:
        """A folder that is gone afterwards."""
        with tempfile.TemporaryDirectory(dir=self.folder, ignore_cleanup_errors=True) as name:
            yield Path(name)
