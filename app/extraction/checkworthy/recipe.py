"""How the weights that come with Assay are made: what a label is worth, what is held back.

Another recipe makes other weights: raise VERSION with every change, and run ``assay train``.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.extraction.checkworthy.fitting import Strength
from app.extraction.checkworthy.signals import OF_THE_CLAUSE

VERSION = 5
# Sets of the repository that are used where none is named, by the folder.
OWN: Mapping[str, str] = MappingProxyType(
    {"training-data": "training_data", "written": "tests/annotated/written"}
)
# What a label is worth, as labelled sets write it in small letters; others are left out.
WORTH: Mapping[str, float] = MappingProxyType({"2": 1.0, "1": 0.2, "0": 0.0})
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
# Where every fit begins: what a desk looks for, as weights set by hand. Signals that are not here
# begin at nothing.
BASE = -1.15
PRIOR: Mapping[str, float] = MappingProxyType(
    {
        "money": 1.3,
        "share": 1.3,
        "count": 1.0,
        "measure": 0.4,
        "large": 0.5,
        "figures": 0.3,
        "digits": 0.4,
        "comparison": 0.6,
        "extreme": 0.6,
        "harm": 0.8,
        "law": 0.8,
        "institution": 0.6,
        "accusation": 0.7,
        "cause": 0.3,
        "evidence": 0.4,
        "sweeping": 0.4,
        "dated": 0.25,
        "names": 0.3,
        "possible": -1.1,
        "plan": -0.4,
        "promise": -0.7,
        "forecast": -1.0,
        "norm": -1.4,
        "opinion": -1.2,
        "feeling": -1.2,
        "question": -2.0,
        "first-person": -0.6,
        "you": -1.0,
        "no-comment": -2.5,
        "routine": -0.3,
        "unsaid": -0.6,
        "spoken": -0.8,
        "called": -0.6,
        "invitation": -1.5,
        "definition": -0.8,
        "link": -2.0,
        "only-if": -1.0,
        "if": -0.6,
        "verbless": -1.2,
        "comment": -1.2,
        "side": -0.4,
        "leading": -0.8,
        "tiny": -0.6,
        "short": -0.3,
        "attributed": 0.55,
        "direct": -0.9,
        "official": 0.2,
        "expert": 0.2,
        "document": 0.4,
        "relayed": 0.2,
        "voice": 0.3,
        "headline": 0.4,
        "summary": 0.5,
        "central": 0.3,
        "again": 0.3,
        "same-figure": 0.2,
        "disputed": 0.2,
        "late": -0.1,
    }
)
# Our articles were written so that neither figures nor length give the grade away, as they do in
# most articles: of these signals they teach little.
_FIGURES_AND_LENGTH = (
    *("money", "share", "count", "measure", "large", "figures", "digits", "dated", "names"),
    *("comparison", "extreme", "short", "tiny"),
)
# Of those of the clause that begin at a weight it is known how they fare on articles by others.
_KNOWN = sorted({signal.code for signal in OF_THE_CLAUSE} & set(PRIOR))
# The strongest that cross-validation cannot tell from the best, by one standard error.
STRENGTH = Strength(
    base=0.1,
    signals=25.0,
    held={**dict.fromkeys(_KNOWN, 100.0), **dict.fromkeys(_FIGURES_AND_LENGTH, 400.0)},
)
# Words and pairs of words are not used: docs/check-worthiness.md says what they gain.
LEAST_EXAMPLES = None
# Of the statements of grade 2 so many must be suggested; the mark is set by cross-validation.
SUGGESTED = 0.98
FOLDS = 5
