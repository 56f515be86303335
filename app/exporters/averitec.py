"""averitec.json: settled claims with questions and answers, in the shape of the data set AVeriTeC.

Schlichtkrull, Guo and Vlachos, NeurIPS 2023 (github.com/MichSchli/AVeriTeC, ``data/dev.json``). The
order of keys and every label are theirs to the letter. The chain of who said it is cut to its two
ends; stances, quotes, and every verdict but the last are not in it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from app.domain.asked_claims import AskedClaim
from app.domain.crosswalks import averitec_label
from app.domain.evidence_questions import EvidenceAnswerRecord
from app.domain.evidence_words import AnswerType, SourceMedium
from app.domain.words import AgentKind, ClaimKind, SourceKind
from app.exporters.averitec_rules import problems_in
from app.exporters.exporter import N_, Exporter, LeftOut, Problem, Records

Object = dict[str, Any]

NO_ANSWER = "No answer could be found."
# A comparison of figures, and a trend, are numerical claims there; what a rule says is a property
# of it. Forecasts were not taken in.
TYPES: Mapping[ClaimKind, str] = {
    ClaimKind.QUANTITY: "Numerical Claim",
    ClaimKind.COMPARISON: "Numerical Claim",
    ClaimKind.EVENT: "Event/Property Claim",
    ClaimKind.RULE: "Event/Property Claim",
    ClaimKind.QUOTATION: "Quote Verification",
    ClaimKind.CAUSAL: "Causal Claim",
    ClaimKind.POSITION: "Position Statement",
}
MEDIUMS: Mapping[SourceMedium, str] = {
    SourceMedium.WEB_TEXT: "Web text",
    SourceMedium.PDF: "PDF",
    SourceMedium.METADATA: "Metadata",
    SourceMedium.WEB_TABLE: "Web table",
    SourceMedium.IMAGE: "Image/graphic",
    SourceMedium.VIDEO: "Video",
    SourceMedium.OTHER: "Other",
}
WRITTEN = frozenset({SourceMedium.WEB_TEXT, SourceMedium.PDF, SourceMedium.WEB_TABLE})
WRITINGS = frozenset({SourceKind.WEB, SourceKind.DOCUMENT})


def missing(claim: AskedClaim) -> list[str]:
    """Why a claim has no place in such a file, as codes of refusals; empty where it has one."""
    sources = [answer.source for answer in claim.answers if answer.source is not None]
    faults = {
        "averitec.question": not claim.questions,
        "averitec.label": averitec_label(claim.scale, claim.answer) is None,
        "averitec.date": _day(claim) is None,
        "averitec.kept-back": any(source.source_id in claim.kept_back for source in sources),
        "averitec.address": any(not source.url for source in sources),
    }
    return [code for code, is_so in faults.items() if is_so]


def made(claim: AskedClaim) -> Object | None:
    """A claim in that shape, or None where ``missing`` says why it has none."""
    day = _day(claim)
    if day is None or missing(claim):
        return None
    claimant = claim.claimant
    return {
        "claim": claim.text,
        "required_reannotation": claim.is_repeated,
        "label": averitec_label(claim.scale, claim.answer),
        "justification": claim.justification,
        "claim_date": f"{day.day}-{day.month}-{day.year:04}",
        "speaker": None if claimant is None else claimant.agent,
        "original_claim_url": _origin(claim),
        "fact_checking_article": claim.published_url or "",
        "reporting_source": _outlet(claim),
        # Where a claim was made is not recorded.
        "location_ISO_code": None,
        "claim_types": list(dict.fromkeys(TYPES[kind] for kind in claim.kinds if kind in TYPES)),
        "fact_checking_strategies": list(_strategies(claim)),
        "questions": [
            {"question": one.text, "answers": [_answer(answer) for answer in one.answers]}
            for one in claim.questions
        ],
        "cached_original_claim_url": None,
    }


def _day(claim: AskedClaim) -> date | None:
    """The day on which it was made: an article's own only where the article itself says it."""
    claimant = claim.claimant
    said = claim.article_published if claimant is None else claimant.said_on
    for text in (claim.said_on, said):
        try:
            return date.fromisoformat(text or "")
        except ValueError:
            continue
    return None


def _origin(claim: AskedClaim) -> str | None:
    """Where the claimant made it; an article that says it itself is where it was made."""
    claimant = claim.claimant
    said = claim.article_url if claimant is None else claimant.url
    return said or claim.seen_at_url or None


def _outlet(claim: AskedClaim) -> str | None:
    """The outlet nearest to us: one that the article passes on, else who published the article."""
    first = claim.hops[0] if len(claim.hops) > 1 else None
    if first is not None and first.is_named and first.agent_kind is AgentKind.ORGANISATION:
        return first.agent
    return claim.article_publisher or None


def _strategies(claim: AskedClaim) -> Iterator[str]:
    """Only what the record shows: whether somebody was consulted, say, it does not."""
    if any(
        answer.source is not None and answer.source.kind in WRITINGS and answer.medium in WRITTEN
        for answer in claim.answers
    ):
        yield "Written Evidence"
    if claim.compares_figures:
        yield "Numerical Comparison"


def _answer(answer: EvidenceAnswerRecord) -> Object:
    is_found = answer.type is not AnswerType.UNANSWERABLE
    source = answer.source
    said: Object = {
        "answer": answer.text if is_found else NO_ANSWER,
        "answer_type": answer.type.value.capitalize(),
        "source_url": "" if source is None else source.url or "",
        "source_medium": "" if answer.medium is None else MEDIUMS[answer.medium],
    }
    if answer.type is AnswerType.BOOLEAN:
        said["boolean_explanation"] = answer.explanation
    if source is not None and source.archive_url:
        said["cached_source_url"] = source.archive_url
    return said


def write(claims: Iterable[AskedClaim]) -> Iterator[str]:
    """One array, a claim in each chunk."""
    objects = (thing for thing in map(made, claims) if thing is not None)
    texts = (json.dumps(thing, ensure_ascii=False, indent=4) for thing in objects)
    before = chain(["[\n"], iter(lambda: ",\n", None))
    is_empty = True
    for joint, text in zip(before, texts, strict=False):
        is_empty = False
        yield joint + "\n".join(f"    {line}" for line in text.split("\n"))
    yield "[]\n" if is_empty else "\n]\n"


def left_out(claim: AskedClaim) -> LeftOut | None:
    """Why a claim is not in the file."""
    codes = missing(claim)
    return LeftOut(claim.claim_id, tuple(codes)) if codes else None


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file."""
    return problems_in("".join(chunks))


EXPORTER = Exporter(
    name="averitec.json",
    title=N_("AVeriTeC: settled claims with questions and answers, for research"),
    media_type="application/json; charset=utf-8",
    records=Records.ASKED_CLAIMS,
    write=write,
    validate=validate,
    left_out=left_out,
)
