"""Under which name a source is kept."""

from tests.cases import in_turn
from tests.unit.extraction.behind import agents_behind


@in_turn(
    ("text", "words", "agents"),
    [
        (
            "Acme Corp. plans to cut 800 jobs. The company said the plant in Leeds would close.",
            "the plant in Leeds",
            ["Acme Corp."],
        ),
        (
            "Volvex is building a new van in Ghent. The Belgian carmaker said the van would go 300 miles.",
            "the van would go",
            ["Volvex"],
        ),
        (
            "Volvex and Sarnia Motors are building a van. The company said the van would go 300 miles.",
            "the van would go",
            ["company"],
        ),
        (
            "Ruth Okafor, the chief executive of Volvex, spoke on Monday. The chief executive said 300 people were hired.",
            "300 people were hired",
            ["Ruth Okafor"],
        ),
        (
            "“We lost money,” chairman, CEO and president Craig Mendel said in the release.",
            "We lost money",
            ["Craig Mendel"],
        ),
        (
            "Chairman and chief executive Ruth Okafor said 300 people were hired.",
            "300 people were hired",
            ["Ruth Okafor"],
        ),
        (
            "The mayor said the bridge was closed. Ida Lund has been mayor of Newport since 2010.",
            "the bridge was closed",
            ["Ida Lund"],
        ),
        (
            "Chancellor Otto Berg met farmers. The chancellor said that wheat prices fell by 4 percent.",
            "wheat prices fell",
            ["Otto Berg"],
        ),
        (
            "The Road Safety Authority (RSA) counts deaths. The RSA said that deaths fell by 10 percent.",
            "deaths fell",
            ["Road Safety Authority"],
        ),
        (
            "Lund’s office said that the bridge was closed.",
            "the bridge was closed",
            ["Lund’s office"],
        ),
        (
            "The Harbour Authority closed a pier. The authority said that two beams broke.",
            "two beams broke",
            ["Harbour Authority"],
        ),
        (
            "The Ministry of Works closed a pier. The ministry said that two beams broke.",
            "two beams broke",
            ["Ministry of Works"],
        ),
        (
            "Police arrested Bo Diaz, 43, on Monday. The 43-year-old said he had found the money.",
            "he had found the money",
            ["Bo Diaz"],
        ),
        (
            "Elise Warner and Alexa Ortega-Cruz voted against it. Warner and Ortega-Cruz said the bill cost 4 billion dollars.",
            "the bill cost 4 billion",
            ["Elise Warner and Alexa Ortega-Cruz"],
        ),
        (
            "Sinead O'Dwyer met farmers. O'Dwyer said prices fell by 4 percent.",
            "prices fell by",
            ["Sinead O'Dwyer"],
        ),
        (
            "JOHN PELLER was elected on Monday. PELLER said prices fell by 4 percent.",
            "prices fell by",
            ["JOHN PELLER"],
        ),
        (
            "Prince Otto and Princess Ida visited a school. Otto said that 40 children sang.",
            "40 children sang",
            ["Prince Otto"],
        ),
        (
            "Li Weiming met farmers. Li said prices fell by 4 percent.",
            "prices fell by",
            ["Li Weiming"],
        ),
        (
            "Tim Moe and Pam Moe met farmers. Moe said prices fell by 4 percent.",
            "prices fell by",
            ["Moe"],
        ),
        (
            "The study, led by Ann Lee, was published in Nature. The study found that 40 percent of fish sleep.",
            "40 percent of fish sleep",
            ["study"],
        ),
        (
            "His lawyer, Ida Moe, said the bridge was safe. The lawyer said nobody was paid.",
            "nobody was paid",
            ["Ida Moe"],
        ),
        (
            "Bo Diaz was arrested. His lawyer said he was innocent of the charge.",
            "he was innocent",
            ["His lawyer"],
        ),
        (
            "City United won the cup. The club said that 40,000 tickets were sold.",
            "40,000 tickets",
            ["City United"],
        ),
        (
            "The World Health Organization met in Geneva. The WHO said that 40 people died.",
            "40 people died",
            ["World Health Organization"],
        ),
        (
            "Volvex said in a statement that the van was safe. The statement said that 40 vans were tested.",
            "40 vans were tested",
            ["Volvex"],
        ),
        (
            "Volvex builds vans. The company’s statement said that 40 vans were tested.",
            "40 vans were tested",
            ["Volvex"],
        ),
        (
            "Volvex builds vans in Ghent. It said that 40 vans were tested.",
            "40 vans were tested",
            ["Volvex"],
        ),
        (
            "Dr. Owen Dale examined the man. Dale said that the man was ill. The doctor said that feathers caused it.",
            "feathers caused it",
            ["Owen Dale"],
        ),
        (
            "President Anna Roth visited Oslo. The president said 40 roads were shut. “We closed them,” the president said.",
            "40 roads",
            ["Anna Roth"],
        ),
        (
            "President Anna Roth visited Oslo. The president said 40 roads were shut. “We closed them,” the president said.",
            "We closed them",
            ["Anna Roth"],
        ),
        (
            "Wild coach Bruno Baudin said he saw the match. “They played well for 20 minutes,” the coach said.",
            "They played well",
            ["Bruno Baudin"],
        ),
        (
            "Craig Mendel Jr. was elected. Mendel said that prices fell.",
            "prices fell",
            ["Craig Mendel Jr."],
        ),
        (
            "Ludwig van den Berg met farmers. Van den Berg said that prices fell.",
            "prices fell",
            ["Ludwig van den Berg"],
        ),
        (
            "José Ángel Muñoz met farmers. Muñoz said that prices fell.",
            "prices fell",
            ["José Ángel Muñoz"],
        ),
        (
            "محمد صالح met farmers. صالح said that prices fell by 4 percent.",
            "prices fell",
            ["محمد صالح"],
        ),
        (
            "Dele Alcott scored twice. Dele said that the pitch was frozen.",
            "the pitch was frozen",
            ["Dele Alcott"],
        ),
        (
            "Sen. Elise Warner met farmers. The senator said that prices fell.",
            "prices fell",
            ["Elise Warner"],
        ),
        (
            "Sen. Elise Warner met Sen. Bo Diaz. The senator said that prices fell.",
            "prices fell",
            ["senator"],
        ),
        (
            "Attorney General Ida Moe met farmers. The attorney general said that prices fell.",
            "prices fell",
            ["Ida Moe"],
        ),
        (
            "Prime Minister Ida Moe met farmers. The prime minister said that prices fell.",
            "prices fell",
            ["Ida Moe"],
        ),
        (
            "The prime minister, Ida Moe, met farmers. The prime minister said that prices fell.",
            "prices fell",
            ["Ida Moe"],
        ),
        (
            "Foreign Secretary Dominic Raine met farmers. The foreign secretary said that prices fell.",
            "prices fell",
            ["Dominic Raine"],
        ),
        ("A White House official said that prices fell.", "prices fell", ["White House official"]),
        (
            "People familiar with the matter said that prices fell.",
            "prices fell",
            ["People familiar with the matter"],
        ),
        (
            "Two people with knowledge of the talks said that prices fell.",
            "prices fell",
            ["Two people with knowledge of the talks"],
        ),
    ],
)
def test_a_source_is_called_by_the_fullest_name_that_the_article_gives(text, words, agents):
    assert agents_behind(text, words) == agents
