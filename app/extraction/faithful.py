"""Whether the wording that somebody proposes for words of an article says no more than the article."""

import re

from app.domain.sameness import Statement
from app.extraction import lexicon as lex
from app.extraction.proposals import VERDICT

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"\d{4}")
_DAY_NAMED = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?:{'|'.join(sorted(lex.MONTHS))})\b\.?"
    r"(?: (?P<other>\d{1,2})(?:st|nd|rd|th)?\b)?",
    re.IGNORECASE,
)
_LINK = re.compile(r"://|www\.|@\w", re.IGNORECASE)
# So many of the words of a wording must be words of the article.
_LEAST_SHARED = 0.5
# Of those that are no small words, so many.
_LEAST_TOLD = 0.6


class Faithful:
    """An article against which wordings are held."""

    def __init__(self, text: str, *, date: str | None, known: str) -> None:
        """``date`` is the day of the article, ``known`` what else is known of it in words."""
        self.words = every_word_of(text) | every_word_of(known)
        self.told = Statement(f"{known} {text}")
        self._judged: dict[str, frozenset[str]] = {}
        years = {int(year) for year in _YEAR.findall(date or "")}
        # "Last year" and "on Monday" may be said as dates, where the day of the article is known.
        near = {str(year + by) for year in years for by in (-1, 0, 1)}
        self.numbers = frozenset(_NUMBER.findall(text)) | near
        self.has_date = bool(years)

    def says_no_more(self, wording: str, quote: str, context: str) -> bool:
        """Whether numbers, names and judgements of a wording are all the article's.

        What the quote denies it denies, and nothing else; ``context`` is the paragraph of the quote.
        """
        if context not in self._judged:
            self._judged[context] = _judgements(context)
        said = Statement(wording)
        return (
            _judgements(wording) <= self._judged[context]
            and said.is_denied == Statement(quote).is_denied
            and len(said.words & self.told.words) >= _LEAST_TOLD * len(said.words)
            and not _LINK.search(wording)
            and self._has_numbers(wording)
            and self._has_names(wording)
        )

    def _has_numbers(self, wording: str) -> bool:
        rest = _DAY_NAMED.sub(" ", wording) if self.has_date else wording
        return set(_NUMBER.findall(rest)) <= self.numbers

    def _has_names(self, wording: str) -> bool:
        words = _WORD.findall(wording)
        months = lex.MONTHS | lex.DAYS if self.has_date else frozenset()
        names = {word.casefold() for word in words[1:] if word[0].isupper()} - months
        shared = sum(word.casefold() in self.words for word in words)
        return names <= self.words and shared >= _LEAST_SHARED * len(words)


def _judgements(text: str) -> frozenset[str]:
    return frozenset(one.lower() for one in VERDICT.findall(text))


def every_word_of(text: str) -> frozenset[str]:
    """The words of a text, in small letters."""
    return frozenset(word.casefold() for word in _WORD.findall(text))
