"""Rounds over claims that were checked already: which claims, and what their answers amount to."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.consensus import Answer, all_agree
from app.domain.words import RoundKind

# Rounds that are opened over claims that have been in another one before.
LATER_KINDS = (RoundKind.EVIDENCE_ONLY, RoundKind.REOPENED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How many of some claims are drawn: a number, or a share in hundredths; all where neither."""

    number: int | None = None
    percent: float | None = None

    def size(self, of: int) -> int:
        """How many of so many claims; a share of any claims is one of them at least."""
        if self.number is not None:
            return min(self.number, of)
        if self.percent is not None:
            return min(of, max(1, round(of * self.percent / 100)))
        return of


def drawn(claim_ids: Sequence[str], sample: Sample, *, seed: str) -> list[str]:
    """A sample of claims that anybody can draw again: no chance is in it but a hash.

    The claims with the smallest SHA-256 of ``seed/claim_id``, in the order that they came in.
    """
    size = sample.size(len(claim_ids))
    if size == len(claim_ids):
        return list(claim_ids)
    first = sorted(claim_ids, key=lambda name: hashlib.sha256(f"{seed}/{name}".encode()).digest())
    chosen = set(first[:size])
    return [name for name in claim_ids if name in chosen]


class Outcome(StrEnum):
    """What the answers of a later round come to by themselves."""

    CONFIRM = "confirm"
    AGREE = "agree"


def outcome_of(
    kind: RoundKind,
    *,
    earlier: Sequence[Answer],
    new: Sequence[Answer],
    former: Answer | None,
) -> Outcome | None:
    """What the answers of a later round come to, or None when a person must decide.

    ``former`` is the verdict that the desk has given already: answers that all say the same confirm
    it, and nothing but a person can replace it. A control compares the answers of all rounds, a
    reopened round its own ones with the verdict. Where there was none, only a control can make one:
    a claim is opened again because its checks did not do.
    """
    compared = [*earlier, *new] if kind is RoundKind.EVIDENCE_ONLY else list(new)
    if not new:
        return None
    if former is not None:
        return Outcome.CONFIRM if all_agree([*compared, former]) else None
    agrees = kind is RoundKind.EVIDENCE_ONLY and all_agree(compared)
    return Outcome.AGREE if agrees else None
