"""What is measured for words of an article that somebody else marked, as for Assay's own suggestions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.extraction.candidate import Candidate
from app.extraction.checkworthy import shipped
from app.extraction.rules import RulesExtractor
from app.extraction.sentences import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article's text, normalised, and what is known of it."""

    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None


def measured_anew(article: Text, spans: Sequence[Span]) -> list[Mapping[str, float] | None]:
    """The signals of some stretches of an article, each those of the clause that holds most of it.

    None where no clause does, and where the article is in a language that is not read.
    """
    every = replace(shipped(), listed_from=0.0)
    found = RulesExtractor(listed_by=every).extract(
        article.text,
        url=article.url,
        publisher=article.publisher,
        date=article.published,
        title=article.title,
        language=article.language,
    )
    if found.scored_with is None:
        return [None] * len(spans)
    return [_nearest(found.candidates, span) for span in spans]


def _nearest(candidates: Sequence[Candidate], span: Span) -> Mapping[str, float] | None:
    """Of the clauses that share half of their words with a stretch, or of its words, the best."""
    best, most = None, 0.0
    for one in candidates:
        shared = min(one.end, span.end) - max(one.start, span.start)
        shorter = min(one.end - one.start, span.end - span.start)
        share = shared / (one.end - one.start + span.end - span.start - shared)
        if 2 * shared >= shorter > 0 and share > most:
            best, most = one.signals, share
    return best
