"""The scales that come with the program: those of desks and those of public data sets.

Names are theirs to the letter, since data is compared by them; definitions are in our own words.
"""

from collections.abc import Iterable

from app.domain.labels import LabelPreset, SchemePreset
from app.domain.words import SchemeKind


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

ATTRIBUTION_5 = _scale(
    "attribution-5",
    "Was it said, five answers",
    SchemeKind.ATTRIBUTION,
    (
        ("confirmed", "Confirmed (first-hand)", None, "A record of the speaker's own shows it."),
        ("reported-only", "Reported only", None, "Others report it; nothing first-hand was found."),
        ("misquoted", "Misquoted / altered", None, "Said, but in words that mean something else."),
        ("not-said", "Not said", None, "The record shows that it was not said, or not by them."),
        ("cannot-tell", "Cannot tell", None, "What can be found does not decide it."),
    ),
)

SIX_POINT = _scale(
    "six-point",
    "Six answers, American style",
    SchemeKind.CONTENT,
    (
        ("true", "True", 6, "Accurate, with nothing of weight left out."),
        ("mostly-true", "Mostly True", 5, "Accurate, but it takes an explanation or an addition."),
        ("half-true", "Half True", 4, "Partly accurate; omits what matters or bends its context."),
        ("mostly-false", "Mostly False", 3, "Holds some truth, but passes over facts against it."),
        ("false", "False", 2, "Not accurate."),
        ("pants-on-fire", "Pants on Fire", 1, "Not accurate, and absurd besides."),
    ),
)

SCIFACT_3 = _scale(
    "scifact-3",
    "SciFact",
    SchemeKind.CONTENT,
    (
        ("support", "SUPPORT", None, "The study's findings support the claim."),
        ("contradict", "CONTRADICT", None, "The study's findings contradict the claim."),
        ("no-info", "NO INFO", None, "No study decides it; exported as no evidence at all."),
    ),
)

QUANTEMP_3 = _scale(
    "quantemp-3",
    "QuanTemp, for figures",
    SchemeKind.CONTENT,
    (
        ("true", "True", 3, "The figure holds."),
        ("conflicting", "Conflicting", 2, "Parts hold and parts do not, or the sources part."),
        ("false", "False", 1, "The figure does not hold."),
    ),
)

CHECKTHAT_FACTUALITY = _scale(
    "checkthat-factuality",
    "CheckThat! factuality",
    SchemeKind.CONTENT,
    (
        ("true", "TRUE", 3, "Accurate."),
        ("half-true", "HALF-TRUE", 2, "Accurate in part, or only with what was left out."),
        ("false", "FALSE", 1, "Not accurate."),
    ),
)

XFACT_7 = _scale(
    "xfact-7",
    "X-Fact",
    SchemeKind.CONTENT,
    (
        ("true", "true", 5, "Accurate."),
        ("mostly-true", "mostly true", 4, "Accurate but for what matters little."),
        ("partly-true", "partly true/misleading", 3, "Right in part, or right and misleading."),
        ("mostly-false", "mostly false", 2, "Wrong but for a small part."),
        ("false", "false", 1, "Not accurate."),
        (
            "complicated",
            "complicated/hard to categorise",
            None,
            "No single answer does it justice.",
        ),
        ("other", "other", None, "An answer that no other one covers."),
    ),
)

PUBHEALTH_4 = _scale(
    "pubhealth-4",
    "PUBHEALTH",
    SchemeKind.CONTENT,
    (
        ("true", "true", 3, "Accurate."),
        ("mixture", "mixture", 2, "True and false parts stand side by side."),
        ("false", "false", 1, "Not accurate."),
        ("unproven", "unproven", None, "There is not enough evidence either way."),
    ),
)

EFCSN_7 = _scale(
    "efcsn-7",
    "European fact-checkers, seven answers",
    SchemeKind.CONTENT,
    (
        ("true", "true", 3, "Accurate."),
        ("partly-false", "partly_false", 2, "Some of it is wrong."),
        ("false", "false", 1, "Has no basis in fact."),
        ("missing-context", "missing_context", None, "Misleads without what was left out."),
        ("altered", "altered", None, "A picture, film or sound was changed so that it misleads."),
        ("satire", "satire", None, "Meant as irony or humour, and can be taken in earnest."),
        ("unverifiable", "unverifiable", None, "Cannot be checked with what can be found."),
    ),
)

