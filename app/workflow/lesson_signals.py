"""What was measured for the claims that teach something; what no extractor measured is measured here.

Claims that people added would else differ from suggestions by that alone: weights would learn who
found a claim, not what it says.
"""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from app.domain.claim_parts import HopRecord, QuantityRecord
from app.extraction.candidate import Hop, Quantity
from app.extraction.checkworthy import Judged, signals_of
from app.extraction.measured_anew import Text, measured_anew
from app.extraction.sentences import Span
from app.storage.lessons import LessonRow
from app.storage.tables import Article, Snapshot

# So many texts are read again at most, the newest first: each takes a moment.
MOST_TEXTS = 100

Signals = Mapping[str, float]


def signals_of_lessons(session: Session, rows: Sequence[LessonRow]) -> dict[int, Signals]:
    """What was measured for each claim, by its key.

    One without an article, or in words that are not read, is left out as soon as others are
    measured: it would be told from them by that. Where none is, each gives what its row tells.
    """
    found = {row.claim_id: row.signals for row in rows if row.signals}
    found |= _read_again(session, [row for row in rows if not row.signals])
    return found or {row.claim_id: _of_row(row) for row in rows}


def _read_again(session: Session, rows: Sequence[LessonRow]) -> dict[int, Signals]:
    by_text: dict[int, list[LessonRow]] = {}
    for row in rows:
        if row.snapshot_id is not None:
            by_text.setdefault(row.snapshot_id, []).append(row)
    found = dict[int, Signals]()
    for key, text in _texts(session, list(by_text)[:MOST_TEXTS]).items():
        spans = [Span(row.start or 0, row.end or 0) for row in by_text[key]]
        for row, signals in zip(by_text[key], measured_anew(text, spans), strict=True):
            if signals is not None:
                found[row.claim_id] = signals
    return found


def _texts(session: Session, keys: Sequence[int]) -> dict[int, Text]:
    query = (
        select(Snapshot, Article)
        .join(Article, col(Article.id) == col(Snapshot.article_id))
        .where(col(Snapshot.id).in_(keys))
    )
    return {
        snapshot.key: Text(
            text=snapshot.text,
            title=_title(article, snapshot.text),
            url=article.url,
            publisher=article.publisher,
            published=article.published,
            language=article.language,
        )
        for snapshot, article in session.exec(query)
    }


def _title(article: Article, text: str) -> str | None:
    """The title, unless it is only the first line of a text that came without one."""
    first = text.strip().partition("\n")[0]
    return None if first.startswith(article.title.removesuffix("…")) else article.title


def _of_row(row: LessonRow) -> Signals:
    """What a claim that no extractor measured gives, as far as its row tells."""
    words = row.words.split()
    return signals_of(
        Judged(
            clause=row.words,
            hops=tuple(_hop(hop) for hop in row.hops),
            quantities=tuple(_quantity(one) for one in row.quantities),
            forecast="forecast" in row.marks,
            asks=row.words.rstrip().endswith("?"),
            # The first word of a sentence does not tell.
            names=sum(word[:1].isupper() for word in words[1:]),
        )
    )


def _hop(hop: HopRecord) -> Hop:
    return Hop(hop.agent, hop.cue, hop.mode.value, named=hop.is_named, kind=hop.agent_kind.value)


def _quantity(one: QuantityRecord) -> Quantity:
    return Quantity(one.value, one.unit, one.raw, one.period)
