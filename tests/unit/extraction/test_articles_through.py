"""Short articles in the manner of several desks, read through: who said each of their claims."""

from tests.cases import in_turn
from tests.unit.extraction.behind import agents_behind

ARTICLES = [
    (
        "By Carla Ortiz\n"
        "NEWPORT — The Newport Hawks beat the Dover Kings 4-1 on Tuesday in front of 9,000 people.\n"
        "“We skated well for 40 minutes,” head coach Bud Lafleur said. “That was the key.”\n"
        "Lafleur, who took over in May, has won nine games.\n"
        "“The kids are buying in,” he said.\n"
        "Hawks goalie Anton Belov made 32 saves.\n"
        "“I saw every puck,” said Belov, 24. “My defense cleared the front for me all night.”\n"
        "Kings captain Ty Marsh scored the only goal.\n"
        "“They wanted it more,” Marsh said.\n"
        "“We have lost six of our last eight games.”\n"
    ),
    (
        "Shares in Oakfield plc fell 12% after the furniture chain warned that profits would miss forecasts.\n"
        "The York-based retailer said sales at its 140 stores dropped by 6% in the summer.\n"
        "Chief executive Priya Menon blamed the weather. “People do not buy sofas in a heatwave,” she said.\n"
        "Oakfield has cut its dividend. The group expects profits of £20m this year, down from £31m.\n"
        "“This is a well-run business in a poor market,” said Giles Carver, an analyst at Brook Street Securities. He added that the balance sheet was strong.\n"
    ),
    (
        "The Home Office has been told to release the files by Friday.\n"
        "A spokesperson for the department said 40 files had been lost.\n"
        "“We regret the delay,” the spokesperson said.\n"
        "Campaigners from Open Files said the loss was no surprise. “They have lost 300 files in two years,” said its director, Hattie Vane.\n"
        "Vane said the minister, Gareth Lowe, had known since May.\n"
        "A spokeswoman for Lowe denied that he had known.\n"
    ),
    (
        "A fire at a pub in Dunmore killed two people on Saturday, police said.\n"
        "Det Insp Moira Kane, of Southern Police, said the fire started in the kitchen.\n"
        "She said: “A number of people were inside at the time.\n"
        "“We have spoken to 30 witnesses.\n"
        "“We would ask anybody with footage to come forward.”\n"
        "Local councillor Sean Doyle told BBC Radio Kent the pub had been empty for years.\n"
        "“It had been boarded up since 2016,” he said.\n"
    ),
    (
        "Researchers at the University of Tarn have found that bees can count to four. The study, published in the journal Apis, tested 60 bees.\n"
        "“They learned within 20 trials,” said lead author Dr Ines Duarte, a zoologist at the university.\n"
        "Duarte and her colleagues trained the bees with sugar.\n"
        "Prof Hugo Stein, who was not involved in the research, called the result convincing. “It is the first clean test,” Stein said.\n"
        "According to the study, trained bees chose the right card in 80 percent of trials.\n"
    ),
    (
        "President Amadou Keita dissolved parliament on Sunday, state television reported.\n"
        "The president said in an address that the assembly had blocked 14 laws.\n"
        "“The country cannot wait,” Mr Keita said. “Elections will be held within 60 days.”\n"
        "Opposition leader Fatou Sarr called the move a coup.\n"
        "“He has broken the law for the third time,” she told reporters in the capital.\n"
        "The West African Union (WAU) said it was sending observers. The WAU said 12 of them had landed.\n"
    ),
    (
        "Pop star Jola has split from her husband of six years, a source told the Daily Comet.\n"
        "“They have been living apart since March,” the source said. “She has the house and he has the boat.”\n"
        "The singer, 34, did not comment.\n"
        "Jola's manager, Rick Stone, told the paper: “This is a private matter.”\n"
        "In a post on Instagram, Jola wrote: “We parted as friends two months ago.”\n"
    ),
    (
        "Amber Holdings Ltd said on Monday it would close its plant in Sutton with the loss of 340 jobs.\n"
        "The packaging maker said demand had fallen by a third since 2019. It said it would offer retraining to all staff.\n"
        "Union leaders were furious. “These workers were promised five years of work,” said Len Hobbs of the Allied Trades Union.\n"
        "Hobbs said the union had written to the company twice and had no reply.\n"
    ),
    (
        "US Senator Dale Whitmore (R-Iowa) said Thursday that he will vote against the bill.\n"
        '"This bill adds $3 trillion to the debt," Whitmore said in a statement. "It cuts nothing."\n'
        "The Iowa Republican has opposed the last four budgets.\n"
        'White House press secretary Lena Ortiz dismissed the figure. "The senator\'s number is off by half," Ortiz told reporters aboard Air Force One.\n'
        "The bill would add $1.4 trillion, according to the Congressional Budget Office. The CBO said revenue would rise by 2%.\n"
    ),
    (
        "The mother of a boy who drowned at a summer camp says staff ignored her calls.\n"
        "Tanya Reyes said her son Milo, 9, was left alone for 20 minutes.\n"
        "“I called them three times that day,” Reyes said through tears.\n"
        "The camp's owner, Pine Lake Recreation, said in a statement that lifeguards were on duty.\n"
        "“Our hearts are with the family,” the company said.\n"
        "The county sheriff, Bo Tillery, said the boy was found by another camper. The sheriff said an inquiry would take six weeks.\n"
    ),
    (
        "LONDON (Tide News) - Brent Oakes, the former head of Metro Rail, has been charged with fraud, prosecutors said on Wednesday.\n"
        "Oakes, 58, is accused of taking 2 million pounds. He denies the charge.\n"
        '"Mr Oakes has done nothing wrong," his solicitor, Ruth Ames, said outside the court.\n'
        '"He will fight this," Ames added. "He looks forward to clearing his name."\n'
        "Metro Rail said it had reported the matter to police in 2018. The operator said no customers were affected.\n"
    ),
    (
        "The city will spend $40 million on new buses, Mayor-elect Dana Fox announced Tuesday.\n"
        '"Our buses are 19 years old on average," Fox, a Democrat, told WKQT. "They break down twice a day."\n'
        "Councilman Roy Bell, who voted against the plan, said the figure was too high.\n"
        '"We were told $25 million in May," Bell said.\n'
        "Fox's spokesman, Lou Hart, said prices had risen by 30 percent since then.\n"
    ),
    (
        "Kofi Mensah grew up in a house without power. Now the 29-year-old runs a solar firm with 60 staff.\n"
        "“I read by candle until I was 16,” Mensah says. “My mother sold fish to buy them.”\n"
        "His firm, SunHut, has lit 12,000 homes. Mensah, who studied in Leeds, says each kit costs $90.\n"
        "His co-founder, Ama Boateng, says the firm made a profit in its second year.\n"
        "“Nobody believed us,” she says, laughing.\n"
        "“The bank said no four times.”\n"
    ),
    (
        "New Delhi: The Supreme Court on Friday stayed the sale of the port, PTI reported.\n"
        "Senior advocate Arvind Rao, appearing for the state, submitted that the price was a tenth of its value.\n"
        "Justice Meera Pillai asked the Centre to file a reply within four weeks.\n"
        "“Land worth Rs 900 crore was sold for Rs 90 crore,” Rao told the bench.\n"
        "Port Minister Vikas Shetty said the opposition was spreading lies. “Every rupee was paid,” Shetty said.\n"
    ),
    (
        "A new poll puts the Greens on 21 per cent, two points ahead of Labour.\n"
        "The survey of 1,200 voters was carried out by Trend for the Northern Echo.\n"
        "“This is the first lead the party has had since 2015,” said pollster Jan Weiss.\n"
        'Party leader Mia Brandt told supporters in Hull the result was no fluke. "We have knocked on 90,000 doors," she said.\n'
        "Labour's Tom Hale dismissed the poll. 'It asked nobody under 30,' he said.\n"
    ),
    (
        "NASA will launch the probe in March, the agency said in a news release on Monday.\n"
        '"The probe will fly past the moon at 40,000 miles per hour," said Karen Holt, mission manager at NASA\'s Glenn Center in Cleveland.\n'
        "Holt and deputy manager Luis Vega have worked on it for 11 years. They said the probe cost $300 million.\n"
        '"It weighs as much as a bus," Vega said.\n'
    ),
    (
        "Actor Sir Colin Frayn has died aged 84, his family said.\n"
        "In a statement, his daughter Lucy Frayn said he died at home on Sunday.\n"
        "“He was in pain for two years and never complained,” she said.\n"
        "Frayn appeared in 60 films. Director Wes Arden called him a giant.\n"
        "“He did his own stunts until he was 70,” Arden told Screen Magazine.\n"
    ),
    (
        "Two men were hurt when a crane fell in Port Vale on Monday, fire chief Al Brewer said.\n"
        "The men, aged 30 and 41, were taken to hospital.\n"
        "Brewer said the crane had been checked last week. According to him, the wind reached 60 mph.\n"
        "A worker, who asked not to be named, said the crew had been told to carry on.\n"
        "“They told us the wind was fine,” the worker said. “It was not.”\n"
    ),
    (
        "Tennis: Mira Kostova reached the final with a 6-4, 6-3 win over Ana Belic.\n"
        '"I served really well," the 19-year-old Bulgarian said. "I hit 14 aces."\n'
        "It is her third final of the year. Belic, the second seed, said she had been ill all week.\n"
        '"I slept for two hours last night," the Serb said.\n'
    ),
    (
        "The head of the World Grain Council warned on Tuesday that stocks had fallen to 200 million tons.\n"
        "“That is the lowest level in nine years,” Director-General Paulo Reis told a conference in Rome.\n"
        "Reis said that prices would rise by a fifth. The council expects a harvest of 700 million tons.\n"
        '"We have eight weeks," he said.\n'
        "An adviser to Reis said on condition of anonymity that two members had stopped reporting their stocks.\n"
    ),
]


