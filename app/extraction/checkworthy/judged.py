"""A clause as the scorer sees it, and the article around it."""

from dataclasses import dataclass, field

from app.extraction.candidate import Hop, Quantity


@dataclass(frozen=True, slots=True)
class Setting:
    """How a clause stands in its article; the defaults are those of a clause without one.

    Attributes:
        in_heading: the share of the headline's words that it says again; where there is none, of
            those of the first paragraph.
        threads: how many of its words run through the article.
        is_summed_up: a bullet of the article's own summary says it again.
        is_told_again: another paragraph says most of it again.
        same_figure: another paragraph has one of its figures.
        speaker_share: how much of what others say in the article its claimant says.
        is_official: its claimant holds an office, or is one.
        is_expert: its claimant has studied the matter.
        is_late: it stands in the last part of an article that has many sentences.
        is_disputed: the next words deny it, or set something against it.
    """

    in_heading: float = 0.0
    threads: int = 0
    is_summed_up: bool = False
    is_told_again: bool = False
    same_figure: bool = False
    speaker_share: float = 0.0
    is_official: bool = False
    is_expert: bool = False
    is_late: bool = False
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A clause, who said it, its figures, and how it stands in its sentence.

    Attributes:
        form: how the clause was cut (main, leading, relative, participle, apposition, comment).
        forecast: whether its source only expects, hopes, warns or promises.
        names: how many of its words are names.
        has_verb: whether a finite verb stands in it.
        lead: words of the subject that was cut off from it.
        asks: whether a question mark follows it.
        kinds: what sort of statement it is.
        marks: what it is besides a statement that can be checked now.
        setting: how it stands in its article.
    """

    clause: str
    hops: tuple[Hop, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    form: str = "main"
    forecast: bool = False
    names: int = 0
    has_verb: bool = True
    asks: bool = False
    lead: int = 0
    kinds: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    setting: Setting = field(default_factory=Setting)

    @property
    def length(self) -> int:
        """Words of the clause, with the subject that it leans on."""
        return len(self.clause.split()) + self.lead
