"""Scorers and controls on articles of which every sentence is marked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple

from app.extraction.candidate import Candidate
from app.extraction.evaluation.controls import control_figures
from app.extraction.evaluation.ranked import FIGURES, Figures, figures_of
from app.extraction.evaluation.scorers import Scorer
from app.extraction.evaluation.tables import Table, macro_table
from app.extraction.labelled.sets import LabelledArticle
from app.extraction.labelled.told import candidates_of
from app.extraction.sentences import Span

Watch = Callable[[Sequence[LabelledArticle]], Iterable[LabelledArticle]]


def unwatched(articles: Sequence[LabelledArticle]) -> Iterable[LabelledArticle]:
    """The articles, without showing anybody how far it is."""
    return articles


def article_table(
    articles: Sequence[LabelledArticle],
    scorers: Sequence[Scorer],
    *,
    seed: int,
    watch: Watch = unwatched,
) -> Table:
    """The figures of each scorer and of the controls, as means over the articles."""
    rows: dict[str, list[Figures]] = {}
    for article in watch(articles):
        for scorer in scorers:
            found = ranked(candidates_of(article, scorer.reads))
            spans = [Span(one.start, one.end) for one in found]
            rows.setdefault(scorer.name, []).append(figures_of(spans, article.marks))
        for name, figures in control_figures(article, seed=seed).items():
            rows.setdefault(name, []).append(figures)
    grades = [mark.grade for article in articles for mark in article.marks]
    counts = {"articles": len(articles), "marks": len(grades), "twos": grades.count(2)}
    return macro_table(
        {name: [astuple(one) for one in those] for name, those in rows.items()},
        figures=FIGURES,
        scorers=[scorer.name for scorer in scorers],
        counts=counts,
        seed=seed,
    )


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The statements, best first; those with one score stay as they stand in the text."""
    return sorted(candidates, key=lambda one: -one.checkworthiness)
