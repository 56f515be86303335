"""The words of the pages: what members of enumerations are called, and how refusals are said."""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from babel.support import NullTranslations
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from app.domain import words
from app.domain.blindness import SeenState
from app.domain.counted_sentences import COUNTED
from app.domain.errors import Missing, NotAllowed, Refused, Stale, WrongState
from app.domain.left import Left
from app.domain.lessons import Lesson
from app.domain.own_checks import CheckGroup
from app.domain.replies import ReplyFilter, ReplyState
from app.domain.sentences import SENTENCES
from app.extraction.checkworthy import OF_WORDS
from app.web.claim_words import READ
from app.web.compared_words import COMPARED
from app.web.evidence_words import EVIDENCE, EVIDENCE_HAPPENED
from app.web.languages import page_words

WORDS: dict[type[StrEnum], dict[str, Any]] = {
    **READ,
    **EVIDENCE,
    **COMPARED,
    words.Role: {
        "editor": _("Editor"),
        "reviewer": _("Checker"),
        "adjudicator": _("Adjudicator"),
        "viewer": _("Reader"),
    },
    words.ActorKind: {
        "person": _("a person"),
        "console": _("the console"),
        "system": _("Assay itself"),
    },
    words.Erasable: {
        "person": _("a person"),
        "snapshot": _("a text"),
        "source": _("a source"),
        "review": _("a check"),
        "comment": _("a comment"),
        "reply": _("a reply"),
    },
    words.ProjectState: {"active": _("Active"), "archived": _("Put away")},
    words.Decides: {
        "signoff": _("One checks, another signs off"),
        "independent": _("Several check, each on their own"),
        "single": _("One person alone"),
    },
    words.ExtractionState: {
        "asked": _("waits for an answer"),
        "done": _("answered"),
        "failed": _("came to nothing"),
    },
    words.ClaimState: {
        "candidate": _("Suggested"),
        "open": _("To check"),
        "settled": _("Checked"),
        "rejected": _("Dropped"),
    },
    SeenState: {
        "suggested": _("Suggested"),
        "dropped": _("Dropped"),
        "to-do": _("To check"),
        "mine-done": _("Checked by me"),
        "waiting": _("To settle"),
        "settled": _("Checked"),
    },
    words.Mode: {
        "direct": _("Word for word"),
        "paraphrase": _("In other words"),
        "document": _("In a document"),
    },
    words.ChainChange: {
        "last": _("In place of the last step; those before it stay"),
        "behind": _("Behind the last step, which passed it on"),
        "whole": _("In place of the whole chain"),
    },
    words.AgentKind: {
        "person": _("Person"),
        "organisation": _("Organisation"),
        "document": _("Document"),
        "unnamed": _("Unnamed"),
    },
    words.SchemeKind: {"content": _("Is it so?"), "attribution": _("Was it said?")},
    words.RoundKind: {
        "independent": _("Independent checks"),
        "signoff": _("Check and sign-off"),
        "evidence-only": _("Control: from the sources alone"),
        "training": _("Training"),
        "reopened": _("Opened again"),
    },
    words.ExtraReason: {
        "newcomer": _("checked by a newcomer"),
        "sample": _("in the sample"),
        "tag": _("its tag asks for it"),
        "difference": _("the first checks differ"),
    },
    words.GoldUse: {"training": _("For training"), "gold": _("Mixed in with a known answer")},
    Lesson: {
        "picked": _("Picked"),
        "trimmed": _("Corrected and kept"),
        "added": _("Added by hand"),
        "dropped": _("Dropped"),
    },
    words.TriageDecision: {"pick": _("Check"), "drop": _("Drop")},
    words.TallyQuestion: {
        "content": _("Is it so?"),
        "attribution": _("Was it said?"),
        "stance": _("What a source does"),
        "sources": _("Sources in common"),
        "triage": _("Check or drop"),
    },
    words.Basis: {"blind": _("Before seeing others"), "final": _("As it stands now")},
    words.ReviewState: {
        "lent": _("Being checked"),
        "submitted": _("Done"),
        "returned": _("Sent back with a question"),
        "skipped": _("Skipped"),
    },
    CheckGroup: {
        "draft": _("Drafts"),
        "returned": _("Came back with a question"),
        "in-hand": _("In your hands, nothing typed yet"),
        "waiting": _("Waiting"),
        "put-off": _("Put off"),
        "given": _("Given"),
    },
    ReplyState: {
        "to-send": _("To send"),
        "waiting": _("Waiting"),
        "overdue": _("Overdue"),
        "answered": _("Answered"),
        "not-applicable": _("Not asked for"),
        "erased": _("Erased"),
    },
    ReplyFilter: {
        "awaited": _("Awaited"),
        "answered": _("Answered"),
        "all": _("All"),
    },
    words.SkipReason: {
        "not-a-claim": _("It is not a claim"),
        "needs-context": _("It cannot be understood on its own"),
        "outside-field": _("It is outside my field"),
        "conflict-of-interest": _("I have an interest in it"),
    },
    words.Confidence: {
        "low": _("Not very sure"),
        "medium": _("Fairly sure"),
        "high": _("Very sure"),
    },
    words.DecidedBy: {
        "agreement": _("The checks agreed"),
        "signoff": _("Signed off"),
        "adjudication": _("Settled by a person"),
        "single": _("Decided by one person alone"),
    },
    words.BarReason: {
        "unblinded": _("Saw the answers of others"),
        "conflict-of-interest": _("Has an interest in it"),
        "consulted": _("Was asked about it"),
        "interest": _("Declared an interest"),
    },
    words.FoundBy: {
        "original": _("where it was taken from"),
        "hand": _("placed by hand"),
        "position": _("found at the same place"),
        "quote": _("found word for word"),
        "approximate": _("found in similar words"),
        "missing": _("not found"),
    },
    words.GoldUse: {"training": _("To learn from"), "gold": _("Mixed in silently")},
    words.TranslatedBy: {"human": _("Translated by a person"), "machine": _("Machine translation")},
    words.Channel: {
        "email": _("E-mail"),
        "phone": _("Telephone"),
        "form": _("Contact form"),
        "letter": _("Letter"),
        "social": _("Social network"),
        "in-person": _("In person"),
    },
    words.CorrectionKind: {
        "minor": _("Minor: nothing of what it says changes"),
        "update": _("Update: something new is known"),
        "substantial": _("Substantial: what was published was wrong"),
    },
    words.NoticeKind: {
        "asked": _("You are asked"),
        "answered": _("Your question was answered"),
        "mentioned": _("You are mentioned"),
        "returned": _("Your check came back"),
        "assigned": _("A claim was given to you"),
        "lapsing": _("Your claim is about to go back"),
        "gold-missed": _("A known answer was missed"),
    },
    Left: {
        "second-check": _("Waits for a second checker"),
        "update": _("Corrected since it was published"),
        "publishing": _("Not published yet"),
        "nobody": _("Nobody is left who could check it"),
    },
    words.ImportState: {
        "running": _("Running"),
        "finished": _("Finished"),
        "failed": _("Stopped"),
    },
}

