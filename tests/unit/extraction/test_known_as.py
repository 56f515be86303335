"""Titles, trades, several speakers and foreign names: who is meant, and who is not."""

from tests.cases import in_turn
from tests.unit.extraction.behind import agents_behind


@in_turn(
    ("text", "words", "agents"),
    [
        (
            "The Daily Coast, quoting sources in the department, reported that 40 ships were lost. Leader of the Opposition Farah Siddiq sought a vote. “The bank flagged this very builder in 2021,” she alleged.",
            "The bank flagged",
            ["Farah Siddiq"],
        ),
        (
            "Nandi Dlomo waited at the gate all night. “A woman from the office kept coming out,” she said.",
            "A woman from",
            ["Nandi Dlomo"],
        ),
        (
            "‘I’ve had 60 guests since Easter,’ Ilsa MacRae, who runs the inn, told the Coast Journal. ‘The yard rang to say the boat was “days away”. That was in May.’",
            "I’ve had 60 guests",
            ["Coast Journal", "Ilsa MacRae"],
        ),
        (
            "Tom Berg was found asleep in a boat, the Kent County Sheriff's Office said. The sheriff's office said he was armed.",
            "Tom Berg was found",
            ["Kent County Sheriff's Office"],
        ),
        (
            "Tom Berg was found asleep in a boat, the Kent County Sheriff's Office said. The sheriff's office said he was armed.",
            "he was armed",
            ["Kent County Sheriff's Office"],
        ),
        (
            "The Health Ministry said that 40 people died. The ministry said the well was closed.",
            "the well was closed",
            ["Health Ministry"],
        ),
        (
            "The Ministry of Health met. The health ministry said that 40 people died.",
            "40 people died",
            ["Ministry of Health"],
        ),
        (
            "The Ministry of Health and the Ministry of Works met. The ministry said that 40 people died.",
            "40 people died",
            ["ministry"],
        ),
        (
            "The carmaker Volvex met Ghent Motors. Volvex builds vans. The company said 40 vans were sold.",
            "40 vans",
            ["Volvex"],
        ),
        (
            "Dr. Ann Lee and Dr. Bo Diaz met. The doctor said 40 people died.",
            "40 people died",
            ["doctor"],
        ),
        (
            "Governor Ann Lee met President Otto Berg. The governor said 40 people died. The president said it rained.",
            "40 people died",
            ["Ann Lee"],
        ),
        (
            "Governor Ann Lee met President Otto Berg. The governor said 40 people died. The president said it rained.",
            "it rained",
            ["Otto Berg"],
        ),
        (
            "Vice President Ann Lee spoke. The president said 40 people died.",
            "40 people died",
            ["president"],
        ),
        (
            "A lawyer said 40 people died. Ann Lee is a lawyer in Newport.",
            "40 people died",
            ["lawyer"],
        ),
        (
            "Lee's brother said 40 people died. Ann Lee lives in Newport.",
            "40 people died",
            ["Lee's brother"],
        ),
        (
            "“It was a long night,” Berg said. Tom Berg is a baker. “I sold 40 loaves in an hour,” he said.",
            "I sold 40 loaves",
            ["Tom Berg"],
        ),
        (
            "Smith & Sons closed two shops. Smith & Sons said 40 people lost their jobs.",
            "40 people lost",
            ["Smith & Sons"],
        ),
        (
            "“We closed two shops in May,” a spokeswoman for Smith & Sons said.",
            "We closed two shops",
            ["spokeswoman for Smith & Sons"],
        ),
        (
            "“We closed two shops in May,” said spokeswoman Ann Lee.",
            "We closed two shops",
            ["Ann Lee"],
        ),
        (
            "Ann-Marie d'Arcy met farmers. D'Arcy said prices fell.",
            "prices fell",
            ["Ann-Marie d'Arcy"],
        ),
        (
            "Sergei Ivanovich Petrov met farmers. Petrov said prices fell.",
            "prices fell",
            ["Sergei Ivanovich Petrov"],
        ),
        (
            "Martin Luther Cole Jr. met farmers. Cole said prices fell. Cole Jr. said it rained.",
            "prices fell",
            ["Martin Luther Cole Jr."],
        ),
        (
            "Martin Luther Cole Jr. met farmers. Cole said prices fell. Cole Jr. said it rained.",
            "it rained",
            ["Martin Luther Cole Jr."],
        ),
        ("J.K. Moreland met farmers. Moreland said prices fell.", "prices fell", ["J.K. Moreland"]),
        (
            "Maria del Carmen Ruiz met farmers. Ruiz said prices fell.",
            "prices fell",
            ["Maria del Carmen Ruiz"],
        ),
        (
            "Abu Bakr al-Hadi met farmers. Al-Hadi said prices fell.",
            "prices fell",
            ["Abu Bakr al-Hadi"],
        ),
        ("Park Ji-won met farmers. Park said prices fell.", "prices fell", ["Park Ji-won"]),
        ("Nguyen Van Minh met farmers. Minh said prices fell.", "prices fell", ["Nguyen Van Minh"]),
        (
            "Mohammed bin Rashid met farmers. Rashid said prices fell.",
            "prices fell",
            ["Mohammed bin Rashid"],
        ),
        ("Prince Otto met his wife, Ida, in Oslo. Ida said it rained.", "it rained", ["Ida"]),
        ("Queen Ida met farmers. The queen said it rained.", "it rained", ["Queen Ida"]),
        (
            "Pope Leo met farmers. The pope said it rained. The pontiff said prices fell.",
            "it rained",
            ["Pope Leo"],
        ),
        (
            "Pope Leo met farmers. The pope said it rained. The pontiff said prices fell.",
            "prices fell",
            ["Pope Leo"],
        ),
        (
            "Striker Dele Alcott scored twice. “I hit it with my left foot,” the striker said.",
            "I hit it",
            ["Dele Alcott"],
        ),
        (
            "Newport Rovers won the cup. Rovers coach Tom Berg said 40,000 tickets were sold. “They sold them in an hour,” he said.",
            "40,000 tickets",
            ["Tom Berg"],
        ),
        (
            "Newport Rovers won the cup. Rovers coach Tom Berg said 40,000 tickets were sold. “They sold them in an hour,” he said.",
            "They sold them",
            ["Tom Berg"],
        ),
        (
            "Sarah Bell, 34, runs a shop. The 34-year-old said she sold 40 loaves.",
            "she sold 40 loaves",
            ["Sarah Bell"],
        ),
        (
            "Sarah Bell, 34, met Tom Berg, 34. The 34-year-old said it rained.",
            "it rained",
            ["34-year-old"],
        ),
        (
            "Greenpeace sued the port. The group said 40 whales died.",
            "40 whales died",
            ["Greenpeace"],
        ),
        (
            "The Labour Party lost the vote. The party said 40 ballots were lost.",
            "40 ballots",
            ["Labour Party"],
        ),
        (
            "NASA launched a probe. The agency said it cost 3 billion dollars.",
            "it cost 3 billion",
            ["NASA"],
        ),
        (
            "The University of Newport opened a lab. The university said it cost 3 million dollars.",
            "it cost 3 million",
            ["University of Newport"],
        ),
        (
            "Airline Skyfare cut flights. The airline said 40 pilots quit.",
            "40 pilots quit",
            ["Skyfare"],
        ),
        (
            "Jane Moe, who owns two shops, sold one. The owner said she lost 40,000 euros.",
            "she lost 40,000",
            ["owner"],
        ),
        (
            "The chief executive of Skyfare, Jane Moe, resigned. The chief executive said 40 pilots quit.",
            "40 pilots quit",
            ["Jane Moe"],
        ),
        (
            "Skyfare CEO Jane Moe resigned. The chief executive said 40 pilots quit. The CEO said it rained.",
            "40 pilots quit",
            ["Jane Moe"],
        ),
        (
            "Skyfare CEO Jane Moe resigned. The chief executive said 40 pilots quit. The CEO said it rained.",
            "it rained",
            ["Jane Moe"],
        ),
        (
            "Lead author Jane Moe wrote it. “We counted 40 whales,” the author said.",
            "We counted 40",
            ["Jane Moe"],
        ),
        (
            "Rep. Jane Moe (D-Texas) voted no. The congresswoman said the bill cost 3 billion dollars.",
            "the bill cost",
            ["Jane Moe"],
        ),
        (
            "The Rev. Tom Berg prayed. Rev. Berg said 40 people came.",
            "40 people came",
            ["Tom Berg"],
        ),
        (
            "Jane Moe and her team counted whales. Moe and her team said 40 whales died.",
            "40 whales died",
            ["Jane Moe and her team"],
        ),
        (
            "Ann Lee said it rained. Her husband, Bo Diaz, said the well was closed. He said 40 people died.",
            "the well was closed",
            ["Bo Diaz"],
        ),
        (
            "Ann Lee said it rained. Her husband, Bo Diaz, said the well was closed. He said 40 people died.",
            "40 people died",
            ["Bo Diaz"],
        ),
        (
            "Ann Lee met Bo Diaz in Newport. “It rained for 40 days,” she told him.",
            "It rained for",
            ["Ann Lee"],
        ),
        (
            "Ann Lee praised Jane Moe. “She sold 40 loaves in an hour,” Lee said.",
            "She sold 40",
            ["Ann Lee"],
        ),
        ("“Bo Diaz sold 40 loaves in an hour,” she said. Ann Lee is his wife.", "Bo Diaz sold", []),
        (
            "Ann Lee met the crew. “Bo Diaz sold 40 loaves in an hour,” she said.",
            "Bo Diaz sold",
            ["Ann Lee"],
        ),
        ("Ann Lee met Jane Moe. They said 40 people died.", "40 people died", []),
        ("The rain stopped in May. It said 40 people died.", "40 people died", []),
        ("I said it would rain in May. We said that 40 people died.", "40 people died", []),
    ],
)
def test_a_short_name_a_title_or_a_pronoun_means_one_agent_or_is_kept_as_it_stands(
    text, words, agents
):
    assert agents_behind(text, words) == agents
