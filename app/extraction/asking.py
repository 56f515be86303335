"""Having an extractor read an article, whoever wrote it: what it answers is only believed so far."""

import re
from dataclasses import replace

from app.domain.errors import Refused
from app.extraction.candidate import Asked, Extraction
from app.extraction.checkworthy import Weights
from app.extraction.gate import About, Passed, through
from app.extraction.proposals import VERDICT, Proposed, plain
from app.extraction.registry import BUILT_IN, Extractor, broken, extractor

_LONGEST_NOTICE = 500
_LONGEST_LABEL = 60
_LONGEST_LANGUAGE = 20
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def read_with(
    name: str,
    text: str,
    *,
    about: About,
    title: str | None = None,
    weights: Weights | None = None,
) -> Passed:
    """What the extractor of that name suggests of an article, as far as it came through the gate.

    Raises:
        Missing: there is no such extractor.
        Refused: it cannot be loaded, breaks, or answers something else than an extraction.
    """
    found = extractor(name, weights=weights)
    return asked(found, name, text, about=about, title=title, weights=weights)


def asked(
    one: Extractor,
    name: str,
    text: str,
    *,
    about: About,
    title: str | None = None,
    weights: Weights | None = None,
) -> Passed:
    """What an extractor suggests; its own refusals are kept, any other error is told as broken."""
    try:
        answer: object = one.extract(
            text,
            url=about.url,
            publisher=about.publisher,
            date=about.date,
            title=title,
            language=about.language,
        )
        things, found = _believed(answer, name)
        about = replace(about, title=title)
        return through(text, things, found=found, about=about, weights=weights)
    except Refused:
        raise
    except Exception as error:  # What others wrote may raise anything: it is refused by name.
        if name == BUILT_IN:
            raise
        raise broken(name, error) from error


def _language(said: object) -> str:
    """A language as a page declares it ("en", "pt-BR"); empty where it is none."""
    is_one = isinstance(said, str) and len(said) <= _LONGEST_LANGUAGE
    return str(said) if is_one and _LANGUAGE.fullmatch(str(said)) else ""


def _notice(said: object) -> str | None:
    """What an extractor says to whoever reads the article; nothing of what is true of it."""
    if not isinstance(said, str) or VERDICT.search(said):
        return None
    return plain(said)[:_LONGEST_NOTICE]


def _believed(answer: object, name: str) -> tuple[tuple[object, ...], Extraction]:
    """What was proposed, and what holds for all of it, under the name that was asked.

    Raises:
        TypeError: the answer is something else.
    """
    if isinstance(answer, Proposed):
        things, label = tuple[object, ...](answer.proposals), None
    elif isinstance(answer, Extraction):
        things, label = tuple[object, ...](answer.candidates), answer.scored_with
    else:
        raise TypeError
    return things, Extraction(
        candidates=(),
        language=_language(answer.language),
        notice=_notice(answer.notice),
        extractor=name,
        scored_with=plain(label)[:_LONGEST_LABEL] if isinstance(label, str) else None,
        asked=answer.asked if isinstance(answer.asked, Asked) else None,
    )
