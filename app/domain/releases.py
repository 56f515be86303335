"""What a release says of itself: what is in it, what is not and why, all counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.records import ProjectRecord, SchemeRecord

FORMAT, FORMAT_VERSION = "assay-release", 1
NAME = "release.zip"
MEDIA_TYPE = "application/zip"


class Reason(StrEnum):
    """Why a claim of the project is not in a release. The first that holds is the one counted."""

    UNFINISHED = "import-unfinished"
    OUTSIDE = "outside-filter"
    KNOWN = "known-answer"
    SUGGESTED = "suggested"
    OPEN = "to-check"
    DROPPED = "dropped"
    PILOT = "pilot"


WHY: Mapping[Reason, str] = {
    Reason.UNFINISHED: "It belongs to an import that is not finished.",
    Reason.OUTSIDE: "The filter of this release does not ask for it.",
    Reason.KNOWN: "Its answer is known: it is there to train people or to test them.",
    Reason.SUGGESTED: "Nobody has picked it.",
    Reason.OPEN: "It is not settled.",
    Reason.DROPPED: "It was dropped as not worth checking.",
    Reason.PILOT: "Its batch was for trying the guidelines.",
}


@dataclass(frozen=True, slots=True)
class CheckCount:
    """How many checks of one reviewer stand so, given under one version of the guidelines."""

    reviewer: str
    status: str
    guideline_version: int | None
    number: int


@dataclass(frozen=True, slots=True)
class BatchCount:
    """A batch with how many of its claims are in a release."""

    name: str
    is_pilot: bool
    guideline_version: int | None
    claims: int


@dataclass(frozen=True, slots=True)
class GuidelineText:
    """A version of the guidelines that checks in a release were given under."""

    version: int
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the project holds of the claims of a release and that a file leaves out."""

    file: str
    what: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release as the database counts it, before its files are written.

    ``last_decided_at`` is when the newest of its verdicts was given: it tells how new the data are
    without making two releases of the same data differ.
    """

    project: ProjectRecord
    words: Mapping[str, str]
    with_pilots: bool
    included: int
    left_out: Mapping[Reason, int]
    last_decided_at: datetime | None
    checks: tuple[CheckCount, ...]
    batches: tuple[BatchCount, ...]
    scales: tuple[SchemeRecord, ...]
    guidelines: tuple[GuidelineText, ...]
    losses: tuple[Loss, ...]

    @property
    def claims(self) -> int:
        """All claims of the project."""
        return self.included + sum(self.left_out.values())

    def checks_by(self, part: str) -> dict[str, int]:
        """The checks counted by a part of their counts, in its order; "none" where it is blank."""
        found: dict[str, int] = {}
        for count in self.checks:
            value = getattr(count, part)
            name = "none" if value is None else str(value)
            found[name] = found.get(name, 0) + count.number
        return dict(sorted(found.items()))
