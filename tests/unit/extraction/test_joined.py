from app.extraction.clauses import clauses
from app.extraction.quotation import quotations
from app.extraction.sentences import Span
from app.extraction.tokens import tokens
from tests.cases import in_turn


def cut(text):
    span = Span(0, len(text))
    words = tokens(text, span, quotations(text, 0, len(text)))
    return [text[c.span.start : c.span.end] for c in clauses(words)]


@in_turn(
    ("sentence", "parts"),
    [
        # What was not read as a source is no part of the claim.
        (
            "At least 19 boats sank in the port, the coast guard’s review concludes.",
            ["At least 19 boats sank in the port"],
        ),
        (
            "The port lost 40 ships in two years, Ida Moe said.",
            ["The port lost 40 ships in two years"],
        ),
        ("The bridge was closed in May, though.", ["The bridge was closed in May"]),
        # A place or a time before the second subject.
        (
            "Two bombs had struck the market at Bo, and at noon firefighters were still there.",
            ["Two bombs had struck the market at Bo", "at noon firefighters were still there"],
        ),
        (
            "The bank lost 40 million euros, and on Monday it closed.",
            ["The bank lost 40 million euros", "on Monday it closed"],
        ),
        (
            "Reefs cover less than 1 percent of the sea but shelter about 25 percent of fish.",
            ["Reefs cover less than 1 percent of the sea", "shelter about 25 percent of fish"],
        ),
        # A share of what was counted stays with it.
        (
            "Van Moor employs 6,800 people, a third of them in Lund.",
            ["Van Moor employs 6,800 people, a third of them in Lund"],
        ),
        (
            "The firm employs 40 people, most of them women.",
            ["The firm employs 40 people, most of them women"],
        ),
        # Contracted verbs are verbs.
        (
            "It's the third fare cut in two years, which is to end in May.",
            ["It's the third fare cut in two years", "which is to end in May"],
        ),
        (
            "There’s a bridge in Bo that cost 40 million euros, and it’s closed.",
            ["There’s a bridge in Bo that cost 40 million euros", "it’s closed"],
        ),
        # Dashes: an aside with a figure, a range, a clause in the middle.
        (
            "More than 100 million people died - reducing the number from 450 million to 350–375 million.",
            [
                "More than 100 million people died",
                "reducing the number from 450 million to 350–375 million",
            ],
        ),
        (
            "The team has called in a firm — a maker of pumps that works in 40 states — to drain the mine.",
            ["The team has called in a firm", "a maker of pumps that works in 40 states"],
        ),
        (
            "The rate was 3–4 percent in May and 5–6 percent in June.",
            ["The rate was 3–4 percent in May and 5–6 percent in June"],
        ),
        # Reports that follow each other are two, reasons are one.
        (
            "Fears of a strike grew last week as Norport released two reports on the mine.",
            ["Fears of a strike grew last week", "Norport released two reports on the mine"],
        ),
        (
            "Bo Diaz resigned as head of the port in May.",
            ["Bo Diaz resigned as head of the port in May"],
        ),
        (
            "The mine was closed for good in the spring after the council had counted 40 dead miners.",
            [
                "The mine was closed for good in the spring",
                "the council had counted 40 dead miners",
            ],
        ),
        ("The mine was closed after a fire.", ["The mine was closed after a fire"]),
        (
            "The plague is deadly, as it causes infections of the lungs.",
            ["The plague is deadly, as it causes infections of the lungs"],
        ),
        (
            "The mine is deep, since the ore lies under 300 metres of rock.",
            ["The mine is deep", "the ore lies under 300 metres of rock"],
        ),
        # Participles at the end.
        (
            "Roughly 3,000 troops remain in Norland, 18 years after the army invaded the country.",
            [
                "Roughly 3,000 troops remain in Norland",
                "18 years after the army invaded the country",
            ],
        ),
        (
            "The mayor met the band, dubbed the “Bo Boys” by fans in the 1990s.",
            ["The mayor met the band", "dubbed the “Bo Boys” by fans in the 1990s"],
        ),
        (
            "Sales sank 9 percent in March, despite cheap loans and big discounts.",
            ["Sales sank 9 percent in March"],
        ),
        (
            "Five firms joined nine others in May, bringing the number of bidders to 14.",
            ["Five firms joined nine others in May", "bringing the number of bidders to 14"],
        ),
        (
            "Fires are rare in the valley, with up to a dozen barns destroyed every year.",
            ["Fires are rare in the valley", "with up to a dozen barns destroyed every year"],
        ),
        # Presented clauses.
        ("The ruling means the bank owes 40 million euros.", ["the bank owes 40 million euros"]),
        ("The truth is, the bank lost 40 million euros.", ["the bank lost 40 million euros"]),
        (
            "The talks and the strike come as the mine loses 40 million euros a year.",
            ["the mine loses 40 million euros a year"],
        ),
        (
            "The mill closes in May, which means that 40 people lose their jobs.",
            ["The mill closes in May", "which means that 40 people lose their jobs"],
        ),
        # The auxiliary said again.
        (
            "He was convicted of fraud in 1998 and was barred from driving.",
            ["He was convicted of fraud in 1998", "was barred from driving"],
        ),
        (
            "The port had lost 40 ships by May and had sold the dock.",
            ["The port had lost 40 ships by May", "had sold the dock"],
        ),
        # Leads within leads, and a lead that is a list.
        ("Unfortunately, despite the ban, the air in Bo is poor.", ["the air in Bo is poor"]),
        (
            "In May, although it had lost 3 million euros, the firm bought a mill.",
            ["In May, although it had lost 3 million euros, the firm bought a mill"],
        ),
        (
            "From Bo to Lund, almost every shop sells the book.",
            ["From Bo to Lund, almost every shop sells the book"],
        ),
        (
            "Asked about the loss, the mayor left the room.",
            ["Asked about the loss, the mayor left the room"],
        ),
        ("Once a mill town, Bo has 40 firms.", ["Once a mill town, Bo has 40 firms"]),
        # What only presents a claim, and what names a source that is unknown.
        (
            "It should be noted that owners do not need a permit for a small boat.",
            ["owners do not need a permit for a small boat"],
        ),
        (
            "It is worth remembering that the port lost 40 ships in 1990.",
            ["the port lost 40 ships in 1990"],
        ),
        (
            "It must be said that the port lost 40 ships in 1990.",
            ["the port lost 40 ships in 1990"],
        ),
        (
            "It is said that the port lost 40 ships in 1990.",
            ["It is said that the port lost 40 ships in 1990"],
        ),
        # A list between commas is no description, and a joint is no part of a claim.
        (
            "Data from the port, the bank, and others, shows a loss of 40 million euros.",
            ["Data from the port, the bank, and others, shows a loss of 40 million euros"],
        ),
        (
            "The port, the town and the state, which pays for it, lost 40 million euros.",
            ["The port, the town and the state, which pays for it, lost 40 million euros"],
        ),
        (
            "The firm, and the men who own it, were fined.",
            ["The firm, and the men who own it, were fined"],
        ),
        (
            "Rents soared in 2020, but over the last winter, the rise has halved.",
            ["Rents soared in 2020", "over the last winter, the rise has halved"],
        ),
        ("There are 8,000 ships in the port, and", ["There are 8,000 ships in the port"]),
        # An adverb after a plural shows the verb.
        (
            "Fires often also break out in Norland, with up to a dozen barns destroyed every year.",
            [
                "Fires often also break out in Norland",
                "with up to a dozen barns destroyed every year",
            ],
        ),
        (
            "The teams have won 5 matches and now stand 14th of 20.",
            ["The teams have won 5 matches", "now stand 14th of 20"],
        ),
        (
            "He wanted to sell the ship and quickly buy a car.",
            ["He wanted to sell the ship and quickly buy a car"],
        ),
        # What was done before or meanwhile, after a comma.
        (
            "Lee got help last week, after accusing the firm of fraud.",
            ["Lee got help last week", "after accusing the firm of fraud"],
        ),
        ("The assumption was that the drug would cost 40 euros.", ["the drug would cost 40 euros"]),
        # Who said it after a quotation, whoever they are, is no part of it.
        (
            '"At no time did we sell the port," they wrote on their page last Friday.',
            ["At no time did we sell the port"],
        ),
        ("“The port is closed,” it says.", ["The port is closed"]),
        ("He calls it the “old port,” they said on Monday.", ["He calls it the “old port,”"]),
        (
            "The “old port,” which the mayor sold in May, was rebuilt in 1990.",
            [
                "The “old port,” which the mayor sold in May",
                "The “old port,” which the mayor sold in May, was rebuilt in 1990",
            ],
        ),
    ],
)
def test_reports_come_apart_and_reasons_do_not(sentence, parts):
    assert cut(sentence) == parts
