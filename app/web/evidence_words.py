"""The words for sources, saved copies, gates, questions, and articles that are fetched."""

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from app.domain import evidence_words as words
from app.domain import words as desk

EVIDENCE: dict[type[StrEnum], dict[str, Any]] = {
    desk.SourceKind: {
        "web": _("Web page"),
        "document": _("Document"),
        "person": _("Person"),
        "calculation": _("Calculation"),
        "search": _("Searched, found nothing"),
    },
    desk.SourceRecord: {
        "on-record": _("On record"),
        "background": _("Background"),
        "not-for-publication": _("Not for publication"),
    },
    desk.Stance: {
        "supports": _("Backs it"),
        "refutes": _("Contradicts it"),
        "context": _("Context"),
    },
    desk.Answers: {"said": _("Was it said?"), "so": _("Is it so?"), "both": _("Both")},
    words.SourceType: {
        "primary": _("At first hand"),
        "secondary": _("At second hand"),
        "expert": _("An expert"),
        "official-data": _("Official data"),
        "media": _("A report in the media"),
        "academic": _("A scholarly work"),
    },
    words.SourceStanding: {
        "sound": _("Nothing is known against it"),
        "corrected": _("It was corrected"),
        "unreliable": _("It is not to be relied on"),
        "retired": _("It is used no more"),
    },
    words.CopyWhy: {
        "linked": _("when it was linked"),
        "asked": _("asked for"),
        "uploaded": _("brought as a file"),
        "scheduled": _("its time had come"),
    },
    words.CopyState: {
        "asked": _("is being fetched"),
        "saved": _("saved"),
        "same": _("the page says the same as before"),
        "gone": _("the page is gone"),
        "failed": _("it could not be fetched"),
    },
    words.QuoteFound: {
        "exact": _("word for word"),
        "normalised": _("but for marks and blanks"),
        "approximate": _("nearly"),
        "missing": _("not in it"),
    },
    words.FlagReason: {
        "source-corrected": _("The source was corrected"),
        "source-unreliable": _("The source is not to be relied on"),
        "source-retired": _("The source is used no more"),
        "page-gone": _("The page is gone"),
        "page-changed": _("The page says something else"),
        "quote-gone": _("The quoted words are not on the page any more"),
    },
    words.GateProfile: {
        "none": _("No rules"),
        "ifcn": _("IFCN Code of Principles"),
        "efcsn": _("EFCSN Code of Standards"),
        "google": _("Google’s rules for fact checks"),
    },
    words.GateRule: {
        "origins": _("Sources that are independent of each other"),
        "primary": _("A source at first hand"),
        "both-sides": _("Evidence for and against"),
        "quote-in-copy": _("Every quote found in a saved copy"),
        "detail": _("Every source with title, publisher, date and quote"),
        "contacted": _("Whoever made the claim was asked"),
        "appearance": _("Made by somebody else, somewhere else than on our own pages"),
    },
    words.GateLevel: {
        "off": _("not asked"),
        "warn": _("shows a warning"),
        "block": _("needs a reason"),
    },
    words.AnswerType: {
        "extractive": _("In the words of the source"),
        "abstractive": _("In our own words"),
        "boolean": _("Yes or no"),
        "unanswerable": _("No answer could be found"),
    },
    words.SourceMedium: {
        "web-text": _("Text of a web page"),
        "pdf": _("PDF"),
        "metadata": _("Data about a file or a page"),
        "web-table": _("Table of a web page"),
        "image": _("Picture or chart"),
        "video": _("Video"),
        "other": _("Something else"),
    },
    words.LineState: {
        "asked": _("being fetched"),
        "done": _("taken in"),
        "known": _("here already"),
        "failed": _("could not be taken in"),
    },
}

# Lines of a claim's history, after the name of who did it.
EVIDENCE_HAPPENED: dict[str, Any] = {
    "flag.raise": _("marked it to be looked at again, since a source of it changed"),
    "flag.clear": _("looked at it again after a source of it changed"),
    "gate.override": _("gave the verdict though a rule of the project was not met"),
}
