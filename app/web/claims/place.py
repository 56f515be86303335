"""The words that a claim was taken from, within their paragraph."""

from dataclasses import dataclass

from app.domain.records import ArticleRecord, ClaimRecord

MAX_AROUND = 1_500


@dataclass(frozen=True, slots=True)
class Place:
    """A quote with what stands before and after it in the same paragraph."""

    before: str
    quote: str
    after: str


def place_of(claim: ClaimRecord, article: ArticleRecord | None) -> Place | None:
    """Where the claim stands; None for a claim without words of an article."""
    if article is None or claim.start is None or claim.end is None:
        return None
    text = article.text
    begin = text.rfind("\n\n", 0, claim.start)
    finish = text.find("\n\n", claim.end)
    begin = max(begin + 2 if begin >= 0 else 0, claim.start - MAX_AROUND)
    finish = min(finish if finish >= 0 else len(text), claim.end + MAX_AROUND)
    return Place(
        text[begin : claim.start].lstrip(),
        text[claim.start : claim.end],
        text[claim.end : finish].rstrip(),
    )
