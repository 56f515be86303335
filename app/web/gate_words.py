"""How the rules for verdicts are told on a page: what was found, what is wanted, and the way out."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.domain.evidence_words import GateRule
from app.domain.gates import Line
from app.domain.words import Answers
from app.web.wording import word

# What more is known of a rule that is met or not, by its code.
WHY: dict[str, Any] = {
    "no-copy": _("no saved copy"),
    "only-supports": _("nothing that contradicts it"),
    "only-refutes": _("nothing that backs it"),
    "looked": _("somebody searched for the other side"),
}
WAYS: dict[GateRule, Any] = {
    GateRule.ORIGINS: _("Link one more source that does not copy these"),
    GateRule.PRIMARY: _("Link the record, the data or the person at first hand, or name the type"),
    GateRule.BOTH_SIDES: _("Look for the other side, and link it or a search that found nothing"),
    GateRule.QUOTE_IN_COPY: _("Save a copy of the page on the page of its source"),
    GateRule.DETAIL: _("Fill in what is missing of the sources"),
    GateRule.CONTACTED: _("Write down who was asked, or why nobody need be"),
    GateRule.APPEARANCE: _("Write down who made the claim and where it was seen"),
}


class Page(StrEnum):
    """The pages on which a verdict is given."""

    CHECK = "check"
    SETTLE = "settle"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Told:
    """One rule in words; without a ``way`` it is met."""

    name: str
    question: str
    numbers: str
    more: str
    is_met: bool
    stops: bool
    way: str = ""
    href: str = ""


def told(lines: Iterable[Line], claim_id: str, page: Page) -> list[Told]:
    """Rules as a page tells them; links lead to where what is missing can be put right."""
    return [_told(line, claim_id, page) for line in lines]


def _told(line: Line, claim_id: str, page: Page) -> Told:
    is_whole = line.question is Answers.BOTH
    return Told(
        name=word(line.rule),
        question="" if is_whole else word(line.question),
        numbers=_numbers(line),
        more=str(WHY[line.why]) if line.why else "",
        is_met=line.is_met,
        stops=line.stops,
        way="" if line.is_met else str(WAYS[line.rule]),
        href="" if line.is_met else _href(line, claim_id, page),
    )


def _numbers(line: Line) -> str:
    """How many were found of how many; that no source takes a side is met, and "0 of 2" is not."""
    if line.rule is GateRule.BOTH_SIDES and not line.found:
        return str(gettext("no source speaks for or against it, so none is one-sided"))
    return str(gettext("%(found)s of %(wanted)s", found=line.found, wanted=line.wanted))


def _href(line: Line, claim_id: str, page: Page) -> str:
    """Where it is put right: sources in the check, or by the question that it goes back with."""
    if line.rule is GateRule.CONTACTED:
        here = page is Page.CHECK
        return "#replies" if here else url_for("claims.show", claim_id=claim_id, _anchor="replies")
    if line.rule is GateRule.APPEARANCE:
        return url_for("claims.show", claim_id=claim_id)
    anchors = {Page.CHECK: "#sources", Page.SETTLE: "#question"}
    is_of_copies = line.rule is GateRule.QUOTE_IN_COPY
    if page in anchors and not is_of_copies:
        return anchors[page]
    return url_for("claims.show", claim_id=claim_id)