@in_turn(
    ("article", "words", "agents"),
    [
        (0, "We skated well", ["Bud Lafleur"]),
        (0, "That was the key", ["Bud Lafleur"]),
        (0, "The kids are buying", ["Bud Lafleur"]),
        (0, "I saw every puck", ["Anton Belov"]),
        (0, "My defense cleared", ["Anton Belov"]),
        (0, "They wanted it more", ["Ty Marsh"]),
        (0, "We have lost six", ["Ty Marsh"]),
        (1, "profits would miss", ["Oakfield plc"]),
        (1, "sales at its 140", ["Oakfield plc"]),
        (1, "People do not buy", ["Priya Menon"]),
        (1, "profits of £20m", ["Oakfield plc"]),
        (1, "a well-run business", ["Giles Carver"]),
        (1, "the balance sheet was", ["Giles Carver"]),
        (2, "40 files had been lost", ["spokesperson for the department"]),
        (2, "the loss was no", ["Campaigners from Open Files"]),
        (2, "They have lost 300", ["Hattie Vane"]),
        (2, "had known since", ["Hattie Vane"]),
        (3, "A fire at a pub", ["police"]),
        (3, "the fire started in", ["Moira Kane"]),
        (3, "A number of people", ["Moira Kane"]),
        (3, "We have spoken to", ["Moira Kane"]),
        (3, "the pub had been empty", ["BBC Radio Kent", "Sean Doyle"]),
        (3, "It had been boarded", ["Sean Doyle"]),
        (4, "bees can count to", ["Researchers at the University of Tarn"]),
        (4, "They learned within", ["Ines Duarte"]),
        (4, "It is the first clean", ["Hugo Stein"]),
        (4, "trained bees chose", ["study"]),
        (5, "the assembly had blocked", ["Amadou Keita"]),
        (5, "The country cannot wait", ["Amadou Keita"]),
        (5, "Elections will be held", ["Amadou Keita"]),
        (5, "He has broken the law", ["Fatou Sarr"]),
        (5, "it was sending observers", ["West African Union"]),
        (5, "12 of them had landed", ["West African Union"]),
        (6, "They have been living", ["source"]),
        (6, "She has the house", ["source"]),
        (6, "This is a private", ["Daily Comet", "Rick Stone"]),
        (6, "We parted as friends", ["Jola"]),
        (7, "it would close its plant", ["Amber Holdings Ltd"]),
        (7, "demand had fallen by", ["Amber Holdings Ltd"]),
        (7, "it would offer retraining", ["Amber Holdings Ltd"]),
        (7, "These workers were", ["Len Hobbs"]),
        (7, "the union had written", ["Len Hobbs"]),
        (8, "he will vote against", ["Dale Whitmore"]),
        (8, "This bill adds", ["Dale Whitmore"]),
        (8, "It cuts nothing", ["Dale Whitmore"]),
        (8, "number is off by half", ["Lena Ortiz"]),
        (8, "The bill would add", ["Congressional Budget Office"]),
        (8, "revenue would rise", ["Congressional Budget Office"]),
        (9, "was left alone for", ["Tanya Reyes"]),
        (9, "I called them three", ["Tanya Reyes"]),
        (9, "lifeguards were on duty", ["Pine Lake Recreation"]),
        (9, "Our hearts are with", ["Pine Lake Recreation"]),
        (9, "the boy was found by", ["Bo Tillery"]),
        (9, "an inquiry would take", ["Bo Tillery"]),
        (10, "has been charged with fraud", ["prosecutors"]),
        (10, "has done nothing wrong", ["Ruth Ames"]),
        (10, "He will fight this", ["Ruth Ames"]),
        (10, "it had reported the matter", ["Metro Rail"]),
        (10, "no customers were affected", ["Metro Rail"]),
        (11, "The city will spend", ["Dana Fox"]),
        (11, "Our buses are 19", ["WKQT", "Dana Fox"]),
        (11, "They break down twice", ["WKQT", "Dana Fox"]),
        (11, "the figure was too high", ["Roy Bell"]),
        (11, "We were told $25", ["Roy Bell"]),
        (11, "prices had risen", ["Lou Hart"]),
        (12, "I read by candle", ["Kofi Mensah"]),
        (12, "My mother sold fish", ["Kofi Mensah"]),
        (12, "each kit costs $90", ["Kofi Mensah"]),
        (12, "the firm made a profit", ["Ama Boateng"]),
        (12, "Nobody believed us", ["Ama Boateng"]),
        (13, "Land worth Rs 900", ["Arvind Rao"]),
        (13, "Every rupee was paid", ["Vikas Shetty"]),
        (14, "This is the first lead", ["Jan Weiss"]),
        (14, "We have knocked on", ["Mia Brandt"]),
        (14, "It asked nobody under", ["Tom Hale"]),
        (15, "NASA will launch the probe", ["NASA"]),
        (15, "The probe will fly past", ["Karen Holt"]),
        (15, "the probe cost $300", ["Karen Holt and Luis Vega"]),
        (15, "It weighs as much", ["Luis Vega"]),
        (16, "has died aged 84", ["his family"]),
        (16, "he died at home", ["Lucy Frayn"]),
        (16, "He was in pain for", ["Lucy Frayn"]),
        (16, "He did his own stunts", ["Screen Magazine", "Wes Arden"]),
        (17, "Two men were hurt", ["Al Brewer"]),
        (17, "the crane had been checked", ["Al Brewer"]),
        (17, "the wind reached 60", ["Al Brewer"]),
        (17, "the crew had been told", ["worker"]),
        (18, "I served really well", ["Mira Kostova"]),
        (18, "I hit 14 aces", ["Mira Kostova"]),
        (18, "she had been ill", ["Ana Belic"]),
        (18, "I slept for two hours", ["Ana Belic"]),
        (19, "stocks had fallen to", ["head of the World Grain Council"]),
        (19, "That is the lowest level", ["Paulo Reis"]),
        (19, "We have eight weeks", ["Paulo Reis"]),
        (19, "two members had stopped", ["adviser to Reis"]),
    ],
)
def test_every_claim_of_an_article_has_its_speaker(article, words, agents):
    assert agents_behind(ARTICLES[article], words) == agents
