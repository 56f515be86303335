"""What ranks without reading: the sentences of an article in a drawn order, by length, as they come.

Sentences are told apart as the scorer of the news gold does it, so that its control has the same
figures here: each line by itself, and a new one wherever a full stop, with what closes behind it, is
followed by what can open a sentence, unless the stop belongs to an initial or an abbreviation.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from app.extraction.evaluation.ranked import Figures, Ranking
from app.extraction.labelled.sets import LabelledArticle
from app.extraction.sentences import Span
from app.extraction.wordlist import word_set

CONTROLS = ("random", "length", "all-positive")
DRAWS = 200
_CLOSES = "\"”’')\\]"
_OPENS = "\"“‘'(\\["
_STOP = re.compile(rf"([.!?])[{_CLOSES}]*\s+(?=[{_OPENS}]?[A-Z0-9])")
_BEFORE = re.compile(r"[\w.]*$")
_INITIALS = re.compile(r"(?:\w\.)*\w")
_ABBREVIATIONS = word_set("""mr mrs ms dr gov sen sens rep reps jr sr st no vs gen lt prof inc corp co
    jan feb mar apr aug sept sep oct nov dec""")


def control_figures(article: LabelledArticle, *, seed: int) -> dict[str, Figures]:
    """The figures of each control; those of a drawn order are means of many draws."""
    spans = sentence_spans(article.text)
    ranking, places = Ranking(spans, article.marks), list(range(len(spans)))
    by_length = sorted(places, key=lambda at: spans[at].start - spans[at].end)
    dice = random.Random(f"{seed} {article.id}")  # noqa: S311 - a drawn order keeps no secret
    drawn = [ranking.figures(dice.sample(places, len(places))) for _ in range(DRAWS)]
    return {
        "random": _mean(drawn),
        "length": ranking.figures(by_length),
        "all-positive": ranking.figures(places),
    }


def sentence_spans(text: str) -> list[Span]:
    """Where the sentences of a text stand; the space behind one belongs to it."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        begin = 0
        for stop in _STOP.finditer(line[0]):
            if not _is_abbreviated(line[0], stop):
                found.append(Span(line.start() + begin, line.start() + stop.end()))
                begin = stop.end()
        found.append(Span(line.start() + begin, line.end()))
    return [span for span in found if text[span.start : span.end].strip()]


def _is_abbreviated(line: str, stop: re.Match[str]) -> bool:
    before = _BEFORE.search(line[: stop.start()])
    word = before[0].lower() if before else ""
    return stop[1] == "." and (word in _ABBREVIATIONS or bool(_INITIALS.fullmatch(word)))


def _mean(drawn: Sequence[Figures]) -> Figures:
    """The means of what depends on the order; the rest is the same in each draw."""
    return replace(
        drawn[0],
        ndcg=_mean_of([one.ndcg for one in drawn]),
        top=_mean_of([one.top for one in drawn]),
    )


def _mean_of(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
