"""How well scorers rank what people marked, beside what ranks without reading anything.

A scorer is whatever suggests statements with a score: an extractor, or the grammar with other
weights. The controls are a drawn order, the length, and taking everything as it comes.
"""

from app.extraction.evaluation.articles import article_table
from app.extraction.evaluation.picks import pick_table
from app.extraction.evaluation.ranked import FIGURES, Figures, figures_of
from app.extraction.evaluation.scorers import Scorer, scorer_of, scorer_with
from app.extraction.evaluation.sentences import sentence_table
from app.extraction.evaluation.tables import Table
from app.extraction.evaluation.worst import Wrong, most_wrong

__all__ = [
    "FIGURES",
    "Figures",
    "Scorer",
    "Table",
    "Wrong",
    "article_table",
    "figures_of",
    "most_wrong",
    "pick_table",
    "scorer_of",
    "scorer_with",
    "sentence_table",
]