# Lines of a claim's history, after the name of who did it.
HAPPENED: dict[str, Any] = {
    **EVIDENCE_HAPPENED,
    "claim.add": _("added it"),
    "claim.pick": _("put it on the list to check"),
    "claim.drop": _("dropped it"),
    "claim.put-off": _("put it off"),
    "claim.edit": _("confirmed the wording and who said it"),
    "claim.import": _("took it in from a file"),
    "claim.settle": _("settled it"),
    "claim.unblind": _("looked at the checks"),
    "claim.move": _("moved its ends"),
    "claim.split": _("split it"),
    "claim.merge": _("joined other claims to it"),
    "claim.join": _("joined it to another claim"),
    "claim.place": _("found it again in a new text"),
    "claim.confirm-place": _("looked at its place in the new text"),
    "claim.keep-place": _("kept it at its old text"),
    "claim.lose": _("did not find it in a new text"),
    "claim.group": _("said which claims say the same"),
    "claim.control": _("asked for a control from the sources alone"),
    "claim.reopen": _("opened it again, for further checks"),
    "claim.confirm": _("let the verdict hold after another round"),
    "claim.cover": _("settled it with another claim of the same statement"),
    "claim.triage": _("said a second time whether it is worth checking"),
    "claim.plan": _("planned it"),
    "claim.batch": _("put it into a batch, or out of one"),
    "claim.correct": _("corrected the verdict"),
    "claim.publish": _("noted where it was published"),
    "claim.unpublish": _("took back where it was published"),
    "claim.translate": _("translated its words"),
    "claim.extra-check": _("asked for one check more, by a rule of the project"),
    "claim.enough": _("asked for no more checks of it"),
    "claim.round-end": _("ended its round, in which it had no check"),
    "claim.want": _("changed how many checks it wants"),
    "review.take": _("began to check it"),
    "review.assign": _("gave it to somebody to check"),
    "review.submit": _("checked it"),
    "review.submit, retired": _(
        "checked it, with an answer that was taken off the scale meanwhile"
    ),
    "review.skip": _("passed it on"),
    "review.put-off": _("put the check off"),
    "review.return": _("sent the check back with a question"),
    "review.take-back": _("took a check back, so that somebody else can check it"),
    "review.wait": _("waits for an answer from outside"),
    "review.keep": _("kept it for longer"),
    "review.ask-holder": _("asked whether it is still being checked"),
    "reply.add": _("asked for a reply"),
    "reply.change": _("wrote down more about a reply"),
    "comment.add": _("wrote a comment"),
    "comment.ask": _("asked somebody about it"),
    "comment.resolve": _("closed a thread"),
    "comment.reopen": _("opened a thread again"),
}

