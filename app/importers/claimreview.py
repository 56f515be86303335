"""Reading ClaimReview as others write it: one thing where a list is due, a text where an object."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ReadReview:
    """What one ClaimReview says; whatever it leaves out is empty."""

    claim: str
    url: str
    publishers: tuple[str, ...]
    claimants: tuple[str, ...]
    rating: str
    appearances: tuple[str, ...]
    said_on: str


def read(thing: Mapping[str, Any]) -> ReadReview:
    """One ClaimReview, its authors and appearances as text, object or list of either."""
    item = _first(thing.get("itemReviewed"))
    places = [*_all(item.get("firstAppearance")), *_all(item.get("appearance"))]
    return ReadReview(
        claim=_text(thing.get("claimReviewed")),
        url=_text(thing.get("url")),
        publishers=_said(_all(thing.get("author")), "name", "url"),
        claimants=_said(_all(item.get("author")), "name"),
        rating=_text(_first(thing.get("reviewRating")).get("alternateName")),
        appearances=_said(places, "url", "@id"),
        said_on=_text(item.get("datePublished")),
    )


def _all(value: Any) -> list[Any]:  # noqa: ANN401 - whatever JSON holds
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Mapping[str, Any]:  # noqa: ANN401 - as above
    return next((one for one in _all(value) if isinstance(one, Mapping)), {})


def _said(values: list[Any], *keys: str) -> tuple[str, ...]:
    """Each value's own text, or what stands under the first of some keys that holds one."""
    texts = [
        next(filter(None, (_text(value.get(key)) for key in keys)), "")
        if isinstance(value, Mapping)
        else _text(value)
        for value in values
    ]
    return tuple(dict.fromkeys(text for text in texts if text))


def _text(value: Any) -> str:  # noqa: ANN401 - as above
    return value.strip() if isinstance(value, str) else ""
