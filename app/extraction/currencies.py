"""Currencies of ISO 4217 as news writes them: signs, codes and words."""

import re

from app.extraction.wordlist import word_set


def _pairs(line: str) -> dict[str, str]:
    """The first of each two words, and what it stands for."""
    words = line.split()
    return dict(zip(words[::2], words[1::2], strict=True))


# A bare sign means the currency that is best known under it.
SIGNS: dict[str, str] = _pairs("""
    $ USD US$ USD U.S.$ USD US-$ USD USD$ USD HK$ HKD HKD$ HKD A$ AUD AU$ AUD AUD$ AUD Au$ AUD C$ CAD CA$ CAD CAD$ CAD
    Can$ CAD Cdn$ CAD CDN$ CAD NZ$ NZD NZD$ NZD S$ SGD SG$ SGD SGD$ SGD NT$ TWD R$ BRL MX$ MXN Mex$ MXN MXN$ MXN
    J$ JMD JA$ JMD TT$ TTD Bds$ BBD BDS$ BBD EC$ XCD BZ$ BZD B$ BND G$ GYD GY$ GYD FJ$ FJD N$ NAD Z$ ZWL ZW$ ZWL ZiG ZWG
    L$ LRD RD$ DOP AR$ ARS CLP$ CLP COL$ COP COP$ COP U$S USD MOP$ MOP T$ TOP WS$ WST SI$ SBD
    € EUR £ GBP ¥ JPY CN¥ CNY JP¥ JPY ₹ INR ₽ RUB ₩ KRW ₺ TRY ₴ UAH ₦ NGN ₪ ILS ₱ PHP ฿ THB ₫ VND ₵ GHS ৳ BDT ₸ KZT
    ₾ GEL ₼ AZN ֏ AMD ₮ MNT ៛ KHR ₭ LAK ₲ PYG ₡ CRC ؋ AFN රු LKR
    R ZAR N NGN P PHP Php PHP PhP PHP K ZMW Q GTQ D GMD Le SLE Rs. INR Rs INR Re INR Rs  INR RM MYR Rp IDR Rp. IDR RMB CNY
    Sh KES Shs UGX Ksh KES KSh KES KSH KES Kshs KES KES. KES Ush UGX USh UGX UShs UGX Ushs UGX Tsh TZS TSh TZS Tshs TZS
    GH¢ GHS GH₵ GHS GHC GHS Tk BDT Tk. BDT TK BDT Fr CHF SFr CHF Sfr CHF SFr. CHF FCFA XOF CFA XOF kr SEK Kr SEK Skr SEK
    SKr SEK Nkr NOK NKr NOK Dkr DKK DKr DKK Kč CZK zł PLN Ft HUF Dh AED Dhs AED Dh. AED SR SAR QR QAR KD KWD BD BHD RO OMR
    LE EGP L.E. EGP E£ EGP LL LBP NIS ILS Bt THB S/ PEN S/. PEN Bs BOB Bs. BOB Nu BTN Nu. BTN Rf MVR MRf MVR Ar MGA
    Birr ETB BIF BIF FRw RWF Frw RWF FBu BIF лв BGN
""")
# Letters that name many other things ("R2", "N95", "Q3"): from which amount they are money, where
# it has neither a scale, a comma nor a rate.
LETTERS: dict[str, float] = {
    **dict.fromkeys("RNPK", 100),
    **dict.fromkeys(("Q", "D", "Le", "RO", "BD", "KD", "LL", "SR", "QR", "LE", "Ar", "Re"), 1e12),
}
CODES = word_set("""USD EUR GBP JPY CNY INR AUD CAD NZD CHF HKD SGD SEK NOK DKK ISK RUB BRL ZAR MXN KRW TRY PLN ILS AED
    SAR QAR KWD BHD OMR EGP NGN KES GHS PKR BDT LKR NPR BTN MVR THB MYR IDR PHP VND TWD MOP BND CZK HUF RON BGN UAH
    BYN MDL GEL AMD AZN KZT UZS KGS TJS TMT MNT ARS CLP COP PEN UYU PYG BOB VES GTQ HNL NIO CRC DOP JMD TTD
    BBD XCD HTG MAD DZD TND LYD SDG SSP TZS UGX ETB RWF CDF XOF XAF ZMW MWK MZN AOA BWP NAD ZWL MUR SCR MGA GMD
    SLE GNF IQD IRR JOD LBP SYP YER AFN MMK KHR LAK PGK FJD RSD MKD BAM HRK""")
