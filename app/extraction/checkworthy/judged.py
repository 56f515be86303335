"""A clause as the scorer sees it."""

from dataclasses import dataclass

from app.extraction.candidate import Hop, Quantity


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

    @property
    def length(self) -> int:
        """Words of the clause, with the subject that it leans on."""
        return len(self.clause.split()) + self.lead
