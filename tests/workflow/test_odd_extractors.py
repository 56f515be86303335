"""Whatever an extractor of others answers, the article comes in and both databases keep it."""

from dataclasses import replace

import pytest

from app.domain.actors import CONSOLE
from app.domain.words import Decides
from app.extraction import Proposed
from app.extraction.candidate import Addition, Extraction, Ground, Quantity
from app.storage.tables import Agent, Article, Claim
from app.storage.tables import Quantity as QuantityRow
from app.workflow.articles import NewArticle, add_article
from app.workflow.reading import read_by
from tests.scenes import Scene

TEXT = "The port lost 40 boats in one night. The mayor of Tarn doubts it."
QUOTE = "The port lost 40 boats in one night"
BAD = "a\x00b\ud83c"
FIGURE = Quantity(40.0, "boat", "40 boats", None)


class Odd:
    """Answers what it was made with."""

    name = "odd"
    version = "1"

    def __init__(self, answer):
        self.answer = answer

    def extract(self, _text, **_):
        return self.answer


ODD = {
    "texts": {"text": f"The port lost 40 boats {BAD}", "reasons": [BAD], "against": [BAD]},
    "chain": {"attribution": [{"agent": f"The mayor{BAD[1]}", "cue": BAD, "mode": [], "kind": 7}]},
    "signals": {"signals": {BAD: 1.0, "money": 10**400, "share": 1e308}},
    "figures": {
        "quantities": [
            replace(FIGURE, unit="x" * 99),
            replace(FIGURE, raw=BAD),
            replace(FIGURE, period_from="a long time ago"),
            replace(FIGURE, value=float("inf")),
        ]
    },
    "grounds": {"grounds": [Ground(BAD, QUOTE), Ground("quantity", BAD)]},
    "additions": {"text": "The port lost 40 boats", "additions": [Addition(0, 3, BAD)]},
}


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


def taken_in(scene, answer):
    article = NewArticle(text=TEXT, title="Tarn")
    found = read_by(Odd(answer), article)
    values = replace(article, language=found.language, notice=found.notice)
    scene.do(add_article, CONSOLE, scene.id, values=values, suggestions=found.suggestions)
    [claim] = scene.rows(Claim)
    assert claim.quote == QUOTE
    return claim


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_part_keeps_no_article_out(scene, odd):
    proposal = {"quote": QUOTE, "checkworthiness": 0.5, **ODD[odd]}

    claim = taken_in(scene, Proposed((proposal,), "en"))

    kept = [row.model_dump() for table in (Claim, Agent, QuantityRow) for row in scene.rows(table)]
    assert "\\x00" not in repr(kept)
    assert "\\ud83c" not in repr(kept)
    assert claim.signals == {}
    assert [figure.value for figure in scene.rows(QuantityRow)] == [40.0]


@pytest.mark.parametrize(
    ("language", "kept"),
    [("pt-BR", "pt-BR"), ("the language of Tarn, as it is spoken", "en"), (BAD, "en"), (7, "en")],
)
def test_what_is_no_language_is_not_kept_as_one(scene, language, kept):
    taken_in(scene, Extraction(({"quote": QUOTE},), language, BAD, "odd", scored_with=BAD))

    [article] = scene.rows(Article)
    assert article.language == kept
