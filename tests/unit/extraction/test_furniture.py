from app.extraction.furniture import is_furniture, sort_out
from app.extraction.sentences import paragraphs
from tests.cases import in_turn


def kept(text):
    return [text[p.start : p.end] for p in sort_out(text, paragraphs(text)).body]


@in_turn(
    "line",
    [
        "What the council decided",
        "Why did the bridge close?",
        "Join the Conversation",
        "Sign up for our daily newsletter and never miss a story.",
        "Find comments below, or click the button to add yours.",
        "12",
        "Comments",
        "By Ann Lee and Bo Diaz",
        "Ann Lee, town correspondent",
        "Photo: Bo Diaz/Getty Images",
        "The bridge in winter. (AP Photo/Bo Diaz)",
        "© 2024 The Daily Example. All rights reserved.",
        "Read more: The bridge that nobody wanted",
        "https://example.org/bridge",
        "___",
        "— Ann Lee (@annlee) May 3, 2021",
        "Updated 3 May 2021",
        "Advertisement",
        "Opinion: The bridge must stay",
    ],
)
def test_a_line_of_the_page_is_no_sentence_of_the_article(line):
    assert is_furniture(line)


@in_turn(
    "line",
    [
        "The bridge was closed on Tuesday.",
        "“We never asked for comments,” the mayor said.",
        "The town spent 3 million euros on the bridge, the council said.",
        "“Nobody told us about it at all”",
    ],
)
def test_a_sentence_of_the_article_stays(line):
    assert not is_furniture(line)


def test_key_points_and_their_bullets_are_summaries():
    text = (
        "KEY POINTS\n  • The old bridge closed.\n  • Repairs take a year.\n\n"
        "The old bridge was closed on Tuesday, and the repairs will take a year."
    )

    assert kept(text) == ["The old bridge was closed on Tuesday, and the repairs will take a year."]


def test_a_related_line_takes_the_headline_under_it_along():
    text = "It rained on Monday.\n\nRelated\nFloods hit the valley\n\nIt rained on Tuesday."

    assert kept(text) == ["It rained on Monday.", "It rained on Tuesday."]


def test_a_bullet_that_repeats_the_body_is_dropped_and_another_stays():
    text = (
        "• The bridge closed on Tuesday.\n• Lorries carried 40 tonnes of gravel.\n"
        "The mayor said the bridge was closed on Tuesday for good."
    )

    assert kept(text) == [
        "• Lorries carried 40 tonnes of gravel.",
        "The mayor said the bridge was closed on Tuesday for good.",
    ]
