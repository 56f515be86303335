"""Sets of articles and sentences that people marked as worth checking or not.

``read_set`` takes in a file or a folder of one of the known shapes, ``told`` says what the extractor
finds in it with what people said of that. Weights are trained on such sets and measured by them.
"""

from app.extraction.labelled.files import read_set
from app.extraction.labelled.sets import (
    LabelledArticle,
    LabelledSentence,
    LabelledSet,
    Mark,
    trains_on,
)
from app.extraction.labelled.told import Told, by_rules, told

__all__ = [
    "LabelledArticle",
    "LabelledSentence",
    "LabelledSet",
    "Mark",
    "Told",
    "by_rules",
    "read_set",
    "told",
    "trains_on",
]
