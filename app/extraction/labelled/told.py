"""What an extractor finds in a labelled set, and what people said of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.extraction.candidate import Candidate
from app.extraction.checkworthy.weights import Weights
from app.extraction.gate import About
from app.extraction.labelled.sets import LabelledArticle, LabelledSentence, LabelledSet, Mark
from app.extraction.rules import RulesExtractor

# Labelled sentences are English, however short.
LANGUAGE = "en"
# A statement is the claim that is marked if it covers as much of the marked words.
ENOUGH = 0.5

# Reads a text of which something is known, and answers the statements that it finds.
Reads = Callable[[str, About], Sequence[Candidate]]
Piece = LabelledArticle | tuple[int, LabelledSentence]
Watch = Callable[[Sequence[Piece]], Iterable[Piece]]


def unwatched(pieces: Sequence[Piece]) -> Iterable[Piece]:
    """The pieces, without showing anybody how far it is."""
    return pieces


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with the label that people gave it; ``group`` is what it was found in."""

    candidate: Candidate
    label: str
    group: str


def told(
    labelled: LabelledSet,
    reads: Reads,
    *,
    name: str = "",
    watch: Watch = unwatched,
) -> Iterator[Told]:
    """Every statement of the articles, and the longest one of each sentence.

    What covers no marked words is of grade 0: in an article everything else is marked.
    """
    for one in watch([*labelled.articles, *enumerate(labelled.sentences, 1)]):
        if isinstance(one, LabelledArticle):
            for candidate in candidates_of(one, reads):
                yield Told(candidate, str(grade_of(candidate, one.marks)), f"{name} {one.id}")
        else:
            number, sentence = one
            found = statements_of(sentence.text, reads)
            if found:
                longest = max(found, key=lambda candidate: len(candidate.quote))
                yield Told(longest, sentence.label, f"{name} {number}")


def by_rules(weights: Weights) -> Reads:
    """Reading by the grammar with these weights alone."""
    extractor = RulesExtractor(weights)
    return lambda text, about: (
        extractor.extract(
            text, url=about.url, publisher=about.publisher, language=about.language
        ).candidates
    )


def candidates_of(article: LabelledArticle, reads: Reads) -> Sequence[Candidate]:
    """What is found in an article."""
    return reads(article.text, About(url=article.url, publisher=article.outlet))


def statements_of(sentence: str, reads: Reads) -> Sequence[Candidate]:
    """What is found in a sentence that stands alone."""
    return reads(sentence, About(language=LANGUAGE))


def grade_of(candidate: Candidate, marks: Iterable[Mark]) -> int:
    """The highest grade of the claims that a statement covers; 0 where there is none."""
    return max((mark.grade for mark in marks if covers(candidate, mark)), default=0)


def is_unworthy(candidate: Candidate, marks: Sequence[Mark]) -> bool:
    """Whether people said that a statement is not worth checking.

    Not so where it is a small part of a claim that is worth it, or a line that nobody marked.
    """
    lies_in_none = any(mark.grade == 0 and _lies_in(candidate, mark) for mark in marks)
    return grade_of(candidate, marks) == 0 and lies_in_none


def _lies_in(candidate: Candidate, mark: Mark) -> bool:
    shared = min(candidate.end, mark.end) - max(candidate.start, mark.start)
    return shared >= ENOUGH * (candidate.end - candidate.start)


def covers(candidate: Candidate, mark: Mark) -> bool:
    """Whether a statement covers at least half of the words that are marked."""
    shared = min(candidate.end, mark.end) - max(candidate.start, mark.start)
    return shared >= ENOUGH * (mark.end - mark.start)
