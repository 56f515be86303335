"""What a PDF file says, page by page."""

import io
from contextlib import suppress
from typing import Any

from app.extraction.article import UnreadableArticle
from app.extraction.normalise import normalise
from app.extraction.page_text import PageText

# Between two pages stands a form feed on a line of its own, so that a place can be said by its page.
PAGE_BREAK = "\n\f\n"


def page_of(text: str, at: int) -> int:
    """On which page, from 1, a place of the text of a PDF file stands."""
    return text.count("\f", 0, at) + 1


def pdf_text(data: bytes, *, longest: int) -> PageText:
    """What a PDF file says, up to ``longest`` characters.

    Reading stops there; a page that cannot be read is left blank. The caller sees to limits of
    time and memory.

    Raises:
        UnreadableArticle: it is no PDF file that can be opened, is locked, or has no text.
    """
    # Loading it takes longer than reading most files; only a reader of PDF files pays for it.
    from pypdf import PdfReader  # noqa: PLC0415 - see above
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - see above

    pages: list[str] = []
    length = 0
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableArticle("locked")
        title = _title(reader)
        for page in reader.pages:
            pages.append(_said(page))
            length += len(pages[-1]) + len(PAGE_BREAK)
            if length > longest:
                break
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as problem:
        # Whatever else such a file makes its reader stumble over.
        raise UnreadableArticle("broken", kind=type(problem).__name__) from problem
    if not any(pages):
        raise UnreadableArticle("empty", bytes=len(data))
    return PageText(PAGE_BREAK.join(pages)[:longest], title)


def _said(page: Any) -> str:  # noqa: ANN401 - the package's own class, loaded late
    with suppress(Exception):
        # One page with a broken font or stream must not cost the others.
        lines = normalise(page.extract_text() or "").split("\n")
        return "\n".join(line.rstrip() for line in lines).strip("\n")
    return ""


def _title(reader: Any) -> str:  # noqa: ANN401 - the package's own class, loaded late
    with suppress(Exception):
        return " ".join(normalise(str(reader.metadata.title or "")).split())
    return ""
