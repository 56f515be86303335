"""How each clause of an article stands in it: central or aside, told again, and by whom."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.extraction.candidate import Candidate
from app.extraction.checkworthy import offices
from app.extraction.checkworthy.judged import Setting
from app.extraction.wordlist import word_set

_WORD = re.compile(r"[^\W\d_]{4,}")
# Two forms of a word are mostly the same so far: "inquiry", "inquiries".
_STEM = 6
_COMMON = word_set("""that this these those with from have been were will would could should about after
    their there they them when what which while where into more than over also said says told
    only some other such most many much very just like made make being does even still then year
    years month months week weeks last first next time people including according because before
    between during through against under since until both each every another
    around among without within himself herself itself themselves your ours yours here upon
    tuesday monday wednesday thursday friday saturday sunday days today came come went going goes
    take took taken gave give given says saying added adding think thought know known well back
    down really want wants wanted need needs thing things""")
_MANY_SENTENCES = 8
_LATE = 0.7
# A word runs through an article that has it in so many paragraphs.
_THREAD = 3
_TELLING = 3
_SAME = 0.6
# A word that stands everywhere tells nothing, and would make every paragraph like every other.
_EVERYWHERE = 40
_SMALL = 2
_DISPUTES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:e|es|ed)|reject(?:s|ed)|false|untrue|not true|contradict(?:s|ed)|refut(?:es|ed)|incorrect|wrong)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """A clause whose setting is asked for.

    Attributes:
        candidate: it, with its chain and its figures.
        sentence: the number of its sentence in the article.
    """

    candidate: Candidate
    sentence: int


def settings(article: str, heading: str, heard: Sequence[Heard], sentences: int) -> list[Setting]:
    """The setting of each clause, in the same order.

    Args:
        article: the whole text.
        heading: its headline, or nothing.
        heard: every clause, in the order of the text.
        sentences: how many sentences the article has.
    """
    around = _Around(article, heading, heard, sentences)
    return [around.setting(at) for at in range(len(heard))]


def stems(words: str) -> set[str]:
    """The words by which two statements are known to speak of the same, without their endings."""
    found = (word.casefold() for word in _WORD.findall(words))
    return {word[:_STEM] for word in found if word not in _COMMON}


class _Around:
    """One article, read once, then asked for each clause."""

    def __init__(self, article: str, heading: str, heard: Sequence[Heard], sentences: int) -> None:
        self._heard = heard
        self._sentences = sentences
        self._heading = stems(heading)
        claims = [one.candidate for one in heard]
        self._stems = [stems(claim.quote) for claim in claims]
        self._first = claims[0].paragraph if claims else 0
        self._opening = stems(claims[0].context) if claims else set()
        self._holding = _by_paragraph(zip(claims, self._stems, strict=True))
        self._figures = _by_paragraph((c, _figures(c)) for c in claims)
        said = [claim.claimant for claim in claims if claim.claimant]
        self._said, self._all_said = Counter(said), len(said)
        self._officials = {
            claim.claimant for claim in claims if offices.is_official(article, claim.attribution)
        }
        self._experts = {
            claim.claimant for claim in claims if offices.is_expert(article, claim.attribution)
        }

    def setting(self, at: int) -> Setting:
        """How one clause stands."""
        claim, mine = self._heard[at].candidate, self._stems[at]
        long = self._sentences >= _MANY_SENTENCES
        number = self._heard[at].sentence
        return Setting(
            is_late=long and number >= _LATE * self._sentences,
            in_heading=self._in_heading(claim, mine),
            threads=sum(len(self._holding[stem]) >= _THREAD for stem in mine),
            is_summed_up=bool(claim.repeats),
            is_told_again=self._is_told_again(claim, mine),
            same_figure=any(len(self._figures[one]) > 1 for one in _figures(claim)),
            speaker_share=self._said[claim.claimant] / self._all_said if claim.claimant else 0.0,
            is_official=claim.claimant in self._officials,
            is_expert=claim.claimant in self._experts,
            is_disputed=self._is_disputed(at),
        )

    def _in_heading(self, claim: Candidate, mine: set[str]) -> float:
        """How much of the headline it says; of the first paragraph where there is none."""
        if self._heading:
            return _share(self._heading, mine)
        return 0.0 if claim.paragraph == self._first else _share(self._opening, mine)

    def _is_told_again(self, claim: Candidate, mine: set[str]) -> bool:
        if len(mine) < _TELLING:
            return False
        near = Counter(
            paragraph
            for stem in mine
            if len(self._holding[stem]) <= _EVERYWHERE
            for paragraph in self._holding[stem]
            if paragraph != claim.paragraph
        )
        return max(near.values(), default=0) >= _SAME * len(mine)

    def _is_disputed(self, at: int) -> bool:
        number = self._heard[at].sentence
        for after in self._heard[at + 1 : at + 6]:
            if after.sentence > number + 1:
                break
            if after.sentence > number and _DISPUTES.search(after.candidate.quote):
                return True
        return False


def _by_paragraph(told: Iterable[tuple[Candidate, set[str]]]) -> Mapping[str, set[int]]:
    """In which paragraphs each word or figure stands."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for claim, marks in told:
        for one in marks:
            found[one].add(claim.paragraph)
    return found


def _figures(claim: Candidate) -> set[str]:
    """The figures of a clause; small counts are no two times the same one."""
    return {f"{q.value:g} {q.unit}" for q in claim.quantities if abs(q.value) > _SMALL}


def _share(wanted: set[str], mine: set[str]) -> float:
    return round(len(wanted & mine) / len(wanted), 3) if len(wanted) >= _TELLING else 0.0
