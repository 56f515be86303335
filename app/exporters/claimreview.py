"""ClaimReview: a verdict as search engines and fact-check collections read it (JSON-LD).

Either a claim makes a whole and valid object, or it makes none and the reasons are said: nothing
is cut, guessed or left empty.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from app.domain.claim_parts import HopRecord
from app.domain.findings import Finding, PublicRuling
from app.domain.links import host_of
from app.domain.words import AgentKind
from app.exporters.claimreview_rules import LONGEST, is_within, names_rating, problems
from app.exporters.exporter import N_, Exporter, LeftOut, Problem, Records
from app.exporters.prose import web_address

CONTEXT = "https://schema.org"
# What an agent is in the words of schema.org; a document and somebody unnamed are no authors.
KINDS = {AgentKind.PERSON: "Person", AgentKind.ORGANISATION: "Organization"}

SHOWN = 60

Object = dict[str, Any]


def missing(finding: Finding) -> list[str]:
    """Why a claim makes no valid ClaimReview, as codes of refusals; empty where it does."""
    ruling, wording = finding.ruling, claim_reviewed(finding)
    faults = {
        "claimreview.url": web_address(finding.published_url) is None,
        "claimreview.publisher": not (finding.publisher_name or "").strip(),
        "claimreview.wording": not 0 < len(wording) < LONGEST,
        "claimreview.rating": names_rating(wording, ruling.content.name),
        "claimreview.own-domain": any(is_own(finding, url) for url in _places(finding)),
    }
    return [code for code, is_so in faults.items() if is_so]


def claim_reviewed(finding: Finding) -> str:
    """The short wording, or else the claim."""
    return finding.ruling.short_text.strip() or finding.text.strip()


def is_own(finding: Finding, url: str) -> bool:
    """Whether an address is on the site of the desk itself."""
    own = filter(None, map(web_address, (finding.published_url, finding.publisher_url)))
    return any(is_within(host_of(url), host_of(site)) for site in own)


def made(finding: Finding) -> Object | None:
    """The ClaimReview of a claim, or None where ``missing`` says why there is none."""
    if missing(finding):
        return None
    return _filled(
        {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "url": finding.published_url,
            "datePublished": finding.published_on,
            "claimReviewed": claim_reviewed(finding),
            "author": _publisher(finding),
            "itemReviewed": _item(finding),
            "reviewRating": _rating(finding.ruling),
            "correction": [_correction(one) for one in finding.corrections],
        }
    )


def _filled(thing: Object) -> Object:
    """Without the keys that hold nothing."""
    return {key: value for key, value in thing.items() if value not in (None, "", [], {})}


def _publisher(finding: Finding) -> Object:
    return _filled(
        {
            "@type": "Organization",
            "name": (finding.publisher_name or "").strip(),
            "url": web_address(finding.publisher_url),
            "correctionsPolicy": web_address(finding.corrections_url),
        }
    )


def _item(finding: Finding) -> Object:
    claimant = finding.claimant
    first = web_address(claimant.url) if claimant else None
    others = [url for url in _places(finding) if url != first]
    return _filled(
        {
            "@type": "Claim",
            "author": _author(claimant) if claimant else None,
            # When it was said: never when it was checked.
            "datePublished": finding.said_on or (claimant.said_on if claimant else None),
            "firstAppearance": _work(first) if first else None,
            "appearance": [_work(url) for url in others],
        }
    )


def _author(hop: HopRecord) -> Object | None:
    """Who made the claim, in their kind; None where nobody is named."""
    kind = KINDS.get(hop.agent_kind)
    name = hop.agent.strip()
    if kind is None or not hop.is_named or not name:
        return None
    same_as = web_address(hop.same_as)
    return _filled(
        {
            "@type": kind,
            "name": name,
            "jobTitle": (hop.role or "").strip() if kind == "Person" else None,
            "sameAs": [same_as] if same_as else None,
        }
    )


def _places(finding: Finding) -> list[str]:
    """Where the claim stands, nearest the reader first; each address once."""
    urls = [finding.article_url, finding.seen_at_url, *(hop.url for hop in finding.hops)]
    return list(dict.fromkeys(url for url in map(web_address, urls) if url))


def _work(url: str) -> Object:
    return {"@type": "CreativeWork", "url": url}


def _rating(ruling: PublicRuling) -> Object:
    """The verdict in words, and in numbers where it stands on a scale that has two ends."""
    rating: Object = {
        "@type": "Rating",
        "alternateName": ruling.content.name,
        "ratingExplanation": ruling.conclusion.strip(),
    }
    ranks, rank = ruling.ranks, ruling.content.rank
    if rank is not None and len(ranks) > 1 and min(ranks) >= 1:
        rating |= {"ratingValue": rank, "bestRating": max(ranks), "worstRating": min(ranks)}
    return _filled(rating)


def _correction(ruling: PublicRuling) -> Object:
    return {
        "@type": "CorrectionComment",
        "text": ruling.public_note,
        "datePublished": ruling.decided_on,
    }


def as_json(thing: Object, *, indent: int | None = None) -> str:
    """An object as JSON, on one line unless indented."""
    return json.dumps(thing, ensure_ascii=False, indent=indent)


def as_script(thing: Object) -> str:
    """The element for a page; nothing in it can end the script early."""
    text = as_json(thing, indent=2).replace("</", r"<\/").replace("<!--", r"\u003c!--")
    return f'<script type="application/ld+json">\n{text}\n</script>\n'


def write(findings: Iterable[Finding]) -> Iterator[str]:
    """A line of JSON for each claim that makes a ClaimReview."""
    for finding in findings:
        thing = made(finding)
        if thing is not None:
            yield f"{as_json(thing)}\n"


def left_out(finding: Finding) -> LeftOut | None:
    """Why a claim is in no file of these."""
    codes = missing(finding)
    return LeftOut(finding.claim_id, tuple(codes)) if codes else None


def validate(chunks: Iterable[str]) -> list[Problem]:
    """What a strict reader finds wrong in such a file: in a line, or an address that comes twice."""
    found: list[Problem] = []
    first_at: dict[str, int] = {}
    for number, line in enumerate("".join(chunks).splitlines(), start=1):
        try:
            thing = json.loads(line)
        except ValueError:
            found.append(Problem(number, None, "line.json", line[:SHOWN]))
            continue
        found += problems(thing, number)
        if not isinstance(thing, dict):
            continue
        key = json.dumps([thing.get(name) for name in ("url", "claimReviewed")])
        if first_at.setdefault(key, number) != number:
            found.append(Problem(number, "url", "row.double", key[:SHOWN]))
    return found


EXPORTER = Exporter(
    name="claimreview.jsonl",
    title=N_("ClaimReview: one line for each published claim, for search engines"),
    media_type="application/x-ndjson; charset=utf-8",
    records=Records.FINDINGS,
    write=write,
    validate=validate,
    left_out=left_out,
)
