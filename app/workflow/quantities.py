"""The figures of a claim: as they were read with it, and read again when it has other words."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace

from sqlmodel import Session, col, select

from app.domain.spans import Span
from app.domain.words import Change, Comparator
from app.extraction import Quantity as Read
from app.extraction.home import home_currencies
from app.extraction.language import guess_language, is_english
from app.storage.tables import Article, Claim, Quantity, Snapshot

PERIOD = ("period", "period_from", "period_to", "is_period_stated")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureValues:
    """A figure that a claim states."""

    value: float
    unit: str
    raw: str
    period: str | None = None
    comparator: Comparator = Comparator.EXACT
    change: Change | None = None
    is_base: bool = False
    period_from: str | None = None
    period_to: str | None = None
    is_period_stated: bool = False


def figure_of(quantity: Read) -> FigureValues:
    """A figure as extraction hands it out."""
    change = Change(quantity.change) if quantity.change else None
    values = {**asdict(quantity), "comparator": Comparator(quantity.comparator), "change": change}
    return FigureValues(**values)


def figures_written(claim_id: int, figures: Sequence[FigureValues]) -> list[Quantity]:
    """The rows of a claim's figures."""
    return [
        Quantity(
            claim_id=claim_id,
            position=position,
            **{
                **{field.name: getattr(figure, field.name) for field in fields(figure)},
                "unit": figure.unit[:60],
                "raw": figure.raw[:200],
                "period": (figure.period or "")[:100] or None,
            },
        )
        for position, figure in enumerate(figures)
    ]


def read_figures(
    session: Session,
    row: Claim,
    *,
    known: Sequence[FigureValues] = (),
    read: Sequence[FigureValues] | None = None,
) -> None:
    """Give a claim the figures that its words state now.

    A figure that the words still have keeps the period that was read with it where they say none:
    it may stand outside of them. The words of one claim are few enough to be read while a write
    waits: 2,000 letters at most, and of the article 20,000; two milliseconds for a sentence. Those
    of many are read before, and handed over as ``read`` (see ``figures_in``). ``known`` are figures
    that another claim had.
    """
    query = select(Quantity).where(Quantity.claim_id == row.key).order_by(col(Quantity.position))
    rows = session.exec(query).all()
    had = [_values(one) for one in rows]
    has = _stated(_words(row), [*had, *known], _read(session, row) if read is None else read)
    if has == had:
        return
    for one in rows:
        session.delete(one)
    session.flush()
    session.add_all(figures_written(row.key, has))
    session.flush()


def figures_of(session: Session, claim_id: int) -> list[FigureValues]:
    """The figures that a claim has."""
    query = select(Quantity).where(Quantity.claim_id == claim_id).order_by(col(Quantity.position))
    return [_values(one) for one in session.exec(query)]


def _values(row: Quantity) -> FigureValues:
    return FigureValues(**{field.name: getattr(row, field.name) for field in fields(FigureValues)})


def _words(row: Claim) -> str:
    return row.quote or row.text


def _read(session: Session, row: Claim) -> list[FigureValues]:
    """The figures in a claim's own words; the grammar is of English alone."""
    article = session.get_one(Article, row.article_id) if row.article_id else None
    if article is not None and row.start is not None and row.end is not None:
        around = around_of(article, session.get_one(Snapshot, row.snapshot_id).text)
        return figures_in(around, Span(row.start, row.end), language=row.language)
    words = _words(row)
    language = row.language or (article.language if article else None) or guess_language(words)
    if not is_english(language):
        return []
    from app.extraction.quantities import quantities  # noqa: PLC0415 - reading is slow to load

    return [figure_of(one) for one in quantities(words)]


@dataclass(frozen=True, slots=True)
class Around:
    """A text, and what the figures of all its claims depend on beside their own words."""

    text: str
    language: str | None
    date: str | None
    home: dict[str, str]


def around_of(article: Article, text: str) -> Around:
    """What a text of an article says of every figure in it: looked up once, however many these are."""
    home = home_currencies(text, publisher=article.publisher, url=article.url)
    return Around(text, article.language, article.published, home)


def figures_in(around: Around, span: Span, *, language: str | None) -> list[FigureValues]:
    """The figures that some words of a text state; ``language`` is that of a claim, if known."""
    if not is_english(language or around.language or guess_language(span.of(around.text))):
        return []
    from app.extraction.stated import stated  # noqa: PLC0415 - reading is slow to load

    found = stated(around.text, span.start, span.end, date=around.date, home=around.home)
    return [figure_of(one) for one in found]


def _stated(
    words: str, known: Sequence[FigureValues], read: Sequence[FigureValues]
) -> list[FigureValues]:
    """What some words state: what was read in them, and what was known of them before."""
    left = list(dict.fromkeys(one for one in known if one.raw in words))
    found = []
    for one in read:
        same = next((old for old in left if _mark(old) == _mark(one)), None)
        if same is not None:
            left.remove(same)
        found.append(_with_period(one, same))
    # A longer reading of the same words has taken the place of a shorter one.
    rest = [old for old in left if not any(old.raw in one.raw for one in read)]
    return [*found, *rest]


def _with_period(read: FigureValues, known: FigureValues | None) -> FigureValues:
    """A figure as its words state it, with the period that was known of it if they say none."""
    if known is None or read.period is not None:
        return read
    return replace(read, **{name: getattr(known, name) for name in PERIOD})


def _mark(figure: FigureValues) -> tuple[float, str, str]:
    return figure.value, figure.unit, figure.raw
