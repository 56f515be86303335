"""The optional encoder: the arithmetic on a model of chance numbers, the real one by what is known of it."""

import json
import math
import os
import subprocess
import sys
from functools import cache

import numpy as np
import pytest

from app.domain.errors import Refused
from app.extraction import semantic
from app.extraction.semantic import loading
from app.extraction.semantic.minilm import BATCH, MiniLM
from app.extraction.semantic.tensors import tensors
from app.extraction.semantic.wordpiece import WordPiece, vocabulary, words
from tests.cases import in_turn

WIDTH, HEADS, LAYERS = 24, 4, 2
TEXTS = ["a b c", "b", "", "c c a b b a c", "a b c a b c a", "c"]


def pieces(most=9):
    known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "c", "##a", "##bc", "un", "##b", "-"]
    return WordPiece({piece: number for number, piece in enumerate(known)}, most=most)


def chance_model(seed=3):
    """Numbers drawn by lot in the shape of a BERT."""
    dice = np.random.default_rng(seed)
    found = {
        "embeddings.word_embeddings.weight": dice.normal(size=(12, WIDTH)),
        "embeddings.position_embeddings.weight": dice.normal(size=(16, WIDTH)),
        "embeddings.token_type_embeddings.weight": dice.normal(size=(2, WIDTH)),
    }
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        start = f"encoder.layer.{layer}."
        wide = 4 * WIDTH
        shapes = {
            **{f"attention.self.{part}": (WIDTH, WIDTH) for part in ("query", "key", "value")},
            "attention.output.dense": (WIDTH, WIDTH),
            "intermediate.dense": (wide, WIDTH),
            "output.dense": (WIDTH, wide),
        }
        for name, shape in shapes.items():
            found[f"{start}{name}.weight"] = dice.normal(size=shape) / 3
            found[f"{start}{name}.bias"] = dice.normal(size=shape[0])
        norms += [f"{start}attention.output.LayerNorm", f"{start}output.LayerNorm"]
    for name in norms:
        found[f"{name}.weight"], found[f"{name}.bias"] = dice.normal(size=(2, WIDTH))
    return {name: values.astype(np.float32) for name, values in found.items()}


class ByHand:
    """A text's vector, piece by piece in double precision, as the papers have it."""

    def __init__(self, numbers, *, heads, layers):
        self.of = {name: values.astype(np.float64) for name, values in numbers.items()}
        self.heads, self.layers = heads, [f"encoder.layer.{n}." for n in range(layers)]

    def vector(self, ids):
        state = [self.first(number, at) for at, number in enumerate(ids)]
        for layer in self.layers:
            told = [self.attended(state, at, f"{layer}attention.") for at in range(len(state))]
            state = [
                self.norm(one + more, f"{layer}attention.output.LayerNorm")
                for one, more in zip(state, told, strict=True)
            ]
            wide = [gelu(self.dense(one, f"{layer}intermediate.dense")) for one in state]
            told = [self.dense(one, f"{layer}output.dense") for one in wide]
            state = [
                self.norm(one + more, f"{layer}output.LayerNorm")
                for one, more in zip(state, told, strict=True)
            ]
        mean = sum(state) / len(state)
        return mean / np.linalg.norm(mean)

    def first(self, number, at):
        of_word = self.of["embeddings.word_embeddings.weight"][number]
        of_place = self.of["embeddings.position_embeddings.weight"][at]
        of_kind = self.of["embeddings.token_type_embeddings.weight"][0]
        return self.norm(of_word + of_place + of_kind, "embeddings.LayerNorm")

    def dense(self, one, name):
        return self.of[f"{name}.weight"] @ one + self.of[f"{name}.bias"]

    def norm(self, one, name):
        scaled = (one - one.mean()) / math.sqrt(one.var() + 1e-12)
        return scaled * self.of[f"{name}.weight"] + self.of[f"{name}.bias"]

    def attended(self, state, at, layer):
        width = len(state[0]) // self.heads
        parts = ("query", "key", "value")
        query, key, value = (
            [self.dense(one, f"{layer}self.{part}") for one in state] for part in parts
        )
        found = []
        for head in range(self.heads):
            part = slice(head * width, (head + 1) * width)
            odds = [math.exp(query[at][part] @ one[part] / math.sqrt(width)) for one in key]
            shares = [one / sum(odds) for one in odds]
            found.append(sum(s * one[part] for s, one in zip(shares, value, strict=True)))
        return self.dense(np.concatenate(found), f"{layer}output.dense")


def gelu(one):
    return np.array([x * 0.5 * (1 + math.erf(x / math.sqrt(2))) for x in one])


def test_a_model_gives_what_its_arithmetic_gives_by_hand():
    numbers, cut = chance_model(), pieces()
    found = MiniLM(numbers, cut, name="chance", heads=HEADS).vectors(TEXTS)

    for text, vector in zip(TEXTS, found, strict=True):
        meant = ByHand(numbers, heads=HEADS, layers=LAYERS).vector(cut.pieces(text))
        assert vector == pytest.approx(meant, abs=2e-5)
    assert found.dtype == np.float32


def test_a_text_has_one_vector_whatever_stands_beside_it():
    model = MiniLM(chance_model(), pieces(), name="chance", heads=HEADS)
    many = [TEXTS[n % len(TEXTS)] for n in range(2 * BATCH + 3)]

    together, alone = model.vectors(many), np.concatenate([model.vectors([one]) for one in TEXTS])

    assert together[: len(TEXTS)] == pytest.approx(alone, abs=1e-5)
    assert together[-3:] == pytest.approx(
        alone[[n % len(TEXTS) for n in range(2 * BATCH, 2 * BATCH + 3)]], abs=1e-5
    )
    assert model.vectors([]).shape == (0, WIDTH)


