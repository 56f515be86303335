"""How well the order of suggestions fits what a project picked and dropped, beside the controls."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.errors import Invalid
from app.extraction.checkworthy import shipped
from app.workflow.learning import LEAST, SEED, Taught, missing

if TYPE_CHECKING:
    from app.extraction.evaluation.tables import Table


def compared(taught: Sequence[Taught]) -> "Table":
    """The weights that come with Assay, learned ones, and the controls, on a project's decisions.

    It takes seconds, as a fit does, and needs no session: read the lessons first.

    Raises:
        Invalid: too few were picked, or too few dropped.
    """
    from app.extraction.evaluation.picks import pick_table  # noqa: PLC0415 - numpy is slow to load

    lacking = missing(Counter(lesson for lesson, _example in taught))
    if any(lacking.values()):
        raise Invalid("weights.few", limit=LEAST, **lacking)
    return pick_table([example for _lesson, example in taught], prior=shipped(), seed=SEED)
