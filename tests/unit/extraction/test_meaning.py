"""The encoder's view of a claim as a signal: what it changes, and what it leaves as it is."""

import json

import numpy as np
import pytest

from app.domain.errors import Refused
from app.extraction import registry
from app.extraction.asking import read_with
from app.extraction.checkworthy import score, shipped
from app.extraction.checkworthy.signals import OF_ENCODER
from app.extraction.checkworthy.weights import BY_HAND, Weights
from app.extraction.checkworthy.weights import SHIPPED_FILE as WEIGHTS_FILE
from app.extraction.evaluation.scorers import scorer_of
from app.extraction.gate import About
from app.extraction.rules import RulesExtractor
from app.extraction.semantic import extractor as semantic
from app.extraction.semantic.meaning import SHIPPED_FILE, Meaning, learned, shipped_meaning

TEXT = (
    "The port of Tarn lost 40 boats in one night. The mayor said that the harbour wall was closed in "
    "March. A record 4,100 people came to the fair on Sunday."
)
[PHRASE] = OF_ENCODER.values()


class Fake:
    """An encoder for which only boats mean much."""

    name = "fake"

    def vectors(self, texts):
        found = np.zeros((len(texts), 384), dtype=np.float32)
        found[:, 0] = [1 if "boats" in text else -1 for text in texts]
        return found


@pytest.fixture
def fake(monkeypatch):
    monkeypatch.setattr(semantic, "encoder", Fake)
    numbers = (0.75, *[0.0] * 383)
    monkeypatch.setattr(semantic, "shipped_meaning", lambda: Meaning(0.25, numbers))


def read(name, text=TEXT, *, language="en", weights=None):
    return read_with(name, text, about=About(language=language), weights=weights).extraction


def test_what_a_claim_means_is_a_signal_with_a_reason_and_what_is_suggested_stays(fake):
    plain, meant = read("rules"), read("semantic")

    assert meant.extractor == "semantic"
    assert [one.quote for one in meant.candidates] == [one.quote for one in plain.candidates]
    for before, after in zip(plain.candidates, meant.candidates, strict=True):
        value = 1.0 if "boats" in before.quote else -0.5
        assert after.signals == {**before.signals, "meaning": value}
        told = score(after.signals, after.quote, shipped())
        assert (after.checkworthiness, after.reasons) == (told.value, told.reasons)
        assert PHRASE in (after.reasons if value > 0 else after.against)
        assert (after.checkworthiness > before.checkworthiness) == (value > 0)
    assert {"boats" in one.quote for one in meant.candidates} == {True, False}


def test_a_project_weighs_it_by_its_own_weights(fake):
    own = Weights("own", -1.0, {**shipped().signals, "meaning": -2.0})
    meant = read("semantic", weights=own)

    assert meant.scored_with == own.label
    first = next(one for one in meant.candidates if "boats" in one.quote)
    assert PHRASE in first.against


def test_what_is_not_english_is_left_as_it_is(fake):
    plain, meant = read("rules", language="de"), read("semantic", language="de")

    assert meant.candidates == plain.candidates
    assert meant.notice == plain.notice


def test_without_its_model_it_is_not_offered_and_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(registry, "is_there", lambda: False)
    assert "semantic" not in registry.names()
    monkeypatch.setattr(registry, "is_there", lambda: True)
    assert registry.names()[:2] == ("rules", "semantic")

    def missing():
        raise Refused("encoder.missing")

    monkeypatch.setattr(semantic, "encoder", missing)
    with pytest.raises(Refused, match=r"encoder\.missing"):
        read("semantic")


def test_it_is_measured_beside_others_with_what_would_not_be_suggested(fake):
    found = scorer_of("semantic").unlisted("I hope so, if we must.", About(language="en"))

    assert all("meaning" in one.signals for one in found)
    every = RulesExtractor(Weights("all", shipped().base, shipped().signals, {}, 0.0))
    assert len(found) == len(every.extract("I hope so, if we must.", language="en").candidates)


def test_only_what_is_not_known_already_is_learned_from_vectors():
    dice = np.random.default_rng(5)
    vectors = dice.normal(size=(400, 6))
    truth = 2.0 * vectors[:, 2]
    labels = (dice.random(400) < 1 / (1 + np.exp(-truth))).astype(float)
    even = np.ones(400)

    new = learned(vectors, np.zeros(400), labels, even)
    again = learned(vectors, np.zeros(400), labels, even)
    known = learned(vectors, truth, labels, even)

    assert new == again
    assert new.numbers[2] > 1.2
    assert max(abs(one) for at, one in enumerate(new.numbers) if at != 2) < 0.4
    assert abs(known.numbers[2]) < 0.4
    assert np.corrcoef(new.of(vectors), truth)[0, 1] > 0.9


def test_the_numbers_that_come_along_fit_the_model_and_its_weight_is_one():
    plain = json.loads(SHIPPED_FILE.read_text(encoding="utf-8"))

    assert len(shipped_meaning().numbers) == 384
    assert plain["made_from"]["encoder"] == "all-MiniLM-L6-v2"
    assert set(plain["made_from"]["sets"]) == {"training-data", "written"}
    assert BY_HAND["meaning"] == 1.0


def test_the_numbers_of_the_encoder_come_from_the_sets_and_the_recipe_of_the_weights():
    """Whoever trains anew makes both: ``assay train``, then ``python tools/meaning.py``."""
    of_weights = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["made_from"]
    made_from = json.loads(SHIPPED_FILE.read_text(encoding="utf-8"))["made_from"]

    assert made_from["recipe"] == of_weights["recipe"]
    assert made_from["sets"] == {one["name"]: one["sha256"] for one in of_weights["sets"]}