@in_turn(
    ("text", "found"),
    [
        ("a b", [2, 4, 5, 3]),
        # The longest piece first, and what cannot be cut up is unknown as a whole.
        ("ABC unb abx", [2, 4, 8, 9, 10, 1, 3]),
        ("a-b\t\nc", [2, 4, 11, 5, 6, 3]),
        ("a" * 101, [2, 1, 3]),
        # No more than the model reads, its ends among them.
        ("a b c a b c a b c", [2, 4, 5, 6, 4, 5, 6, 4, 3]),
        ("", [2, 3]),
    ],
)
def test_text_is_cut_into_the_longest_pieces_that_are_known(text, found):
    assert pieces().pieces(text) == found


@in_turn(
    ("text", "found"),
    [
        ("Naïve CAFÉ", ["naive", "cafe"]),
        ("“Yes,” she’d say.", ["“", "yes", ",", "”", "she", "’", "d", "say", "."]),
        ("3.9% of $2m", ["3", ".", "9", "%", "of", "$", "2m"]),
        ("東京 a", ["東", "京", "a"]),
        # What nobody sees does not part words; what separates does.
        ("ze\u200bro\x00 a\u00a0b\ufffd", ["zero", "a", "b"]),
    ],
)
def test_words_are_small_letters_without_accents_and_each_mark_stands_alone(text, found):
    assert list(words(text)) == found


def test_a_file_of_tensors_is_read_as_it_was_written(tmp_path):
    whole = np.arange(6, dtype="<f4").reshape(2, 3)
    half = np.array([0.5, -2], dtype="<f2")
    header = json.dumps(
        {
            "__metadata__": {"format": "pt"},
            "whole": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
            "half": {"dtype": "F16", "shape": [2], "data_offsets": [24, 28]},
        }
    ).encode()
    path = tmp_path / "some.safetensors"
    path.write_bytes(len(header).to_bytes(8, "little") + header + whole.tobytes() + half.tobytes())

    found = tensors(path)

    assert set(found) == {"whole", "half"}
    assert np.array_equal(found["whole"], whole)
    assert np.array_equal(found["half"], half)


def test_without_its_package_the_encoder_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(loading, "find_spec", lambda _name: None)
    loading.encoder.cache_clear()

    assert not semantic.is_there()
    with pytest.raises(Refused, match=r"encoder\.missing"):
        semantic.encoder()


def test_nothing_of_the_encoder_is_loaded_before_it_is_asked_for():
    asks = (
        "import sys; from app import create_app; import app.extraction, app.cli, app.jobs.worker;"
        "from app.extraction.semantic import is_there; is_there();"
        "print([name for name in sys.modules if 'minilm' in name or 'wordpiece' in name])"
    )
    told = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


# The real model


@cache
def model():
    if not semantic.is_there():
        assert not os.environ.get("CI"), "The optional encoder is not installed: make semantic"
        pytest.skip("The optional encoder is not installed: make semantic")
    loading.encoder.cache_clear()
    return semantic.encoder()


def near(one, other):
    first, second = model().vectors([one, other])
    return float(first @ second)


@pytest.mark.parametrize(
    ("other", "published"),
    [
        ("That is a happy dog", 0.695),
        ("That is a very happy person", 0.943),
        ("Today is a sunny day", 0.257),
    ],
)
def test_the_model_gives_the_similarities_that_its_makers_published(other, published):
    assert near("That is a happy person", other) == pytest.approx(published, abs=0.0006)


def test_the_model_gives_what_its_arithmetic_gives_by_hand():
    text = "Unemployment fell to 3.9% in March, “the lowest” since 1969."
    numbers = tensors(loading._folder() / "model.safetensors") if model() else {}
    numbers = {name: value for name, value in numbers.items() if "position_ids" not in name}

    [found] = model().vectors([text])
    meant = ByHand(numbers, heads=12, layers=6).vector(model().pieces.pieces(text))

    assert float(found @ meant) == pytest.approx(1, abs=1e-5)
    assert found == pytest.approx(meant, abs=1e-5)


@in_turn(
    ("text", "numbers"),
    [
        # What the makers' own code gives.
        ("Hello world", [101, 7592, 2088, 102]),
        ("naïve CAFÉ’s 3.9%", [101, 15743, 7668, 1521, 1055, 1017, 1012, 1023, 1003, 102]),
        ("tokenization of unaffable", [101, 19204, 3989, 1997, 14477, 20961, 3468, 102]),
        ("東京 2020", [101, 1879, 1755, 12609, 102]),
    ],
)
def test_the_model_is_given_the_pieces_that_it_was_made_with(text, numbers):
    known = vocabulary(loading._folder() / "vocab.txt") if model() else {}

    assert WordPiece(known, most=128).pieces(text) == numbers


def test_what_means_nearly_the_same_is_nearer_than_what_does_not():
    said = "Unemployment fell to 3.9 percent in March"
    assert near(said, "The jobless rate dropped to 3.9% last month") > 0.5
    assert near(said, "The jobless rate dropped to 3.9% last month") > near(
        said, "The bridge in Leeds was closed in March"
    )
