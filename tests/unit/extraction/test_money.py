"""Money of the whole world as papers write it: signs, letters, codes and words."""

from app.extraction import extract
from app.extraction.home import home_currencies
from app.extraction.quantities import quantities
from tests.cases import in_turn
from tests.unit.extraction.tables import rows, written

MONEY = """
    the ferry now costs N2,450 a head => 2450 NGN
    rice sells at N61,500 a bag, up from N48,900 => 61500 NGN; 48900 NGN
    the port got N14 billion and the road N3.2bn => 14000000000 NGN; 3200000000 NGN
    the levy is N12 a litre => 12 NGN
    nurses wore N95 masks on the ward =>
    the index (N225) closed early =>
    they drove down the N7 at dawn =>
    the dam took R9 million and R1,200 a family => 9000000 ZAR; 1200 ZAR
    the pump R2 broke =>
    farmers got P500 million, or P2,000 each => 500000000 PHP; 2000 PHP
    the fine is P500 => 500 PHP
    player P7 left the P2 office =>
    the clinic cost K5 million => 5000000 ZMW
    they climbed K2 and met a K9 team =>
    the mill cost Q40 million => 40000000 GTQ
    a Q400 landed in Q3 =>
    fares rose to KSh 150 => 150 KES
    the stadium cost Sh1.2 billion => 1200000000 KES
    the clerk took Shs 50 million => 50000000 UGX
    the bridge cost Tk 500 crore => 5000000000 BDT
    she earns 9,400 taka => 9400 BDT
    the flat cost RM600,000 => 600000 MYR
    they paid Rp 75 million => 75000000 IDR
    they paid Rp75 trillion => 75000000000000 IDR
    the bus costs S$2.10 => 2.1 SGD
    the boat cost ₱80,000 => 80000 PHP
    the lock cost ₫900 million => 900000000 VND
    a ticket is 380 kr and the boat kr 4 million => 380 SEK; 4000000 SEK
    it costs 120 zł => 120 PLN
    it costs 4,500 Ft => 4500 HUF
    it stands at 4,500 ft => 4500 foot
    it costs 250 Kč => 250 CZK
    the canal cost 3 million lei => 3000000 RON
    the tower cost AED 45 million => 45000000 AED
    the fee is Dh300 => 300 AED
    the plant cost SR250 million and QR8 million => 250000000 SAR; 8000000 QAR
    scan the QR8 code =>
    the tunnel cost CHF 20 million => 20000000 CHF
    the tunnel cost SFr20m => 20000000 CHF
    the barge cost GH¢60,000 => 60000 GHS
    the dam cost FCFA 90 million => 90000000 XOF
    the dam cost 90 million CFA francs => 90000000 XOF
    the pier cost NIS 45 million => 45000000 ILS
    the pier cost 45 million NIS => 45000000 ILS
    the loan was LE 30 million => 30000000 EGP
    the loan was 700 Czech crowns => 700 CZK
    the queen has two crowns => 2 crown
    it takes 40,000 kyat => 40000 MMK
    the mine made 60 million kwacha => 60000000 ZMW
    it fetched 600 million tenge => 600000000 KZT
    the quarry paid 15 million pula => 15000000 BWP
    the loan was 20 million Pakistani rupees => 20000000 PKR
    it cost 90 Nepali rupees => 90 NPR
    it cost TT$40 and J$900 => 40 TTD; 900 JMD
    it cost S/ 500 and Bs. 300 => 500 PEN; 300 BOB
    a call costs 40 kobo => 0.4 NGN
    a call costs 50 paise => 0.5 INR
    a stamp costs five pennies => 0.05 GBP
    it sold the club for a pound in 2021 => 1 GBP
    she paid only a symbolic euro => 1 EUR
    it makes for a dollar shop =>
    the pound fell, and a dollar economy grew =>
    a P300M fund and an N40B fund => 300000000 PHP; 40000000000 NGN
    the R346T engine =>
    the wharf cost Cdn$5 million => 5000000 CAD
    the wharf cost NZ$5 million => 5000000 NZD
"""


@in_turn(("claim", "expected"), rows(MONEY))
def test_money_of_many_countries(claim, expected):
    assert [(q.value, q.unit.split("/")[0]) for q in quantities(claim)] == written(expected)


@in_turn(
    ("text", "publisher", "url", "home"),
    [
        ("Labor MPs fought over the ferry in two marginal electorates.", None, None, "AUD"),
        ("Greens senator Jo Marl asked why Western Australia got so little.", None, None, "AUD"),
        ("The mayor of Kelowna, B.C., paid for it.", None, None, "CAD"),
        ("The council will pay for it.", "The Toronto Lantern", "https://lantern.ca/a", "CAD"),
        ("The iwi said the council of Whangārei would pay.", None, None, "NZD"),
        ("The HDB flats in Tampines were sold.", None, None, "SGD"),
        ("LegCo met in Wan Chai.", None, None, "HKD"),
        ("Portmore will pay, the mayor of Montego Bay said.", None, None, "JMD"),
        ("Perth will pay, the Texas firm said.", None, None, None),
        ("Perth is where he was born.", None, None, None),
        ("Darwin and Sydney met in Ohio, Texas and Iowa.", None, None, None),
        ("The price of milk rose.", "The Hill", "https://example.org/x", None),
    ],
)
def test_names_of_one_country_tell_whose_dollars(text, publisher, url, home):
    assert home_currencies(text, publisher=publisher, url=url).get("USD") == home


@in_turn(
    ("where", "money", "unit"),
    [
        ("Kampala and Jinja in Uganda", "Sh40 million", "UGX"),
        ("Manila and Cebu in the Philippines", "40 million pesos", "PHP"),
        ("Buenos Aires in Argentina", "40 million pesos", "ARS"),
        ("Buenos Aires in Argentina", "40 million Chilean pesos", "CLP"),
        ("Copenhagen and Aarhus in Denmark", "40 million kroner", "DKK"),
        ("Oslo and Bergen in Norway", "40 million kr", "NOK"),
        ("Stockholm and Malmö in Sweden", "40 million kr", "SEK"),
        ("Baghdad and Basra in Iraq", "40 million dinars", "IQD"),
        ("Dakar in Senegal", "40 million francs", "XOF"),
        ("Geneva in Switzerland", "40 million francs", "CHF"),
        ("Cairo and Giza in Egypt", "40 million pounds", "EGP"),
        ("Lilongwe and Blantyre in Malawi", "40 million kwacha", "MWK"),
        ("Beijing and Shanghai in China", "40 million yuan", "CNY"),
        ("Beijing and Shanghai in China", "¥40 million", "CNY"),
        ("Tokyo and Osaka in Japan", "¥40 million", "JPY"),
        ("Beijing and Shanghai in China", "40 million yen", "JPY"),
        ("Kathmandu and Pokhara in Nepal", "Rs 40 million", "NPR"),
        ("Delhi and Mumbai in India", "Rs 40 million", "INR"),
    ],
)
def test_money_of_a_shared_name_is_that_of_the_place(where, money, unit):
    text = f"The councils of {where} paid for the bridge. The new bridge cost them {money} in all."

    units = [q.unit for c in extract(text, language="en").candidates for q in c.quantities]

    assert units == [unit]
