"""Whose words a sentence holds that does not name its speaker itself."""

from app.extraction import extract
from tests.cases import in_turn
from tests.unit.extraction.behind import agents_behind


@in_turn(
    ("text", "words", "agents"),
    [
        (
            "“We lost the game,” Baudin said.\n“We had 30 shots and scored twice.”",
            "We had 30 shots",
            ["Baudin"],
        ),
        (
            "Wild coach Bruno Baudin was pleased with his team.\n“We had 30 shots and scored twice.”",
            "We had 30 shots",
            ["Bruno Baudin"],
        ),
        (
            "Ida Moe met the crew. Moe said:\n“We had 30 ships and sold two.”",
            "We had 30 ships",
            ["Ida Moe"],
        ),
        (
            "“We had 30 ships in the harbour,” Ida Moe said. “Two of them were sold.\n“Four of them sank.\n“One of them burned.”",
            "Two of them",
            ["Ida Moe"],
        ),
        (
            "“We had 30 ships in the harbour,” Ida Moe said. “Two of them were sold.\n“Four of them sank.\n“One of them burned.”",
            "Four of them",
            ["Ida Moe"],
        ),
        (
            "“We had 30 ships in the harbour,” Ida Moe said. “Two of them were sold.\n“Four of them sank.\n“One of them burned.”",
            "One of them",
            ["Ida Moe"],
        ),
        (
            "“We had 30 ships in the harbour.\n“Two of them were sold,” Ida Moe said.",
            "We had 30 ships",
            ["Ida Moe"],
        ),
        (
            "“We had 30 ships in the harbour.\n“Two of them were sold,” Ida Moe said.",
            "Two of them",
            ["Ida Moe"],
        ),
        (
            "“We had 30 ships in the harbour,” Ida Moe said.\nTom Berg disagreed.\n“There were 40 ships in the harbour.”",
            "There were 40",
            ["Tom Berg"],
        ),
        (
            "“We had 30 ships in the harbour,” Ida Moe told the New Coast Times. “Two of them were sold. Four were lost.”",
            "We had 30",
            ["New Coast Times", "Ida Moe"],
        ),
        (
            "“We had 30 ships in the harbour,” Ida Moe told the New Coast Times. “Two of them were sold. Four were lost.”",
            "Two of them",
            ["New Coast Times", "Ida Moe"],
        ),
        (
            "“We had 30 ships in the harbour,” Ida Moe told the New Coast Times. “Two of them were sold. Four were lost.”",
            "Four were lost",
            ["New Coast Times", "Ida Moe"],
        ),
        (
            '"We had 30 ships in the harbour," Ida Moe said. "Two of them were sold. Four were lost."',
            "Two of them",
            ["Ida Moe"],
        ),
        (
            '"We had 30 ships in the harbour," Ida Moe said. "Two of them were sold. Four were lost."',
            "Four were lost",
            ["Ida Moe"],
        ),
        (
            "'We had 30 ships in the harbour,' Ida Moe said. 'Two of them were sold. Four were lost.'",
            "We had 30",
            ["Ida Moe"],
        ),
        (
            "'We had 30 ships in the harbour,' Ida Moe said. 'Two of them were sold. Four were lost.'",
            "Two of them",
            ["Ida Moe"],
        ),
        (
            "'We had 30 ships in the harbour,' Ida Moe said. 'Two of them were sold. Four were lost.'",
            "Four were lost",
            ["Ida Moe"],
        ),
        (
            "``We had 30 ships in the harbour,'' Ida Moe said. ``Two of them were sold.''",
            "We had 30",
            ["Ida Moe"],
        ),
        (
            "``We had 30 ships in the harbour,'' Ida Moe said. ``Two of them were sold.''",
            "Two of them",
            ["Ida Moe"],
        ),
        (
            "''We had 30 ships in the harbour,'' Ida Moe said. ''Two of them were sold.''",
            "We had 30",
            ["Ida Moe"],
        ),
        (
            "''We had 30 ships in the harbour,'' Ida Moe said. ''Two of them were sold.''",
            "Two of them",
            ["Ida Moe"],
        ),
        (
            "Ida Moe said the port lost 40 ships. The port has debts of 3 million dollars. Moe said nobody was paid.",
            "The port has debts",
            ["Ida Moe"],
        ),
        (
            "Ida Moe said the port lost 40 ships. The port has debts of 3 million dollars.",
            "The port has debts",
            [],
        ),
        (
            "Ida Moe said the port lost 40 ships. The port has debts of 3 million dollars. Tom Berg said nobody was paid.",
            "The port has debts",
            [],
        ),
        ("“The port,” Ida Moe said, “lost 40 ships in two years.”", "The port", ["Ida Moe"]),
        (
            "“The port lost 40 ships in two years,” she said, “and it has debts of 3 million dollars.” Ida Moe runs the port.",
            "The port lost",
            [],
        ),
        (
            "Ida Moe runs the port. “The port lost 40 ships in two years,” she said, “and it has debts of 3 million dollars.”",
            "The port lost",
            ["Ida Moe"],
        ),
        (
            "Ida Moe runs the port. “The port lost 40 ships in two years,” she said, “and it has debts of 3 million dollars.”",
            "it has debts",
            ["Ida Moe"],
        ),
        (
            "The port lost 40 ships in two years.\n“There was a storm in May and nobody was warned.”",
            "There was a storm",
            [],
        ),
        (
            "Ida Moe told reporters on Monday that 40 ships were lost.\nThe port has debts of 3 million dollars.\n“The bank closed the account in May.”",
            "The port has debts",
            [],
        ),
        (
            "Ida Moe told reporters on Monday that 40 ships were lost.\nThe port has debts of 3 million dollars.\n“The bank closed the account in May.”",
            "The bank closed",
            [],
        ),
        (
            "“The bank closed the account in May,” said Ida Moe.\n“Nobody told the crew about the 40 lost ships.”\n“We learned it from the papers in June.”",
            "Nobody told",
            ["Ida Moe"],
        ),
        (
            "“The bank closed the account in May,” said Ida Moe.\n“Nobody told the crew about the 40 lost ships.”\n“We learned it from the papers in June.”",
            "We learned",
            ["Ida Moe"],
        ),
        (
            "Tom Berg, a sailor, said he was not paid for 3 months. “I had no money for rent.” He left the port in May.",
            "I had no money",
            ["Tom Berg"],
        ),
        (
            "Tom Berg, a sailor, said he was not paid for 3 months. “I had no money for rent.” He left the port in May.",
            "He left the port",
            [],
        ),
        ("Ida Moe was angry. “The port lost 40 ships in two years.”", "The port lost", ["Ida Moe"]),
        ("“The port lost 40 ships in two years.” Ida Moe was angry.", "The port lost", []),
        (
            "In a statement, the Port Authority said: “The port lost 40 ships in two years. We regret the loss.\n“We have hired 30 pilots since May.”",
            "The port lost",
            ["Port Authority"],
        ),
        (
            "In a statement, the Port Authority said: “The port lost 40 ships in two years. We regret the loss.\n“We have hired 30 pilots since May.”",
            "We have hired",
            ["Port Authority"],
        ),
        (
            "The Port Authority said in a statement that 40 ships were lost.\n“We have hired 30 pilots since May,” it said.",
            "We have hired",
            ["Port Authority"],
        ),
        (
            "Ida Moe said that 40 ships were lost.\nIn a statement on Monday, she said nobody was paid. She added that 30 pilots left.",
            "nobody was paid",
            ["Ida Moe"],
        ),
        (
            "Ida Moe said that 40 ships were lost.\nIn a statement on Monday, she said nobody was paid. She added that 30 pilots left.",
            "30 pilots left",
            ["Ida Moe"],
        ),
        (
            "“We had 30 ships in the harbour,” said Ida Moe, who runs the port. “We sold two of them.”",
            "We sold two",
            ["Ida Moe"],
        ),
        (
            "Asked about the port, Ida Moe said: “We had 30 ships in the harbour.” The port opened in 1990. “We sold two of them,” she said.",
            "The port opened",
            [],
        ),
        (
            "Asked about the port, Ida Moe said: “We had 30 ships in the harbour.” The port opened in 1990. “We sold two of them,” she said.",
            "We sold two",
            ["Ida Moe"],
        ),
        (
            "Ida Moe does not like the new port: “The port lost 40 ships in two years.”",
            "The port lost",
            ["Ida Moe"],
        ),
        (
            "Mayor Tom Berg met Ida Moe. She said nobody was paid. He said 30 pilots left.",
            "nobody was paid",
            ["Ida Moe"],
        ),
        (
            "Mayor Tom Berg met Ida Moe. She said nobody was paid. He said 30 pilots left.",
            "30 pilots left",
            ["Tom Berg"],
        ),
        (
            "The Port Office wrote on Twitter:\nThe port lost 40 ships in two years.",
            "The port lost",
            ["Port Office"],
        ),
        (
            "In a statement, the ministry of works said:\n“The port lost 40 ships in two years.”",
            "The port lost",
            ["ministry of works"],
        ),
        (
            "The captain was blunt: “The port lost 40 ships in two years.” Ida Moe is the captain.",
            "The port lost",
            ["Ida Moe"],
        ),
        ("Ida Moe was blunt: “The port lost 40 ships in two years.”", "The port lost", ["Ida Moe"]),
        (
            "The sign at the gate was clear: “The port lost 40 ships in two years.”",
            "The port lost",
            [],
        ),
        ("The plan has one goal: “The port lost 40 ships in two years.”", "The port lost", []),
    ],
)
def test_speech_without_a_tag_has_the_speaker_that_the_text_around_it_gives(text, words, agents):
    assert agents_behind(text, words) == agents


POST = "The port lost 40 ships in two years."


@in_turn(
    ("article", "claimant"),
    [
        (f"{POST}\n— Sen. Ida Moe (@idamoe) May 4, 2019", "Ida Moe"),
        (f"{POST}\n\n— Ida Moe (@idamoe) May 4, 2019", "Ida Moe"),
        (f"{POST}\nWe sold the rest.\n\n— Ida Moe (@idamoe) May 4, 2019", "Ida Moe"),
        (f"{POST}\n\nWe sold the rest.\n\n— Ida Moe (@idamoe) May 4, 2019", None),
        (f"{POST}\n— Port Office (@portoffice)", "Port Office"),
        ("The mayor was angry. " * 8 + f"\n\nIda Moe @idamoe · May 4\n\n{POST}", "Ida Moe"),
        # A byline with a handle is no author of what follows.
        (f"Ida Moe @idamoe\n\n{POST}", None),
        (f"By Ida Moe\n\n{POST}", None),
    ],
)
def test_a_post_that_an_article_embeds_is_said_by_its_author(article, claimant):
    [post] = [c for c in extract(article).candidates if c.quote.startswith("The port lost")]

    assert post.claimant == claimant
