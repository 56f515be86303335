"""What each answer means: its definition, its place on the scale, what the guidelines say of it."""

from dataclasses import dataclass

from markupsafe import Markup

from app.domain.records import LabelRecord, SchemeRecord
from app.domain.words import SchemeKind
from app.web.markdown import sections

ANCHORS = {SchemeKind.CONTENT: "label", SchemeKind.ATTRIBUTION: "label-said"}
SECTION_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer; ``top`` is the rank of the best one, ``section`` what is written about it."""

    anchor: str
    label: LabelRecord
    top: int
    section: Markup | None


def entries(scale: SchemeRecord, text: str) -> list[Entry]:
    """An entry for each answer; a section is its own when its heading is the name or the code."""
    written = sections(text, first=SECTION_LEVEL)
    top = max((label.rank or 0 for label in scale.labels), default=0)
    return [
        Entry(
            anchor=anchor_of(scale.kind, label.code),
            label=label,
            top=top,
            section=written.get(label.name.casefold()) or written.get(label.code),
        )
        for label in scale.labels
    ]


def anchor_of(kind: SchemeKind, code: str) -> str:
    """Where the entry of an answer stands on the page of the guidelines."""
    return f"{ANCHORS[kind]}-{code}"
