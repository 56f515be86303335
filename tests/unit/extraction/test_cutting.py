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
        # What is said of the subject in passing stays with its verb.
        (
            "Ann Lee, 45, of Norwick, a town on the coast, pleaded guilty to fraud.",
            ["Ann Lee, 45, of Norwick, a town on the coast, pleaded guilty to fraud"],
        ),
        (
            "The firm — the largest maker of bricks in the county — will close its plant in May.",
            [
                "the largest maker of bricks in the county",
                "The firm — the largest maker of bricks in the county — will close its plant in May",
            ],
        ),
        (
            "The plans — the council voted on them twice — were dropped in June.",
            [
                "the council voted on them twice",
                "The plans — the council voted on them twice — were dropped in June",
            ],
        ),
        (
            "Cars, vans and lorries from the plant were sold in Spain.",
            ["Cars, vans and lorries from the plant were sold in Spain"],
        ),
        (
            "Sales at the shop, including online orders, rose 3 percent.",
            ["Sales at the shop, including online orders, rose 3 percent"],
        ),
        (
            "About 40 people, mostly women, were hurt when the stand collapsed.",
            ["About 40 people, mostly women, were hurt when the stand collapsed"],
        ),
        (
            "The head of the bank, Bo Diaz, sold his shares in May.",
            ["The head of the bank, Bo Diaz, sold his shares in May"],
        ),
        (
            "The bridges, like the roads, were built by the army in 1940.",
            ["The bridges, like the roads, were built by the army in 1940"],
        ),
        # Two predicates of one subject that are checked apart, and those that are one act.
        (
            "The firm closed two plants and dismissed 400 people.",
            ["The firm closed two plants", "dismissed 400 people"],
        ),
        (
            "The firm closed 2 plants in May and then dismissed 400 people.",
            ["The firm closed 2 plants in May", "dismissed 400 people"],
        ),
        (
            "The mayor sold the hall in March and will sell the pool next year.",
            ["The mayor sold the hall in March", "will sell the pool next year"],
        ),
        (
            "The mayor opened the pool and thanked the builders.",
            ["The mayor opened the pool and thanked the builders"],
        ),
        (
            "The firm sells cars that cost $4,000 and boats that cost $9,000.",
            ["The firm sells cars that cost $4,000 and boats that cost $9,000"],
        ),
        # A lead-in that only sets the scene goes; a date, a place or a condition stays.
        (
            "Despite warnings from engineers, the council kept the bridge open.",
            ["the council kept the bridge open"],
        ),
        (
            "To save money, the school shut its kitchen in 2019.",
            ["the school shut its kitchen in 2019"],
        ),
        ("In addition to the hall, the council sold 40 houses.", ["the council sold 40 houses"]),
        (
            "As part of a plan to cut costs, the school shut its kitchen.",
            ["the school shut its kitchen"],
        ),
        (
            "In 2017 alone, the county spent 3 million euros on roads.",
            ["In 2017 alone, the county spent 3 million euros on roads"],
        ),
        (
            "On Monday, the county spent 3 million euros on roads.",
            ["On Monday, the county spent 3 million euros on roads"],
        ),
        (
            "At the end of last year, the county owed 3 million euros.",
            ["At the end of last year, the county owed 3 million euros"],
        ),
        (
            "Meanwhile, the county spent 3 million euros on roads.",
            ["the county spent 3 million euros on roads"],
        ),
        ("Unfortunately, the county lost the case.", ["the county lost the case"]),
        ("However, the county lost the case in court.", ["the county lost the case in court"]),
        ("In fact, the county lost the case in court.", ["the county lost the case in court"]),
        (
            "Nationally, 3 million people have the disease.",
            ["Nationally, 3 million people have the disease"],
        ),
        (
            "If the bill passes, hospitals will lose 40 million euros.",
            ["If the bill passes, hospitals will lose 40 million euros"],
        ),
        (
            "When prices rise, people may buy less bread.",
            ["When prices rise, people may buy less bread"],
        ),
        (
            "Without the loan, the port would have closed in 2012.",
            ["Without the loan, the port would have closed in 2012"],
        ),
        (
            "Founded in 1950, the firm employs 400 people.",
            ["Founded in 1950, the firm employs 400 people"],
        ),
        # Subordinate clauses in front.
        (
            "While the ministry had promised 40 new clinics, only 12 were built by the end of the year.",
            [
                "the ministry had promised 40 new clinics",
                "only 12 were built by the end of the year",
            ],
        ),
        (
            "Although it is small, the port handles 3 million tonnes a year.",
            ["the port handles 3 million tonnes a year"],
        ),
        (
            "Even though the firm lost money, its owners were paid 3 million euros.",
            ["the firm lost money", "its owners were paid 3 million euros"],
        ),
        (
            "When the dam broke in 1972, the water destroyed 300 homes.",
            ["the dam broke in 1972", "the water destroyed 300 homes"],
        ),
        (
            "Because the river flooded the town in 2002, the state built a wall.",
            ["the river flooded the town in 2002", "the state built a wall"],
        ),
        (
            "Having lost 12 matches in a row, the team dismissed its coach.",
            ["Having lost 12 matches in a row", "the team dismissed its coach"],
        ),
        # A main clause that only presents another one.
        (
            "The vote comes as the county faces a debt of 40 million euros.",
            ["the county faces a debt of 40 million euros"],
        ),
        (
            "The strike came two days after the firm announced 300 job losses.",
            ["the firm announced 300 job losses"],
        ),
        ("That means the county owes 40 million euros.", ["the county owes 40 million euros"]),
        (
            "The reason is that the bank lent too much to builders.",
            ["the bank lent too much to builders"],
        ),
        (
            "It emerged that the bank had lent 40 million euros to builders.",
            ["the bank had lent 40 million euros to builders"],
        ),
        ("It was clear that the bank had lost the money.", ["the bank had lost the money"]),
        (
            "The council found a new use for the hall: it now houses 40 refugees.",
            ["The council found a new use for the hall", "it now houses 40 refugees"],
        ),
        # Relative clauses and descriptions at the end.
        (
            "The firm bought Brickwell, a maker of tiles that was founded in 1950.",
            ["The firm bought Brickwell", "a maker of tiles that was founded in 1950"],
        ),
        (
            "She met Bo Diaz, the head of the fire service.",
            ["She met Bo Diaz", "the head of the fire service"],
        ),
        (
            "The court freed 12 men, most of whom had been held without trial.",
            ["The court freed 12 men", "most of whom had been held without trial"],
        ),
        (
            "The town sold the hall, which had cost 40 million euros, and kept the pool.",
            ["The town sold the hall", "which had cost 40 million euros", "kept the pool"],
        ),
        (
            "The town lost its goalkeeper, who broke a leg, to an injury.",
            ["The town lost its goalkeeper, who broke a leg, to an injury"],
        ),
        (
            "Rents rose by 3 percent last year, an increase of 40 euros a month.",
            ["Rents rose by 3 percent last year, an increase of 40 euros a month"],
        ),
        ("He carried a hat, a coat and a bag.", ["He carried a hat, a coat and a bag"]),
        (
            "The firm runs the port of Lund, where 3,000 ships call every year.",
            ["The firm runs the port of Lund", "where 3,000 ships call every year"],
        ),
        # Participles and "with" at the end.
        (
            "The town sold 40 houses, raising 3 million euros for the new school.",
            ["The town sold 40 houses", "raising 3 million euros for the new school"],
        ),
        (
            "The plant makes 300 cars a day, making it the largest in the county.",
            ["The plant makes 300 cars a day, making it the largest in the county"],
        ),
        (
            "The bank closed 40 branches, with 12 more closing in May.",
            ["The bank closed 40 branches", "with 12 more closing in May"],
        ),
        (
            "The shop opened in May, with a band and a clown.",
            ["The shop opened in May, with a band and a clown"],
        ),
        # Clauses joined with or without a comma.
        (
            "The plant was closed, because it had polluted the river for years.",
            ["The plant was closed, because it had polluted the river for years"],
        ),
        (
            "The bridge was shut in May, when inspectors found cracks in 12 beams.",
            ["The bridge was shut in May", "inspectors found cracks in 12 beams"],
        ),
        (
            "The bridge was shut in May, when it was struck by a ship.",
            ["The bridge was shut in May, when it was struck by a ship"],
        ),
        (
            "Prices rose 3 percent, but they fell again in June.",
            ["Prices rose 3 percent", "they fell again in June"],
        ),
        (
            "The team won 12 matches and the fans were happy.",
            ["The team won 12 matches", "the fans were happy"],
        ),
        (
            "Police arrested 12 people after a fight broke out at the match.",
            ["Police arrested 12 people after a fight broke out at the match"],
        ),
        (
            "The bank earned $2 million, or $3 per diluted share.",
            ["The bank earned $2 million, or $3 per diluted share"],
        ),
        # Dashes after the verb.
        (
            "The bridge is closed — it was hit by a ship in May — and the ferry is full.",
            ["The bridge is closed", "it was hit by a ship in May", "the ferry is full"],
        ),
        (
            "The train takes 40 minutes — a full hour less than the bus on the old road.",
            ["The train takes 40 minutes", "a full hour less than the bus on the old road"],
        ),
        (
            "The firm lost 12 ships in two years—3 in storms and 9 in ports.",
            ["The firm lost 12 ships in two years—3 in storms and 9 in ports"],
        ),
    ],
)
def test_each_construction_is_cut_where_a_claim_ends(sentence, parts):
    assert cut(sentence) == parts


