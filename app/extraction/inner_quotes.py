"""A quotation inside of a quotation: "“He said, ‘Well done,’ and I left,” Lee said"."""

from collections.abc import Sequence

from app.extraction.tokens import Token

_CLOSING = {"‘": "’", "'": "'", "“": "”", '"': '"'}
_STOPS = frozenset({",", ".", "!", "?", "…"})
_GOES_ON = frozenset({"and", "so", "but", "then", ",", "—", "–", "before", "because", "when"})
_NEAR = 2


def inner_end(words: Sequence[Token], content: int, high: int) -> tuple[int, int] | None:
    """Where a quotation ends that begins near ``content``, and where the outer speaker goes on."""
    near = range(max(0, content - 1), min(high, content + _NEAR))
    opened = next((i for i in near if _is_inner(words[i])), None)
    if opened is None:
        return None
    mark = _CLOSING[words[opened].text]
    for at in range(opened + 2, high - 1):
        word = words[at]
        if word.kind in {"open", "close"}:
            return None
        if word.text == mark and word.kind == "mark":
            stopped = words[at - 1].text in _STOPS or words[at + 1].lower in _GOES_ON
            first = at + 1
            while first < high and words[first].lower in _GOES_ON:
                first += 1
            return (at, first) if stopped and first < high else None
    return None


def _is_inner(word: Token) -> bool:
    """Whether a mark opens a quotation that is no outer one."""
    return word.kind == "mark" and word.text in _CLOSING
