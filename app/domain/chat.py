"""A question to a service that answers in words, and its answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the words, which model wrote them, and how many tokens that took."""

    text: str
    model: str
    tokens_in: int
    tokens_out: int


# Asks; whatever fails is a refusal whose code begins with "chat.".
Ask = Callable[[Sequence[Message]], Answer]

_BYTES_A_TOKEN = 3


def tokens_in(text: str) -> int:
    """About how many tokens a text has, rather too many than too few."""
    return len(text.encode()) // _BYTES_A_TOKEN + 1
