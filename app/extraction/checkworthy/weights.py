"""How much each signal and each word counts: plain numbers, read from a file or from a desk."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.domain.lessons import SHIPPED
from app.extraction.checkworthy.signals import (
    CHECKED_BEFORE,
    DROPPED_BEFORE,
    MEANING,
    TOLD_ELSEWHERE,
)

SHIPPED_FILE = Path(__file__).with_name("weights.json")
# Weights that no article teaches, since they are of what a project met before, and the one of the
# encoder, whose value is in log-odds already: set by hand, beside what ``assay train`` writes. A desk's
# own decisions move them like all others.
BY_HAND: Mapping[str, float] = MappingProxyType(
    {TOLD_ELSEWHERE: 0.4, DROPPED_BEFORE: -1.5, CHECKED_BEFORE: 0.4, MEANING: 1.0}
)


@dataclass(frozen=True, slots=True)
class Weights:
    """What a logistic regression learned.

    Attributes:
        name: what a claim that was scored with them says: ``shipped`` or the id of a desk's own.
        base: the log-odds of a clause without any signal.
        signals: log-odds by the code of a signal.
        words: log-odds by word or pair of words, in small letters.
        listed_from: the score (0 to 1) below which a clause is not suggested at all.
    """

    name: str
    base: float
    signals: Mapping[str, float]
    words: Mapping[str, float] = field(default_factory=dict)
    listed_from: float = 0.0

    @property
    def digest(self) -> str:
        """Eight letters that tell these numbers from any others."""
        text = json.dumps(self.as_json_dict(), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    @property
    def label(self) -> str:
        """The name, and which numbers it stood for."""
        return f"{self.name}:{self.digest}"

    def as_json_dict(self) -> dict[str, Any]:
        """The numbers as plain data; ``weights_from`` reads them again."""
        return {
            "base": self.base,
            "listed_from": self.listed_from,
            "signals": dict(self.signals),
            "words": dict(self.words),
        }


def weights_from(plain: Mapping[str, Any], *, name: str) -> Weights:
    """Weights that ``as_json_dict`` wrote down."""
    return Weights(
        name=name,
        base=plain["base"],
        signals=plain["signals"],
        words=plain["words"],
        listed_from=plain["listed_from"],
    )


@cache
def shipped() -> Weights:
    """The weights that come with Assay: made by ``assay train`` (docs/check-worthiness.md), or by hand."""
    plain = json.loads(SHIPPED_FILE.read_text(encoding="utf-8"))
    return weights_from({**plain, "signals": {**plain["signals"], **BY_HAND}}, name=SHIPPED)
