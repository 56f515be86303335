"""The published rules of ClaimReview, for a strict reader: written apart from what writes it.

They are those of Google's documentation and of schema.org, the stricter one where they differ.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from app.domain.dates import partial_date
from app.domain.errors import Invalid
from app.domain.links import checked_link, host_of
from app.exporters.exporter import Problem

# Google takes a wording of fewer characters than this.
LONGEST = 75
TYPES = ("Person", "Organization")
NUMBERS = ("ratingValue", "bestRating", "worstRating")
TOP = frozenset(
    {
        *("@context", "@type", "url", "datePublished", "claimReviewed", "author"),
        *("itemReviewed", "reviewRating", "correction"),
    }
)

Fault = tuple[str, str]


def is_within(host: str, site: str) -> bool:
    """Whether a host is a site or a part of it, or the other way round."""
    return host == site or host.endswith(f".{site}") or site.endswith(f".{host}")


def names_rating(wording: str, rating: str) -> bool:
    """Whether the wording of a claim says the verdict already, as a word of its own."""
    pattern = rf"(?<!\w){re.escape(rating.strip())}(?!\w)"
    return bool(rating.strip()) and re.search(pattern, wording, re.IGNORECASE) is not None


def problems(thing: Any, line: int = 1) -> list[Problem]:  # noqa: ANN401 - whatever JSON holds
    """What is wrong in one ClaimReview; empty where every reader takes it."""
    if not isinstance(thing, dict):
        return [Problem(line, None, "object.shape", str(type(thing).__name__))]
    faults = [*_empty(thing, ""), *(fault for rule in RULES for fault in rule(thing))]
    return [Problem(line, where, code) for where, code in dict.fromkeys(faults)]


def _empty(value: Any, where: str) -> Iterator[Fault]:  # noqa: ANN401 - as above
    """No key stands there for nothing."""
    if value in (None, "", [], {}) or (isinstance(value, str) and not value.strip()):
        yield where, "value.empty"
    children = dict(enumerate(value)) if isinstance(value, list) else value
    if isinstance(children, dict):
        for name, child in children.items():
            yield from _empty(child, f"{where}.{name}".lstrip("."))


def _top(thing: Mapping[str, Any]) -> Iterator[Fault]:
    yield from ((key, "key.unknown") for key in thing.keys() - TOP)
    if thing.get("@context") != "https://schema.org":
        yield "@context", "context.other"
    if thing.get("@type") != "ClaimReview":
        yield "@type", "type.other"
    if not _is_link(thing.get("url")):
        yield "url", "link.shape"
    if "datePublished" in thing and not _is_day(thing["datePublished"]):
        yield "datePublished", "date.shape"


def _wording(thing: Mapping[str, Any]) -> Iterator[Fault]:
    wording, rating = thing.get("claimReviewed"), thing.get("reviewRating")
    if not isinstance(wording, str) or not 0 < len(wording) < LONGEST:
        yield "claimReviewed", "wording.length"
    elif isinstance(rating, dict) and names_rating(wording, str(rating.get("alternateName", ""))):
        yield "claimReviewed", "wording.rating"


def _author(thing: Mapping[str, Any]) -> Iterator[Fault]:
    author = thing.get("author")
    if not isinstance(author, dict) or author.get("@type") not in TYPES:
        yield "author", "author.type"
        return
    if not isinstance(author.get("name", author.get("url")), str):
        yield "author", "author.name"
    for key in ("url", "correctionsPolicy"):
        if key in author and not _is_link(author[key]):
            yield f"author.{key}", "link.shape"


def _item(thing: Mapping[str, Any]) -> Iterator[Fault]:
    item = thing.get("itemReviewed")
    if not isinstance(item, dict) or item.get("@type") != "Claim":
        yield "itemReviewed", "type.other"
        return
    if "author" in item:
        yield from _claimant(item["author"])
    if "datePublished" in item and not _is_date(item["datePublished"]):
        yield "itemReviewed.datePublished", "date.shape"
    works = item.get("appearance", [])
    if not isinstance(works, list):
        yield "itemReviewed.appearance", "appearance.list"
        works = []
    for work in [*works, *([item["firstAppearance"]] if "firstAppearance" in item else [])]:
        yield from _work(work, thing)


def _claimant(author: Any) -> Iterator[Fault]:  # noqa: ANN401 - whatever JSON holds
    where = "itemReviewed.author"
    if not isinstance(author, dict) or author.get("@type") not in TYPES:
        yield where, "author.type"
        return
    if not isinstance(author.get("name"), str) or not author["name"].strip():
        yield where, "author.name"
    if "jobTitle" in author and author["@type"] != "Person":
        yield f"{where}.jobTitle", "author.job"
    if "sameAs" in author and not all(map(_is_link, _listed(author["sameAs"]))):
        yield f"{where}.sameAs", "link.shape"


def _work(work: Any, thing: Mapping[str, Any]) -> Iterator[Fault]:  # noqa: ANN401 - as above
    where = "itemReviewed.appearance"
    if not isinstance(work, dict) or work.get("@type") != "CreativeWork":
        yield where, "appearance.type"
    elif not _is_link(work.get("url")):
        yield where, "link.shape"
    elif any(is_within(host_of(work["url"]), host_of(site)) for site in _sites(thing)):
        yield where, "appearance.own"


def _sites(thing: Mapping[str, Any]) -> list[str]:
    author = thing.get("author")
    urls = [thing.get("url"), author.get("url") if isinstance(author, dict) else None]
    return [str(url) for url in urls if _is_link(url)]


def _rating(thing: Mapping[str, Any]) -> Iterator[Fault]:
    rating = thing.get("reviewRating")
    if not isinstance(rating, dict) or rating.get("@type") != "Rating":
        yield "reviewRating", "type.other"
        return
    if not isinstance(rating.get("alternateName"), str):
        yield "reviewRating.alternateName", "rating.name"
    there = [rating[name] for name in NUMBERS if name in rating]
    if there and not _is_scale(there):
        yield "reviewRating", "rating.numbers"


def _is_scale(numbers: list[Any]) -> bool:
    """All three are there, whole numbers from 1, the value between two different ends."""
    if len(numbers) != len(NUMBERS) or any(type(number) is not int for number in numbers):
        return False
    value, best, worst = numbers
    return bool(1 <= worst <= value <= best and worst < best)


def _corrections(thing: Mapping[str, Any]) -> Iterator[Fault]:
    for one in _listed(thing.get("correction", [])):
        if not isinstance(one, dict) or one.get("@type") != "CorrectionComment":
            yield "correction", "type.other"
        elif not isinstance(one.get("text"), str) or not _is_day(one.get("datePublished")):
            yield "correction", "correction.shape"


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - as above
    return value if isinstance(value, list) else [value]


def _is_link(value: Any) -> bool:  # noqa: ANN401 - as above
    try:
        return isinstance(value, str) and checked_link(value) == value
    except Invalid:
        return False


def _is_date(value: Any) -> bool:  # noqa: ANN401 - as above
    try:
        return isinstance(value, str) and partial_date(value) == value
    except Invalid:
        return False


def _is_day(value: Any) -> bool:  # noqa: ANN401 - as above
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


RULES: tuple[Callable[[Mapping[str, Any]], Iterator[Fault]], ...] = (
    _top,
    _wording,
    _author,
    _item,
    _rating,
    _corrections,
)