# Words that name one currency each, in the singular.
_PLAIN: dict[str, str] = {"pound sterling": "GBP", "sterling": "GBP"} | _pairs("""
    dollar USD buck USD euro EUR pound GBP quid GBP rupee INR yuan CNY renminbi CNY yen JPY ruble RUB rouble RUB
    franc CHF won KRW real BRL reais BRL rand ZAR naira NGN hryvnia UAH hryvnya UAH hryvnias UAH shekel ILS krona SEK kronor SEK
    kroner NOK krone NOK kronur ISK krónur ISK zloty PLN zlotys PLN złoty PLN zloties PLN lira TRY liras TRY baht THB ringgit MYR
    dirham AED riyal SAR rial IRR toman IRT dinar KWD peso MXN rupiah IDR taka BDT cedi GHS shilling KES forint HUF koruna CZK
    korunas CZK leu RON lei RON lev BGN leva BGN dong VND birr ETB kwacha ZMW pula BWP metical MZN meticais MZN kwanza AOA dalasi GMD
    ariary MGA gourde HTG quetzal GTQ quetzales GTQ lempira HNL cordoba NIO guarani PYG guaranies PYG guaranis PYG boliviano BOB
    bolivar VES bolívar VES bolivares VES bolívares VES afghani AFN rufiyaa MVR ngultrum BTN pataca MOP kyat MMK riel KHR kip LAK
    tugrik MNT togrog MNT tenge KZT manat AZN lari GEL dram AMD denar MKD hryvni UAH kuna HRK leone SLE lek ALL leke ALL
    soles PEN som KGS sum UZS somoni TJS kina PGK vatu VUV tala WST nakfa ERN ouguiya MRU maloti LSL emalangeni SZL
""")
# A country before the word: "50 million Canadian dollars".
_COUNTRIES: dict[str, dict[str, str]] = {
    "dollar": {
        "us": "USD",
        "u.s.": "USD",
        "american": "USD",
        "hong kong": "HKD",
        "australian": "AUD",
        "canadian": "CAD",
        "new zealand": "NZD",
        "singapore": "SGD",
        "taiwan": "TWD",
        "new taiwan": "TWD",
        "jamaican": "JMD",
        "zimbabwean": "ZWL",
        "zimbabwe": "ZWL",
        "fijian": "FJD",
        "fiji": "FJD",
        "namibian": "NAD",
        "namibia": "NAD",
        "brunei": "BND",
        "barbados": "BBD",
        "bahamian": "BSD",
        "trinidad": "TTD",
        "guyanese": "GYD",
        "guyana": "GYD",
        "liberian": "LRD",
        "jamaica": "JMD",
        "eastern caribbean": "XCD",
        "belize": "BZD",
        "u.s": "USD",
    },
    "pound": {
        "british": "GBP",
        "uk": "GBP",
        "egyptian": "EGP",
        "lebanese": "LBP",
        "syrian": "SYP",
        "sudanese": "SDG",
        "south sudanese": "SSP",
    },
    "rupee": {
        "indian": "INR",
        "pakistani": "PKR",
        "pakistan": "PKR",
        "sri lankan": "LKR",
        "sri lanka": "LKR",
        "nepali": "NPR",
        "nepalese": "NPR",
        "mauritian": "MUR",
        "seychelles": "SCR",
    },
    "yuan": {"chinese": "CNY"},
    "yen": {"japanese": "JPY"},
    "won": {"korean": "KRW", "south korean": "KRW", "north korean": "KPW"},
    "franc": {
        "swiss": "CHF",
        "cfa": "XOF",
        "central african cfa": "XAF",
        "congolese": "CDF",
        "rwandan": "RWF",
        "rwanda": "RWF",
        "burundian": "BIF",
        "burundi": "BIF",
        "guinean": "GNF",
        "djiboutian": "DJF",
        "comorian": "KMF",
        "pacific": "XPF",
        "cfp": "XPF",
    },
    "crown": {"czech": "CZK", "swedish": "SEK", "norwegian": "NOK", "danish": "DKK"},
    "kwacha": {"zambian": "ZMW", "malawian": "MWK", "malawi": "MWK"},
    "manat": {"azerbaijani": "AZN", "turkmen": "TMT"},
    "som": {"kyrgyz": "KGS", "uzbek": "UZS"},
    "peso": {
        "mexican": "MXN",
        "philippine": "PHP",
        "argentine": "ARS",
        "chilean": "CLP",
        "colombian": "COP",
        "cuban": "CUP",
        "dominican": "DOP",
        "uruguayan": "UYU",
        "filipino": "PHP",
    },
    "krona": {"swedish": "SEK", "icelandic": "ISK"},
    "kronor": {"swedish": "SEK"},
    "krone": {"danish": "DKK", "norwegian": "NOK"},
    "kroner": {"danish": "DKK", "norwegian": "NOK"},
    "real": {"brazilian": "BRL"},
    "reais": {"brazilian": "BRL"},
    "rand": {"south african": "ZAR"},
    "lira": {"turkish": "TRY"},
    "ruble": {"russian": "RUB"},
    "rouble": {"russian": "RUB"},
    "shilling": {"kenyan": "KES", "ugandan": "UGX", "tanzanian": "TZS", "somali": "SOS"},
    "dinar": {
        "iraqi": "IQD",
        "kuwaiti": "KWD",
        "kuwait": "KWD",
        "jordanian": "JOD",
        "serbian": "RSD",
        "bahraini": "BHD",
        "bahrain": "BHD",
        "algerian": "DZD",
        "tunisian": "TND",
        "libyan": "LYD",
    },
    "riyal": {"saudi": "SAR", "qatari": "QAR", "qatar": "QAR", "yemeni": "YER", "omani": "OMR"},
    "rial": {"iranian": "IRR", "omani": "OMR", "yemeni": "YER"},
    "dirham": {"uae": "AED", "emirati": "AED", "moroccan": "MAD"},
    "shekel": {"israeli": "ILS"},
    "baht": {"thai": "THB"},
}
# The countries that tell one money of a name from the others.
COUNTRIES = frozenset(country for named in _COUNTRIES.values() for country in named)
WORDS: dict[str, str] = _PLAIN | {
    f"{country} {word}": code
    for word, countries in _COUNTRIES.items()
    for country, code in countries.items()
}
# Hundredths: value is divided by 100.
HUNDREDTHS: dict[str, str] = {
    "cent": "USD",
    "us cent": "USD",
    "u.s. cent": "USD",
    "australian cent": "AUD",
    "canadian cent": "CAD",
    "hong kong cent": "HKD",
    "singapore cent": "SGD",
    "singaporean cent": "SGD",
    "new zealand cent": "NZD",
    "euro cent": "EUR",
    "eurocent": "EUR",
    "pence": "GBP",
    "penny": "GBP",
    "pennies": "GBP",
    "kopeck": "RUB",
    "kopek": "RUB",
    "paise": "INR",
    "paisa": "INR",
    "sen": "MYR",
    "kobo": "NGN",
    "pesewa": "GHS",
    "centavo": "MXN",
    "groszy": "PLN",
    "öre": "SEK",
}


def is_money(unit: str) -> bool:
    """Whether a unit is a currency, or a rate of one ("USD/W")."""
    return bool(re.fullmatch(r"[A-Z]{3}(?:/\w)?", unit))
