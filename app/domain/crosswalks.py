"""Which answers of one scale say the same as an answer of another: explicit, and never whole.

An answer that is not named here has no counterpart, and nobody guesses one. A crosswalk goes by the
codes of scales and answers: a later version of a scale keeps the codes of what it did not change.
"""

from collections.abc import Mapping
from types import MappingProxyType

SUPPORTED, REFUTED = "Supported", "Refuted"
NOT_ENOUGH = "Not Enough Evidence"
CONFLICTING = "Conflicting Evidence/Cherrypicking"
AVERITEC = (SUPPORTED, REFUTED, NOT_ENOUGH, CONFLICTING)

# To AVeriTeC's four labels. "Half true" and its like are not among them: such a claim is partly so,
# which is another thing than evidence that points both ways.
TO_AVERITEC: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "averitec-4": {
            "supported": SUPPORTED,
            "refuted": REFUTED,
            "not-enough": NOT_ENOUGH,
            "conflicting": CONFLICTING,
        },
        "desk-7": {"true": SUPPORTED, "false": REFUTED, "unproven": NOT_ENOUGH},
        "claimreview-5": {"true": SUPPORTED, "false": REFUTED},
        "fever-3": {"supports": SUPPORTED, "refutes": REFUTED, "nei": NOT_ENOUGH},
        "six-point": {"true": SUPPORTED, "false": REFUTED, "pants-on-fire": REFUTED},
        "scifact-3": {"support": SUPPORTED, "contradict": REFUTED, "no-info": NOT_ENOUGH},
        "quantemp-3": {"true": SUPPORTED, "false": REFUTED},
        "checkthat-factuality": {"true": SUPPORTED, "false": REFUTED},
        "xfact-7": {"true": SUPPORTED, "false": REFUTED},
        "pubhealth-4": {"true": SUPPORTED, "false": REFUTED, "unproven": NOT_ENOUGH},
        "efcsn-7": {"true": SUPPORTED, "false": REFUTED, "unverifiable": NOT_ENOUGH},
        "snopes": {"true": SUPPORTED, "false": REFUTED, "unproven": NOT_ENOUGH},
        "dega-6": {"true": SUPPORTED, "false": REFUTED, "unverified": NOT_ENOUGH},
        "aletheia-9": {"trustworthy": SUPPORTED, "false": REFUTED, "unverifiable": NOT_ENOUGH},
    }
)


def averitec_label(scale: str, answer: str) -> str | None:
    """AVeriTeC's label for an answer of a scale, by their codes; None where it has none."""
    return TO_AVERITEC.get(scale, {}).get(answer)
