"""Label schemes: the presets that come with the program, and what may be said of a scale."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.words import SchemeKind


@dataclass(frozen=True, slots=True)
class LabelPreset:
    """One answer: ``rank`` counts from 1, the worst; None stands off the scale."""

    code: str
    name: str
    rank: int | None
    definition: str


@dataclass(frozen=True, slots=True)
class SchemePreset:
    """A scale as shipped, in the order of the page: best first, off-scale last."""

    code: str
    name: str
    kind: SchemeKind
    labels: tuple[LabelPreset, ...]


def _scale(
    code: str, name: str, kind: SchemeKind, rows: Iterable[tuple[str, str, int | None, str]]
) -> SchemePreset:
    return SchemePreset(code, name, kind, tuple(LabelPreset(*row) for row in rows))


DESK_7 = _scale(
    "desk-7",
    "Desk scale, seven answers",
    SchemeKind.CONTENT,
    (
        ("true", "True", 5, "Accurate, and nothing that matters is missing."),
        ("mostly-true", "Mostly true", 4, "Accurate, but needs a clarification or more context."),
        ("half-true", "Half true", 3, "Partly accurate; leaves out or mixes up what matters."),
        ("mostly-false", "Mostly false", 2, "A kernel is right; the impression it gives is wrong."),
        ("false", "False", 1, "Not accurate."),
        ("unproven", "Unproven", None, "The evidence that can be found does not decide it."),
        ("not-a-claim", "Not a claim", None, "An opinion, a promise or a forecast; not checkable."),
    ),
)

ATTRIBUTION_7 = _scale(
    "attribution-7",
    "Was it said, seven answers",
    SchemeKind.ATTRIBUTION,
    (
        ("confirmed", "Confirmed", None, "A first-hand record shows that it was said like this."),
        (
            "reported-only",
            "Reported only",
            None,
            "Others report it; no first-hand record was found.",
        ),
        (
            "misquoted",
            "Misquoted or altered",
            None,
            "Said, but in other words that change its sense.",
        ),
        (
            "out-of-context",
            "Out of context",
            None,
            "Said, but about something else or with a limit that is gone.",
        ),
        (
            "said-by-other",
            "Said by someone else",
            None,
            "Said, but by another person than the one named.",
        ),
        (
            "no-record",
            "No record or denied",
            None,
            "No record was found where one should be, or it is denied.",
        ),
        ("cannot-tell", "Cannot tell", None, "What can be found does not decide it."),
    ),
)

CLAIMREVIEW_5 = _scale(
    "claimreview-5",
    "ClaimReview, 1 to 5",
    SchemeKind.CONTENT,
    (
        ("true", "True", 5, "Accurate."),
        ("mostly-true", "Mostly true", 4, "Accurate but for details."),
        ("half-true", "Half true", 3, "Partly accurate."),
        ("mostly-false", "Mostly false", 2, "Inaccurate but for details."),
        ("false", "False", 1, "Not accurate."),
    ),
)

AVERITEC_4 = _scale(
    "averitec-4",
    "AVeriTeC",
    SchemeKind.CONTENT,
    (
        ("supported", "Supported", None, "The evidence supports the claim."),
        ("refuted", "Refuted", None, "The evidence contradicts the claim."),
        ("not-enough", "Not Enough Evidence", None, "The evidence does not decide it."),
        (
            "conflicting",
            "Conflicting Evidence/Cherrypicking",
            None,
            "Evidence points both ways, or was picked to mislead.",
        ),
    ),
)

FEVER_3 = _scale(
    "fever-3",
    "FEVER",
    SchemeKind.CONTENT,
    (
        ("supports", "SUPPORTS", None, "The evidence supports the claim."),
        ("refutes", "REFUTES", None, "The evidence contradicts the claim."),
        ("nei", "NOT ENOUGH INFO", None, "The evidence does not decide it."),
    ),
)

PRESETS: dict[str, SchemePreset] = {
    preset.code: preset for preset in (DESK_7, CLAIMREVIEW_5, AVERITEC_4, FEVER_3, ATTRIBUTION_7)
}
DEFAULT_CONTENT = DESK_7.code
DEFAULT_ATTRIBUTION = ATTRIBUTION_7.code
