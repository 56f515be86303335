"""An article in parts that a model can read at once, cut between paragraphs wherever that goes."""

from app.domain.chat import tokens_in
from app.extraction.sentences import Span, paragraphs


def parts(text: str, *, most_tokens: int) -> list[Span]:
    """Stretches of the text, in order, which hold all of its paragraphs."""
    pieces = [
        piece
        for paragraph in paragraphs(text)
        for piece in _pieces(text, Span(paragraph.start, paragraph.end), most_tokens)
    ]
    found: list[Span] = []
    for piece in pieces:
        if found and tokens_in(text[found[-1].start : piece.end]) <= most_tokens:
            found[-1] = Span(found[-1].start, piece.end)
        else:
            found.append(piece)
    return found


def _pieces(text: str, span: Span, most_tokens: int) -> list[Span]:
    """A paragraph, halved until each piece is short enough; at a full stop or a blank if it has one."""
    if tokens_in(text[span.start : span.end]) <= most_tokens or span.end - span.start < 2:
        return [span]
    middle = (span.start + span.end) // 2
    least = (span.start + middle) // 2 + 1
    at = text.rfind(". ", least, middle) + 1
    if not at:
        at = text.rfind(" ", least, middle)
    if at <= span.start:
        at = middle
    left, right = Span(span.start, at), Span(at, span.end)
    return _pieces(text, left, most_tokens) + _pieces(text, right, most_tokens)
