"""Companies, offices and quotations where another could be meant; and some where none could."""

from tests.cases import in_turn
from tests.unit.extraction.behind import agents_behind


@in_turn(
    ("text", "words", "agents"),
    [
        (
            'Shares in Acme fell. Acme, the world\'s largest maker of nails, said sales fell by 4 percent. "We sold 40 million nails," Chief Financial Officer Rosa Lind said on a call with analysts. Lind said the firm would close a plant.',
            "sales fell by 4 percent",
            ["Acme"],
        ),
        (
            'Shares in Acme fell. Acme, the world\'s largest maker of nails, said sales fell by 4 percent. "We sold 40 million nails," Chief Financial Officer Rosa Lind said on a call with analysts. Lind said the firm would close a plant.',
            "We sold 40 million",
            ["Rosa Lind"],
        ),
        (
            'Shares in Acme fell. Acme, the world\'s largest maker of nails, said sales fell by 4 percent. "We sold 40 million nails," Chief Financial Officer Rosa Lind said on a call with analysts. Lind said the firm would close a plant.',
            "would close a plant",
            ["Rosa Lind"],
        ),
        (
            'The teenager\'s father, Hans Vogt, said the boy was 15. Vogt said he had called the school twice. "They did not answer," Mr Vogt said.',
            "the boy was 15",
            ["Hans Vogt"],
        ),
        (
            'The teenager\'s father, Hans Vogt, said the boy was 15. Vogt said he had called the school twice. "They did not answer," Mr Vogt said.',
            "he had called the school",
            ["Hans Vogt"],
        ),
        (
            'The teenager\'s father, Hans Vogt, said the boy was 15. Vogt said he had called the school twice. "They did not answer," Mr Vogt said.',
            "They did not answer",
            ["Hans Vogt"],
        ),
        (
            '"The dam is safe," insisted engineer Paulo Reis. But residents are not so sure. "It leaked for 3 years," said Marta Dias, 61. Her son agreed. "We saw the cracks in May," he said.',
            "The dam is safe",
            ["Paulo Reis"],
        ),
        (
            '"The dam is safe," insisted engineer Paulo Reis. But residents are not so sure. "It leaked for 3 years," said Marta Dias, 61. Her son agreed. "We saw the cracks in May," he said.',
            "It leaked for 3 years",
            ["Marta Dias"],
        ),
        (
            '"The dam is safe," insisted engineer Paulo Reis. But residents are not so sure. "It leaked for 3 years," said Marta Dias, 61. Her son agreed. "We saw the cracks in May," he said.',
            "We saw the cracks",
            [],
        ),
        (
            "Mayor Otto Lund closed the port, per NBC News. The ferry owners met in May. The group said the port lost 40 ships.",
            "the port lost 40 ships",
            ["group"],
        ),
        (
            "Mayor Otto Lund closed the port, per NBC News. The network said the port lost 40 ships.",
            "the port lost 40 ships",
            ["NBC News"],
        ),
        (
            "Dover Council's leader, Cllr Jim Hobb, said the pool cost £3m a year. Cllr Hobb said 40 jobs were at risk.",
            "the pool cost",
            ["Jim Hobb"],
        ),
        (
            "Dover Council's leader, Cllr Jim Hobb, said the pool cost £3m a year. Cllr Hobb said 40 jobs were at risk.",
            "40 jobs were at risk",
            ["Jim Hobb"],
        ),
        (
            "In her book, Jane Roe writes that the king was ill. Roe says he slept for 14 hours a day.",
            "the king was ill",
            ["Jane Roe"],
        ),
        (
            "In her book, Jane Roe writes that the king was ill. Roe says he slept for 14 hours a day.",
            "he slept for 14",
            ["Jane Roe"],
        ),
        (
            "Reached by phone, Lund said the boat was sold. Otto Lund is 40.",
            "the boat was sold",
            ["Otto Lund"],
        ),
        (
            "Prime Minister Eva Holm's spokesman said the talks had failed. The prime minister said on Friday that 12 states had signed.",
            "the talks had failed",
            ["Prime Minister Eva Holm's spokesman"],
        ),
        (
            "Prime Minister Eva Holm's spokesman said the talks had failed. The prime minister said on Friday that 12 states had signed.",
            "12 states had signed",
            ["Eva Holm"],
        ),
        (
            "Acme sued Volvex in May. The company said it was surprised.",
            "it was surprised",
            ["Acme"],
        ),
        (
            "Acme, Volvex and Sarno Motors met in May. The company said it was surprised.",
            "it was surprised",
            ["company"],
        ),
        (
            "Ann Lee, a doctor, met Bo Diaz, a doctor. The doctor said it rained all day.",
            "it rained all day",
            ["doctor"],
        ),
        (
            "The insurance company said it rained all day. Acme, the carmaker, was hit.",
            "it rained all day",
            ["insurance company"],
        ),
        ("A company said it rained all day. Acme is a company.", "it rained all day", ["company"]),
        (
            "Paris burned in May. The city said 40 houses were lost.",
            "40 houses were lost",
            ["city"],
        ),
        (
            "The president of Acme, Ann Lee, met President Otto Berg. The president said it rained all day.",
            "it rained all day",
            ["president"],
        ),
        (
            "Former President Ann Lee met farmers. The president said it rained all day. President Otto Berg was away.",
            "it rained all day",
            ["Otto Berg"],
        ),
        ("Tom Lee met Ann. “It rained all day in the town.” Nobody came.", "Nobody came", []),
        (
            "The sign says “Closed for the whole year”. Tom Lee owns the shop.\n“It opened in 1990 and made 3 million euros.”",
            "It opened in 1990",
            ["Tom Lee"],
        ),
        (
            "Tom Lee and Bo Diaz own the shop.\n“It opened in 1990 and made 3 million euros.”",
            "It opened in 1990",
            [],
        ),
        (
            "“It opened in 1990 and made 3 million euros.”\nTom Lee owns the shop.",
            "It opened in 1990",
            [],
        ),
        ("Tom Lee said it rained. Bo Diaz left in 2019. Lee said it was wet.", "Bo Diaz left", []),
        (
            "Tom Lee called the shop “a ruin” in May. The shop opened in 1990. It closed in 2019.",
            "The shop opened in 1990",
            [],
        ),
        (
            "Tom Lee called the shop “a ruin” in May. The shop opened in 1990. It closed in 2019.",
            "It closed in 2019",
            [],
        ),
    ],
)
def test_where_two_could_be_meant_the_words_stay(text, words, agents):
    assert agents_behind(text, words) == agents