# How soon a claim is checked, in the numbers that people are offered.
PRIORITIES: tuple[tuple[str, Any], ...] = (
    ("0", _("As usual")),
    ("1", _("Soon")),
    ("2", _("Sooner")),
    ("3", _("First")),
)

# By status: the heading of the page, and the sentence when nothing better is known.
PROBLEMS: dict[int, tuple[Any, Any]] = {
    400: (
        _("This form could not be read"),
        _("Nothing was changed. Open the page again and send the form once more."),
    ),
    403: (
        _("You may not do this"),
        _("Your role does not include it. An editor of the project can change that."),
    ),
    404: (
        _("There is no such page"),
        _("It may have moved, or it belongs to a project that you are not in."),
    ),
    405: (
        _("This page does not take that"),
        _("Nothing was changed. Go back and use the buttons of the page."),
    ),
    409: (
        _("This changed in the meantime"),
        _("Somebody was quicker. Nothing of yours was written; look at how it stands now."),
    ),
    411: (
        _("This does not say how long it is"),
        _("Nothing was changed. Send it again with its length in the header Content-Length."),
    ),
    413: (
        _("This is too large"),
        _("Nothing was changed. Go back, and send a smaller file or less text at once."),
    ),
    422: (
        _("This cannot be accepted"),
        _("Nothing was changed. Go back and look at what you sent."),
    ),
    429: (_("Too many attempts"), _("Wait a little, then try again.")),
    500: (
        _("Something broke here"),
        _("Nothing was changed. It is not your doing; try again, or tell whoever runs this desk."),
    ),
    503: (
        _("Somebody else is writing just now"),
        _("Nothing was changed. Go back in a few seconds and send it again."),
    ),
}
# Another 503: whether what was sent just then was kept, nobody can say.
AWAY: tuple[Any, Any] = (
    _("The database did not answer"),
    _(
        "Go back in a few seconds and send it again: a check that was kept already is not kept twice."
    ),
)
NO_ROOM: tuple[Any, Any] = (
    _("The desk has no room to write"),
    _("Nothing was changed. Tell whoever runs this desk that its disk is full or closed to it."),
)

# A page can say more than the sentence of this code: who can change it.
TOO_GENERAL = frozenset({"not-allowed"})
# Where a code has no sentence of its own, its kind has one.
USUAL: dict[type[Refused], int] = {Missing: 404, NotAllowed: 403, WrongState: 409, Stale: 409}


def word(member: StrEnum) -> str:
    """What the page calls a member of an enumeration."""
    return _word(page_words(), member)


# By types: members of two enumerations are one to a dict. To look one up takes 13 µs, a list has a hundred.
@lru_cache(maxsize=2_048, typed=True)
def _word(_words: NullTranslations, member: StrEnum) -> str:
    return str(WORDS[type(member)][member.value])


def happened(action: str, details: Mapping[str, Any]) -> str:
    """A line of history in words."""
    amended = details.get("amended")
    if isinstance(amended, list) and amended:
        return "; ".join(word(words.Amended(what)) for what in amended)
    told = f"{action}, retired" if details.get("retired") else action
    return str(HAPPENED.get(told, action))


def reason(text: str) -> str:
    """Why a claim was suggested, or what spoke against it, in the language of the page."""
    if text.startswith(OF_WORDS):
        return str(_("words: %(words)s", words=text.removeprefix(OF_WORDS)))
    return page_words().ugettext(text)


def sentence(refusal: Refused) -> str:
    """A refusal in words: its own, or those of its kind."""
    said = None if refusal.code in TOO_GENERAL else SENTENCES.get(refusal.code)
    if said is None:
        status = next((USUAL[kind] for kind in type(refusal).__mro__ if kind in USUAL), 422)
        return str(PROBLEMS[status][1])
    values = {name: _valued(value) for name, value in refusal.values.items()}
    counted = COUNTED.get(refusal.code)
    if counted is not None:
        return str(ngettext(counted.one, counted.many, counted.of(refusal.values), **values))
    return str(gettext(said)) % values


def _valued(value: object) -> object:
    """A value of a refusal as a sentence says it: members of enumerations, or several, in words."""
    if isinstance(value, StrEnum):
        return word(value)
    if isinstance(value, tuple) and all(isinstance(one, StrEnum) for one in value):
        return "; ".join(word(one) for one in value)
    return value
