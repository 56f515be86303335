"""The figures that some words of an article state, as the article around them makes them meant."""

from app.extraction.candidate import Quantity
from app.extraction.home import at_home
from app.extraction.quantities import quantities

_SHORTLY = 300


def stated(
    article: str, start: int, end: int, *, date: str | None, home: dict[str, str]
) -> tuple[Quantity, ...]:
    """The figures in ``article[start:end]``; what they count may stand in the sentence before.

    ``date`` is the day of the article, ``home`` what its bare currency signs are
    (``home_currencies``).
    """
    before = article[max(0, start - _SHORTLY) : start]
    found = quantities(article[start:end], date, before)
    return tuple(at_home(one, home) for one in found)
