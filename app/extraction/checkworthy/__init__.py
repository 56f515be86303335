"""How much a desk would want a clause checked, 0 to 1, and why.

Signals are measured on the clause (``signals_of``), weights say how much each counts (``shipped``,
or a desk's own), and ``score`` adds them up. Nothing here needs more than Python itself.
"""

from app.extraction.checkworthy.around import Heard, settings
from app.extraction.checkworthy.judged import Judged
from app.extraction.checkworthy.scoring import OF_WORDS, Scored, score
from app.extraction.checkworthy.signals import signals_of
from app.extraction.checkworthy.weights import Weights, shipped

__all__ = [
    "OF_WORDS",
    "Heard",
    "Judged",
    "Scored",
    "Weights",
    "score",
    "settings",
    "shipped",
    "signals_of",
]
