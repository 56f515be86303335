"""How the weights that come with Assay are made: what a label is worth, what is held back.

Another recipe makes other weights: raise VERSION with every change, and run ``assay train``.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.extraction.checkworthy.fitting import Strength

VERSION = 1
# Sets of the repository that are used where none is named, by the folder.
OWN: Mapping[str, str] = MappingProxyType(
    {"training-data": "training_data", "written": "tests/annotated/written"}
)
# What a label is worth, as labelled sets write it in small letters; others are left out.
WORTH: Mapping[str, float] = MappingProxyType({"2": 1.0, "1": 0.3, "0": 0.0})
# What the labels of sets are worth that mean something else by them.
WORTH_IN: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "newssd-eng": {"obj": 0.5, "subj": 0.0},
        "factcheck-bench": {
            "yes": 0.7,
            "factual": 0.7,
            "opinion": 0.0,
            "not_a_claim": 0.0,
            "other": 0.0,
        },
    }
)
# How much a statement of a set counts beside one of ours.
COUNTS: Mapping[str, float] = MappingProxyType({"newssd-eng": 0.3, "factcheck-bench": 0.3})
STRENGTH = Strength(base=0.1, signals=1.0, words=8.0)
LEAST_EXAMPLES = 4
# Of the statements of grade 2 so many must be suggested; the mark is set by cross-validation.
SUGGESTED = 0.95
FOLDS = 5
