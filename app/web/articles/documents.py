"""What was pasted or sent as a file, as the text of an article."""

from pathlib import PurePath

from app.domain.errors import Invalid
from app.extraction.document import Document, document_in
from app.extraction.normalise import normalise
from app.workflow.articles import MAX_TEXT

# A larger page is mostly something else than text, and is read for too long.
MAX_FILE_MB = 5
HTML = frozenset({".html", ".htm", ".xhtml"})
TEXT = frozenset({".txt", ".text", ".md", ""})


def read_document(pasted: str, name: str = "", data: bytes | None = None) -> Document:
    """The article in a pasted text, or in a file with its name.

    Raises:
        Invalid: it is empty, too long, no text, or holds no article; ``field`` names where.
    """
    if data is None:
        return Document(text=_checked(normalise(pasted), "text"))
    ending = PurePath(name).suffix.lower()
    if ending not in HTML | TEXT:
        raise Invalid("article.binary", field="file")
    if len(data) > MAX_FILE_MB * 1_000_000:
        raise Invalid("article.large", field="file", limit=MAX_FILE_MB)
    try:
        found = document_in(data, is_html=ending in HTML)
    except Invalid as refusal:
        raise Invalid(refusal.code, field="file") from None
    _checked(found.text, "file")
    return found


def _checked(text: str, field: str) -> str:
    if not text.strip():
        raise Invalid("article.empty", field=field)
    if len(text) > MAX_TEXT:
        raise Invalid("article.long", field=field, limit=MAX_TEXT)
    return text
