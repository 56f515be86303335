"""Letters, ages, epithets, descriptions heard before; and sentences that stay the article's own."""

from tests.cases import in_turn
from tests.unit.extraction.behind import agents_behind


@in_turn(
    ("text", "words", "agents"),
    [
        (
            "The chain's chief executive, Nils Borg, resigned on Monday. Borg, who joined in 2011, said the board had lost faith in him. “I leave 400 shops in good order,” he wrote in a letter to staff.\nThe letter said that a search would begin in May.",
            "the board had lost",
            ["Nils Borg"],
        ),
        (
            "The chain's chief executive, Nils Borg, resigned on Monday. Borg, who joined in 2011, said the board had lost faith in him. “I leave 400 shops in good order,” he wrote in a letter to staff.\nThe letter said that a search would begin in May.",
            "I leave 400 shops",
            ["Nils Borg"],
        ),
        (
            "The chain's chief executive, Nils Borg, resigned on Monday. Borg, who joined in 2011, said the board had lost faith in him. “I leave 400 shops in good order,” he wrote in a letter to staff.\nThe letter said that a search would begin in May.",
            "a search would begin",
            ["Nils Borg"],
        ),
        (
            "Hospital officials said the ward was closed for 3 days. They said 12 patients were moved.\n“No one was turned away,” they said in a statement.",
            "the ward was closed",
            ["Hospital officials"],
        ),
        (
            "Hospital officials said the ward was closed for 3 days. They said 12 patients were moved.\n“No one was turned away,” they said in a statement.",
            "12 patients were moved",
            ["Hospital officials"],
        ),
        (
            "Hospital officials said the ward was closed for 3 days. They said 12 patients were moved.\n“No one was turned away,” they said in a statement.",
            "No one was turned",
            ["Hospital officials"],
        ),
        (
            "Mayor Ida Moe and police chief Tom Berg spoke on Monday. Moe said crime fell by 4 percent. Berg said 12 officers were hired. He said the force was full. She said it was not.",
            "crime fell by",
            ["Ida Moe"],
        ),
        (
            "Mayor Ida Moe and police chief Tom Berg spoke on Monday. Moe said crime fell by 4 percent. Berg said 12 officers were hired. He said the force was full. She said it was not.",
            "12 officers were",
            ["Tom Berg"],
        ),
        (
            "Mayor Ida Moe and police chief Tom Berg spoke on Monday. Moe said crime fell by 4 percent. Berg said 12 officers were hired. He said the force was full. She said it was not.",
            "the force was full",
            ["Tom Berg"],
        ),
        (
            "Mayor Ida Moe and police chief Tom Berg spoke on Monday. Moe said crime fell by 4 percent. Berg said 12 officers were hired. He said the force was full. She said it was not.",
            "it was not",
            ["Ida Moe"],
        ),
        (
            "“I could not believe it,” said Rosa Diaz, whose house was flooded. “The water came up to here.”\nHer neighbour, Bill Oates, lost his car. “It was parked for ten years,” he said.\nDiaz said the council had been warned. Oates agreed: “We wrote four letters.”",
            "I could not believe",
            ["Rosa Diaz"],
        ),
        (
            "“I could not believe it,” said Rosa Diaz, whose house was flooded. “The water came up to here.”\nHer neighbour, Bill Oates, lost his car. “It was parked for ten years,” he said.\nDiaz said the council had been warned. Oates agreed: “We wrote four letters.”",
            "The water came up",
            ["Rosa Diaz"],
        ),
        (
            "“I could not believe it,” said Rosa Diaz, whose house was flooded. “The water came up to here.”\nHer neighbour, Bill Oates, lost his car. “It was parked for ten years,” he said.\nDiaz said the council had been warned. Oates agreed: “We wrote four letters.”",
            "It was parked for ten",
            ["Bill Oates"],
        ),
        (
            "“I could not believe it,” said Rosa Diaz, whose house was flooded. “The water came up to here.”\nHer neighbour, Bill Oates, lost his car. “It was parked for ten years,” he said.\nDiaz said the council had been warned. Oates agreed: “We wrote four letters.”",
            "the council had been",
            ["Rosa Diaz"],
        ),
        (
            "“I could not believe it,” said Rosa Diaz, whose house was flooded. “The water came up to here.”\nHer neighbour, Bill Oates, lost his car. “It was parked for ten years,” he said.\nDiaz said the council had been warned. Oates agreed: “We wrote four letters.”",
            "We wrote four letters",
            ["Bill Oates"],
        ),
        (
            "In a letter to the committee, Gov. Ann Roe's office said the funds were spent on roads.\nThe governor's office said 40 roads were built.",
            "the funds were spent",
            ["Gov. Ann Roe's office"],
        ),
        (
            "Neither Volvex nor its lawyers replied. Volvex has said that 40 vans were tested.",
            "40 vans were tested",
            ["Volvex"],
        ),
        (
            "Otto Lund told the court he was at home. The 52-year-old father of two said he had slept.",
            "he was at home",
            ["Otto Lund"],
        ),
        (
            "Otto Lund told the court he was at home. The 52-year-old father of two said he had slept.",
            "he had slept",
            ["Otto Lund"],
        ),
        (
            "Kim Min-ji met farmers. Kim said prices fell by 4 percent. She said wheat was scarce.",
            "prices fell by",
            ["Kim Min-ji"],
        ),
        (
            "Kim Min-ji met farmers. Kim said prices fell by 4 percent. She said wheat was scarce.",
            "wheat was scarce",
            ["Kim Min-ji"],
        ),
        (
            "The actress Jola Reed left the show. Reed, 31, wrote on Twitter that she was never paid. “They owe me 40,000 dollars,” she wrote. “I want it back.”",
            "she was never paid",
            ["Jola Reed"],
        ),
        (
            "The actress Jola Reed left the show. Reed, 31, wrote on Twitter that she was never paid. “They owe me 40,000 dollars,” she wrote. “I want it back.”",
            "They owe me",
            ["Jola Reed"],
        ),
        (
            "The actress Jola Reed left the show. Reed, 31, wrote on Twitter that she was never paid. “They owe me 40,000 dollars,” she wrote. “I want it back.”",
            "I want it back",
            ["Jola Reed"],
        ),
        (
            "The Newport Times reported that 40 ships were lost. The newspaper said the port knew in May.",
            "40 ships were lost",
            ["Newport Times"],
        ),
        (
            "The Newport Times reported that 40 ships were lost. The newspaper said the port knew in May.",
            "the port knew in May",
            ["Newport Times"],
        ),
        (
            "“Nobody told us anything about the 40 lost ships,” a fisherman, Olaf Brand, said. The 60-year-old said he had waited 3 days.",
            "Nobody told us",
            ["Olaf Brand"],
        ),
        (
            "“Nobody told us anything about the 40 lost ships,” a fisherman, Olaf Brand, said. The 60-year-old said he had waited 3 days.",
            "he had waited",
            ["Olaf Brand"],
        ),
        (
            "Defence lawyer Mo Khan said the case was weak. “There is no proof,” Mr. Khan said. “My client was asleep.”",
            "the case was weak",
            ["Mo Khan"],
        ),
        (
            "Defence lawyer Mo Khan said the case was weak. “There is no proof,” Mr. Khan said. “My client was asleep.”",
            "There is no proof",
            ["Mo Khan"],
        ),
        (
            "Defence lawyer Mo Khan said the case was weak. “There is no proof,” Mr. Khan said. “My client was asleep.”",
            "My client was asleep",
            ["Mo Khan"],
        ),
        (
            "Tom Lund said the shop was closed. Lund said it would open in May. His brother, Bo Lund, said it was sold.",
            "the shop was closed",
            ["Tom Lund"],
        ),
        (
            "Tom Lund said the shop was closed. Lund said it would open in May. His brother, Bo Lund, said it was sold.",
            "it would open",
            ["Tom Lund"],
        ),
        (
            "Tom Lund said the shop was closed. Lund said it would open in May. His brother, Bo Lund, said it was sold.",
            "it was sold",
            ["Bo Lund"],
        ),
        (
            "Anna Berg and her husband Jon Berg run the farm. “We sell 400 eggs a day,” Anna Berg said. Jon said the hens were old. Berg said it was sold.",
            "We sell 400 eggs",
            ["Anna Berg"],
        ),
        (
            "Anna Berg and her husband Jon Berg run the farm. “We sell 400 eggs a day,” Anna Berg said. Jon said the hens were old. Berg said it was sold.",
            "the hens were old",
            ["Jon Berg"],
        ),
        (
            "Anna Berg and her husband Jon Berg run the farm. “We sell 400 eggs a day,” Anna Berg said. Jon said the hens were old. Berg said it was sold.",
            "it was sold",
            ["Berg"],
        ),
        (
            "Ministry spokesman Ivan Petrov said 40 people were hurt. Another ministry official said 12 had died.",
            "40 people were hurt",
            ["Ivan Petrov"],
        ),
        (
            "Ministry spokesman Ivan Petrov said 40 people were hurt. Another ministry official said 12 had died.",
            "12 had died",
            ["Another ministry official"],
        ),
        (
            "A spokesman for Volvex said the van was safe. The spokesman said 40 were tested. “It never caught fire,” he said.",
            "the van was safe",
            ["spokesman for Volvex"],
        ),
        (
            "A spokesman for Volvex said the van was safe. The spokesman said 40 were tested. “It never caught fire,” he said.",
            "It never caught",
            ["spokesman for Volvex"],
        ),
        (
            "The report, by the Tide Institute, said 40 fish died. It said the sea was 2 degrees warmer. The institute said it had counted them twice.",
            "40 fish died",
            ["Tide Institute"],
        ),
        (
            "The report, by the Tide Institute, said 40 fish died. It said the sea was 2 degrees warmer. The institute said it had counted them twice.",
            "the sea was 2 degrees",
            ["Tide Institute"],
        ),
        (
            "The report, by the Tide Institute, said 40 fish died. It said the sea was 2 degrees warmer. The institute said it had counted them twice.",
            "it had counted them",
            ["Tide Institute"],
        ),
        (
            "Rita Cole, of the charity Safe Seas, said 40 whales died. “The nets were never checked,” the campaigner said.",
            "40 whales died",
            ["Rita Cole"],
        ),
        (
            "The U.S. Coast Guard said 3 men were saved. The Coast Guard said the boat sank in May.",
            "3 men were saved",
            ["U.S. Coast Guard"],
        ),
        (
            "The U.S. Coast Guard said 3 men were saved. The Coast Guard said the boat sank in May.",
            "the boat sank",
            ["U.S. Coast Guard"],
        ),
        (
            "Harbour Bank is to close 20 branches. A spokeswoman for the bank said 90 jobs would go. The bank said staff were told on Monday.",
            "90 jobs would go",
            ["spokeswoman for the bank"],
        ),
        (
            "Harbour Bank is to close 20 branches. A spokeswoman for the bank said 90 jobs would go. The bank said staff were told on Monday.",
            "staff were told",
            ["Harbour Bank"],
        ),
        (
            "The UN's refugee agency, UNHCR, said 4,000 people fled. UNHCR said 12 camps were full. The agency said food was short.",
            "4,000 people fled",
            ["UNHCR"],
        ),
        (
            "The UN's refugee agency, UNHCR, said 4,000 people fled. UNHCR said 12 camps were full. The agency said food was short.",
            "12 camps were full",
            ["UNHCR"],
        ),
        (
            "The UN's refugee agency, UNHCR, said 4,000 people fled. UNHCR said 12 camps were full. The agency said food was short.",
            "food was short",
            ["UNHCR"],
        ),
        (
            "The club's record signing, Dele Adu, missed two chances. “I have to score those,” the Ghana forward said.",
            "I have to score",
            ["Dele Adu"],
        ),
        (
            "Justice Ana Cole wrote that the law was void. Cole, joined by two others, said the state had no proof. “The state has shown nothing in 9 years,” she wrote.",
            "the law was void",
            ["Ana Cole"],
        ),
        (
            "Justice Ana Cole wrote that the law was void. Cole, joined by two others, said the state had no proof. “The state has shown nothing in 9 years,” she wrote.",
            "the state had no proof",
            ["Ana Cole"],
        ),
        (
            "Justice Ana Cole wrote that the law was void. Cole, joined by two others, said the state had no proof. “The state has shown nothing in 9 years,” she wrote.",
            "The state has shown",
            ["Ana Cole"],
        ),
        (
            "For Lund, the bridge was a symbol. It was built in 1904. It has 12 arches.",
            "It was built in 1904",
            [],
        ),
        (
            "For Lund, the bridge was a symbol. It was built in 1904. It has 12 arches.",
            "It has 12 arches",
            [],
        ),
        (
            "“The bridge was built in 1904” is written on a stone. Nobody knows who put it there.",
            "Nobody knows who",
            [],
        ),
        (
            "Lund opened the bridge in 1904. The town paid 40,000 euros for it. The mayor cut a ribbon.",
            "The town paid 40,000",
            [],
        ),
        (
            "Lund opened the bridge in 1904. The town paid 40,000 euros for it. The mayor cut a ribbon.",
            "The mayor cut a ribbon",
            [],
        ),
        (
            "Lund said the bridge was old. The town sold it in 2019. The buyer paid 3 million euros.",
            "The town sold it in 2019",
            [],
        ),
        (
            "Lund said the bridge was old. The town sold it in 2019. The buyer paid 3 million euros.",
            "The buyer paid 3 million",
            [],
        ),
    ],
)
def test_a_source_is_whoever_was_heard_or_named_before(text, words, agents):
    assert agents_behind(text, words) == agents
