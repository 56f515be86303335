"""A sentence encoder of the BERT family in numpy: MiniLM, six layers of attention, then a mean.

Wang and others (2020), MiniLM; Devlin and others (2019), BERT; Reimers and Gurevych (2019),
Sentence-BERT, for the mean over the pieces. The arithmetic is float32, as the model was made.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import count, takewhile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.extraction.semantic.wordpiece import WordPiece

Array = NDArray[np.float32]

HEADS = 12
BATCH = 32
_EPSILON = 1e-12
# Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26: erf to 1.5e-7.
_ERF = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)
_ERF_AT = 0.3275911


class MiniLM:
    """Statements as vectors of length 1."""

    def __init__(
        self,
        tensors: Mapping[str, NDArray[Any]],
        pieces: WordPiece,
        *,
        name: str,
        heads: int = HEADS,
    ) -> None:
        self.name, self.pieces, self.heads = name, pieces, heads
        self._of = {part: np.asarray(values, dtype=np.float32) for part, values in tensors.items()}
        names = (f"encoder.layer.{number}." for number in count())
        self._layers = list(takewhile(lambda layer: f"{layer}output.dense.bias" in self._of, names))

    def vectors(self, texts: Sequence[str]) -> Array:
        """A row for each text; texts of like length are run together."""
        cut = [self.pieces.pieces(text) for text in texts]
        order = sorted(range(len(cut)), key=lambda at: len(cut[at]))
        found = np.empty((len(cut), self._of["embeddings.LayerNorm.bias"].size), dtype=np.float32)
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            found[batch] = self._run([cut[at] for at in batch])
        return found

    def _run(self, batch: Sequence[Sequence[int]]) -> Array:
        longest = max(map(len, batch))
        ids = np.array([[*one, *[0] * (longest - len(one))] for one in batch])
        is_there = np.arange(longest) < np.array([[len(one)] for one in batch])
        state = self._of["embeddings.word_embeddings.weight"][ids]
        state = state + self._of["embeddings.position_embeddings.weight"][:longest]
        state += self._of["embeddings.token_type_embeddings.weight"][0]
        state = self._norm(state, "embeddings.LayerNorm")
        unseen = np.where(is_there, np.float32(0), np.float32(-1e9))[:, None, None, :]
        for layer in self._layers:
            told = self._dense(
                self._attention(state, unseen, layer), f"{layer}attention.output.dense"
            )
            state = self._norm(state + told, f"{layer}attention.output.LayerNorm")
            wide = _gelu(self._dense(state, f"{layer}intermediate.dense"))
            state = self._norm(
                state + self._dense(wide, f"{layer}output.dense"), f"{layer}output.LayerNorm"
            )
        mean = (state * is_there[..., None]).sum(axis=1) / is_there.sum(axis=1, keepdims=True)
        length = np.linalg.norm(mean, axis=1, keepdims=True)
        found: Array = (mean / np.maximum(length, _EPSILON)).astype(np.float32)
        return found

    def _attention(self, state: Array, unseen: Array, layer: str) -> Array:
        size, longest, width = state.shape

        def heads(part: str) -> Array:
            each = self._dense(state, f"{layer}attention.self.{part}")
            return each.reshape(size, longest, self.heads, -1).transpose(0, 2, 1, 3)

        asked = heads("query") @ heads("key").transpose(0, 1, 3, 2)
        asked = asked / np.float32(math.sqrt(width / self.heads)) + unseen
        asked = np.exp(asked - asked.max(axis=-1, keepdims=True))
        asked /= asked.sum(axis=-1, keepdims=True)
        answered: Array = (asked @ heads("value")).transpose(0, 2, 1, 3).reshape(state.shape)
        return answered

    def _dense(self, state: Array, name: str) -> Array:
        # One large product is much faster than one for each sentence.
        flat = state.reshape(-1, state.shape[-1]) @ self._of[f"{name}.weight"].T
        flat += self._of[f"{name}.bias"]
        shaped: Array = flat.reshape(*state.shape[:-1], -1)
        return shaped

    def _norm(self, state: Array, name: str) -> Array:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
        found: Array = centred / spread * self._of[f"{name}.weight"] + self._of[f"{name}.bias"]
        return found


def _gelu(state: Array) -> Array:
    """The Gaussian error linear unit (Hendrycks and Gimpel 2016), by the error function itself."""
    at = np.abs(state) * np.float32(math.sqrt(0.5))
    t = 1 / (1 + np.float32(_ERF_AT) * at)
    series = np.zeros_like(t)
    for factor in _ERF:
        series = (series + np.float32(factor)) * t
    error = np.copysign(1 - series * np.exp(-at * at), state)
    found: Array = np.float32(0.5) * state * (1 + error)
    return found
