"""Scorers and controls on single sentences that are worth checking or not."""

from collections.abc import Callable, Iterable, Sequence

from app.extraction.evaluation.binary import binary_table
from app.extraction.evaluation.scorers import Scorer
from app.extraction.evaluation.tables import Table
from app.extraction.labelled.sets import LabelledSentence
from app.extraction.labelled.told import Reads, statements_of

Watch = Callable[[Sequence[LabelledSentence]], Iterable[LabelledSentence]]


def unwatched(sentences: Sequence[LabelledSentence]) -> Iterable[LabelledSentence]:
    """The sentences, without showing anybody how far it is."""
    return sentences


def sentence_table(
    sentences: Sequence[LabelledSentence],
    scorers: Sequence[Scorer],
    *,
    seed: int,
    watch: Watch = unwatched,
) -> Table:
    """The average precision of each scorer and of the controls.

    A sentence has the score of its best statement, and 0 where none is found; what would score too
    low to be suggested counts with its score, since nothing is cut off here.
    """
    reads = {scorer.name: scorer.unlisted for scorer in scorers}
    scores: dict[str, list[float]] = {name: [] for name in reads}
    for sentence in watch(sentences):
        for name, one in reads.items():
            scores[name].append(score_of(sentence, one))
    return binary_table(
        scores,
        labels=[sentence.is_worthy for sentence in sentences],
        lengths=[len(sentence.text) for sentence in sentences],
        groups=[str(number) for number in range(len(sentences))],
        seed=seed,
    )


def score_of(sentence: LabelledSentence, reads: Reads) -> float:
    """The score of the best statement of a sentence."""
    found = statements_of(sentence.text, reads)
    return max((one.checkworthiness for one in found), default=0.0)