SNOPES = _scale(
    "snopes",
    "Rumours, fourteen answers",
    SchemeKind.CONTENT,
    (
        ("true", "True", 5, "What matters of it can be shown to be so."),
        ("mostly-true", "Mostly True", 4, "So in the main; some side matter is not."),
        ("mixture", "Mixture", 3, "True and false in weights too even for either side."),
        ("mostly-false", "Mostly False", 2, "Not so in the main; some side matter is."),
        ("false", "False", 1, "What matters of it can be shown not to be so."),
        ("unproven", "Unproven", None, "Too little evidence to call it true or false."),
        ("unfounded", "Unfounded", None, "No evidence for it was found at all."),
        ("outdated", "Outdated", None, "Was so once; what happened since made it idle."),
        ("miscaptioned", "Miscaptioned", None, "A real picture with words that are not about it."),
        ("correct-attribution", "Correct Attribution", None, "The words are by the one named."),
        ("misattributed", "Misattributed", None, "The words are not by the one named."),
        ("labeled-satire", "Labeled Satire", None, "Comes from content that calls itself satire."),
        ("scam", "Scam", None, "Describes a real attempt to cheat people."),
        ("legend", "Legend", None, "Too general or too old to be tied to facts."),
    ),
)

COFACTS_4 = _scale(
    "cofacts-4",
    "Cofacts",
    SchemeKind.CONTENT,
    (
        ("not-rumor", "NOT_RUMOR", None, "The message holds information that is right."),
        ("rumor", "RUMOR", None, "The message holds information that is wrong."),
        ("opinionated", "OPINIONATED", None, "The message holds views of its writer."),
        ("not-article", "NOT_ARTICLE", None, "Nothing in the message can be checked."),
    ),
)

DEGA_6 = _scale(
    "dega-6",
    "Dega",
    SchemeKind.CONTENT,
    (
        ("true", "True", 5, "Accurate."),
        ("partly-true", "Partly True", 4, "Accurate in part."),
        ("unverified", "Unverified", 3, "Neither shown to be so nor otherwise."),
        ("misleading", "Misleading", 2, "Uses facts in a way that gives a wrong impression."),
        ("false", "False", 1, "Not accurate."),
        ("not-a-claim", "Not a Claim", None, "There is nothing in it to check."),
    ),
)

ALETHEIA_9 = _scale(
    "aletheia-9",
    "Aletheia",
    SchemeKind.CONTENT,
    (
        ("trustworthy", "trustworthy", 6, "Accurate, and the evidence for it is good."),
        ("trustworthy-but", "trustworthy-but", 5, "Accurate, but a note has to go with it."),
        ("arguable", "arguable", 4, "Good reasons stand for it and against it."),
        ("exaggerated", "exaggerated", 3, "Says more than the facts do."),
        ("misleading", "misleading", 2, "Leads to a wrong conclusion, whatever its parts."),
        ("false", "false", 1, "Not accurate."),
        ("not-fact", "not-fact", None, "No statement of fact."),
        (
            "unsustainable",
            "unsustainable",
            None,
            "No evidence carries it, and none speaks against.",
        ),
        ("unverifiable", "unverifiable", None, "Cannot be checked with what can be found."),
    ),
)

# In the order in which they are offered: those of desks first, then those of data sets.
PRESETS: dict[str, SchemePreset] = {
    preset.code: preset
    for preset in (
        DESK_7,
        CLAIMREVIEW_5,
        SIX_POINT,
        EFCSN_7,
        SNOPES,
        DEGA_6,
        ALETHEIA_9,
        COFACTS_4,
        AVERITEC_4,
        FEVER_3,
        SCIFACT_3,
        QUANTEMP_3,
        CHECKTHAT_FACTUALITY,
        XFACT_7,
        PUBHEALTH_4,
        ATTRIBUTION_7,
        ATTRIBUTION_5,
    )
}
DEFAULT_CONTENT = DESK_7.code
DEFAULT_ATTRIBUTION = ATTRIBUTION_7.code