@in_turn(
    ("sentence", "parts"),
    [
        # A comma before the verb needs one that opens; a list has none.
        (
            "The firm sold tiles in Bo, Lund and Oslo, and tiles from Spain, Italy and Malta are next.",
            [
                "The firm sold tiles in Bo, Lund and Oslo, and tiles from Spain, Italy and Malta are next"
            ],
        ),
        (
            "The three men, Bo Diaz, Ola Moe and Kim Lee, were freed in May.",
            ["The three men, Bo Diaz, Ola Moe and Kim Lee, were freed in May"],
        ),
        # The verb of a relative clause is not that of the sentence.
        (
            "The state wants to end the tax and give all the money to people who are poor.",
            ["The state wants to end the tax and give all the money to people who are poor"],
        ),
        (
            "It is the hope of the port that the state, which lent it $2 billion, will lend it more.",
            [
                "It is the hope of the port that the state, which lent it $2 billion, will lend it more"
            ],
        ),
        (
            "The mayor faces 3 charges and could be jailed for 10 years.",
            ["The mayor faces 3 charges", "could be jailed for 10 years"],
        ),
        (
            "The mayor could face 3 charges and have to pay $40,000.",
            ["The mayor could face 3 charges and have to pay $40,000"],
        ),
        # A place before the subject of the main clause.
        (
            "While the pill did not help men, in the second test it cured 40 women.",
            ["the pill did not help men", "in the second test it cured 40 women"],
        ),
        (
            "Out of 17 boats from Norwick, which has a small port, the storm sank 12.",
            ["Out of 17 boats from Norwick", "which has a small port", "the storm sank 12"],
        ),
        # Descriptions of things, and after a quotation mark.
        (
            "The girl had measles, a disease that is caused by a virus.",
            ["The girl had measles", "a disease that is caused by a virus"],
        ),
        (
            "The firm calls it the “wide road,” a plan that was drawn in 1950.",
            ["The firm calls it the “wide road,”", "a plan that was drawn in 1950"],
        ),
        (
            "The plan sets up 40 clinics, and the deal raises 3 million euros.",
            ["The plan sets up 40 clinics", "the deal raises 3 million euros"],
        ),
        (
            "The firm lost $3 million, down from a profit of $2 million a year ago.",
            ["The firm lost $3 million, down from a profit of $2 million a year ago"],
        ),
        (
            "Police found 40 guns, including 12 rifles, in the house.",
            ["Police found 40 guns, including 12 rifles, in the house"],
        ),
        (
            "The 40 men, all of them from Bo, were freed by a court that the army had set up.",
            [
                "all of them from Bo",
                "The 40 men, all of them from Bo, were freed by a court that the army had set up",
            ],
        ),
        (
            "The town, once famous for its mills, has lost 4,000 jobs since 1990.",
            [
                "once famous for its mills",
                "The town, once famous for its mills, has lost 4,000 jobs since 1990",
            ],
        ),
        (
            "Lee, who was mayor from 1990 to 1994, and his wife own the firm.",
            ["Lee, who was mayor from 1990 to 1994, and his wife own the firm"],
        ),
        ("As mayor, Lee sold 40 houses to the bank.", ["As mayor, Lee sold 40 houses to the bank"]),
        (
            "Like other towns, Bo has lost 40 shops since 2010.",
            ["Like other towns, Bo has lost 40 shops since 2010"],
        ),
        (
            "Until 1990, the mill was the largest in the county.",
            ["Until 1990, the mill was the largest in the county"],
        ),
        (
            "Under the law, owners must report every fire within 3 days.",
            ["Under the law, owners must report every fire within 3 days"],
        ),
        (
            "After three years, the court closed the case.",
            ["After three years, the court closed the case"],
        ),
        (
            "As a result, the port lost 40 percent of its ships.",
            ["the port lost 40 percent of its ships"],
        ),
        ("The firm, based in Bo, has 40 workers.", ["The firm, based in Bo, has 40 workers"]),
        (
            "The bank said nothing; its shares fell 3 percent.",
            ["The bank said nothing", "its shares fell 3 percent"],
        ),
        (
            "The law was passed in 1990 so that farmers could sell milk.",
            ["The law was passed in 1990 so that farmers could sell milk"],
        ),
        (
            "The town is poor because the mill was closed in 1990.",
            ["The town is poor because the mill was closed in 1990"],
        ),
    ],
)
def test_lists_relatives_and_places_do_not_mislead_the_cutting(sentence, parts):
    assert cut(sentence) == parts
