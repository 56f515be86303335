"""Bullets that say an article in short."""

from app.extraction import extract
from tests.cases import in_turn

BODY = (
    "The harbour town of Lund closed its oldest bridge on Tuesday after 3 cracks were found.\n"
    "The council will spend 4 million euros on repairs, the mayor, Ida Moe, said on Monday.\n"
    "Lorries carried 40 tonnes of gravel to the northern bank during the night.\n"
)


def quotes_with_repeats(text):
    found = extract(text).candidates
    return {c.quote: [text[start:end] for start, end in c.repeats] for c in found if c.repeats}


@in_turn("head", ["KEY POINTS\n", "Highlights:\n", "At a glance\n", ""])
def test_a_bullet_is_joined_to_the_claim_that_it_repeats(head):
    text = (
        f"{head}• Lund closed its oldest bridge after cracks were found\n"
        f"• The council spends 4 million euros on repairs\n\n{BODY}"
    )

    found = quotes_with_repeats(text)

    assert sorted(bullet[2:6] for bullets in found.values() for bullet in bullets) == [
        "Lund",
        "The ",
    ]
    [closed] = [quote for quote in found if "oldest bridge" in quote]
    assert found[closed] == ["• Lund closed its oldest bridge after cracks were found"]


def test_a_bullet_under_key_points_that_no_sentence_repeats_is_no_claim():
    text = (
        f"KEY POINTS\n• Ferries will sail twice as often from 1 May, at 9 euros a ride.\n\n{BODY}"
    )

    found = extract(text).candidates

    assert not [c for c in found if "Ferries" in c.quote or c.repeats]


def test_a_text_without_bullets_repeats_nothing():
    assert quotes_with_repeats(BODY) == {}


def test_a_list_of_a_hundred_bullets_is_the_article_and_no_summary():
    lines = [f"• The town of Aa{n} sold {n} houses to the council in 2019." for n in range(2, 110)]

    found = extract("\n".join(lines)).candidates

    assert len(found) > 100
    assert not [c for c in found if c.repeats]
