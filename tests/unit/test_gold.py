"""When a known answer is mixed in, and what is taken for what."""

from datetime import UTC, datetime
from itertools import pairwise

from app.domain.gold import Comparison, Mistaken, Place, chosen, confused, is_due, score
from app.domain.words import GoldUse
from tests.cases import in_turn

KEY = bytes(range(32))


def compared(content="True", known="False", said=None, known_said=None):
    is_right = (content, said) == (known, known_said)
    return Comparison(
        claim_key=1,
        review_id="a" * 12,
        person_id=1,
        use=GoldUse.GOLD,
        content=content,
        said=said,
        known_content=known,
        known_said=known_said,
        is_right=is_right,
        at=datetime(2025, 9, 4, tzinfo=UTC),
    )


def test_one_in_so_many_is_due_for_each_person_at_other_places():
    places = {
        person: [n for n in range(6000) if is_due(KEY, person=person, lent=n, every=20)]
        for person in (1, 2)
    }
    for found in places.values():
        # Three hundred are expected; four standard deviations are 68.
        assert 232 <= len(found) <= 368
        gaps = {after - before for before, after in pairwise(found)}
        assert len(gaps) > 30
    assert places[1] != places[2]


def test_none_is_due_where_none_is_wanted():
    assert not any(is_due(KEY, person=1, lent=n, every=0) for n in range(100))
    assert all(is_due(KEY, person=1, lent=n, every=1) for n in range(100))


def test_which_one_is_the_same_when_it_is_asked_again():
    place = Place(article=None, priority=0, start=None)
    claims = dict.fromkeys(range(100, 110), place)
    picks = [chosen(KEY, claims, before=place, person=1, lent=n) for n in range(200)]
    assert picks == [chosen(KEY, claims, before=place, person=1, lent=n) for n in range(200)]
    assert set(picks) == set(claims)


@in_turn(
    "ill",
    [
        # Another article, another priority, later in the text, further off in it.
        Place(article=2, priority=1, start=80),
        Place(article=None, priority=1, start=None),
        Place(article=1, priority=0, start=80),
        Place(article=1, priority=1, start=101),
        Place(article=1, priority=1, start=20),
    ],
)
def test_the_one_is_chosen_that_stands_out_least_where_the_queue_is(ill):
    well, before = Place(article=1, priority=1, start=80), Place(article=1, priority=1, start=100)
    for lent in range(20):
        found = chosen(KEY, {1: ill, 2: well, 3: ill}, before=before, person=1, lent=lent)
        assert found == 2


def test_what_is_taken_for_what_more_than_once_is_named_most_frequent_first():
    found = [
        *[compared("Half true", "False")] * 2,
        *[compared("True", "True", "Confirmed", "Misquoted")] * 3,
        compared("True", "False"),
        compared("False", "False"),
    ]
    assert confused(found) == [
        Mistaken("Confirmed", "Misquoted", 3),
        Mistaken("Half true", "False", 2),
    ]
    assert (score(found).right, score(found).done) == (1, 7)
