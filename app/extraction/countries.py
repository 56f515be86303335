"""Names that tell which country an article is about: places, peoples, institutions, by currency."""


def _names(listed: str) -> tuple[str, ...]:
    """The names of a list with semicolons, which may break its lines anywhere."""
    return tuple(" ".join(name.split()) for name in listed.split(";"))


NAMED: dict[str, tuple[str, ...]] = {
    "CAD": _names(
        """Canada; Canadian; Canadians; Ontario; Ontarians; Quebec; Québec; Quebecers; Alberta; Albertans; Saskatchewan;
        Manitoba; Newfoundland; Nunavut; Yukon; Toronto; Montreal; Montréal; Vancouver; Calgary; Edmonton; Ottawa;
        Winnipeg; Halifax; Regina; Saskatoon; RCMP; CBC; CTV; Prairie; Mississauga; Labrador; British Columbia;
        Nova Scotia; New Brunswick; Prince Edward Island; Moose Jaw; B.C.; Brampton; Kelowna; Fredericton; Moncton;
        Sudbury; Kamloops; Iqaluit; Whitehorse; Yellowknife; Loonie; TSX; Metro Vancouver; Parliament Hill;
        Queen’s Park; Northwest Territories; First Nation; First Nations; Toronto Star; Globe and Mail; Métis;
        Parks Canada; Hydro One; BC Hydro; SaskPower; Trudeau; Poilievre; Bloc Québécois; Transport Canada"""
    ),
    "AUD": _names(
        """Australia; Australian; Australians; Aussie; Aussies; Sydney; Melbourne; Brisbane; Perth; Adelaide; Hobart;
        Canberra; Queensland; Queenslanders; NSW; Tasmania; Tasmanian; Tasmanians; Pilbara; ASX; Darwin; Geelong;
        Cairns; Ballarat; Bendigo; New South Wales; Northern Territory; Alice Springs; Western Australia; South Australia;
        state parliament; Townsville; Toowoomba; Wollongong; Fremantle; Kimberley; Kalgoorlie; Rockhampton; Mackay;
        Launceston; Wheatbelt; Gold Coast; Sunshine Coast; Victorians; Labor MP; Labor MPs; Labor senator;
        Labor government; Greens senator; Albanese; Morrison; electorates; Medicare levy; superannuation; Centrelink;
        NDIS; ACCC; ASIC; APRA; Westpac; Telstra; Qantas; Murray-Darling; Aboriginal; Torres Strait; AFL; NRL; SBS;
        Great Barrier Reef; Coalition government; The Age; federal electorate; estimates hearing; Reserve Bank of Australia"""
    ),
    "NZD": _names(
        """New Zealand; New Zealander; New Zealanders; NZ; Auckland; Christchurch; Dunedin; Otago; Waikato; Canterbury;
        Tauranga; Rotorua; Kiwi; Kiwis; Hawke’s Bay; Hawke's Bay; Aotearoa; Māori; Maori; Waitangi; Beehive;
        Invercargill; Taranaki; Queenstown; Gisborne; Whangarei; Whangārei; Northland; Southland; Nelson; Stuff; RNZ;
        Ardern; Luxon; iwi; Waka Kotahi; NZTA; Fonterra; Palmerston North; Timaru; Bay of Plenty; Te Papa"""
    ),
    "SGD": _names(
        """Singapore; Singaporean; Singaporeans; HDB; Temasek; Changi; Straits Times; Jurong; Tampines; Sentosa; GIC; MRT;
        Bukit Timah; Ang Mo Kio; Punggol; Orchard Road; Woodlands; CPF; Keppel; Sembcorp"""
    ),
    "HKD": _names(
        """Hong Kong; Hongkongers; Hong Kongers; Kowloon; Hang Seng; Legislative Council; MTR; New Territories; Lantau;
        Tsim Sha Tsui; Mong Kok; Victoria Harbour; Carrie Lam; John Lee; Wan Chai; LegCo; Legco; Cathay Pacific"""
    ),
    "JMD": _names("Jamaica; Jamaican; Jamaicans; Montego Bay; St Ann; Portmore; Holness; Gleaner"),
    "TTD": _names(
        "Trinidad; Tobago; Trinidadian; Trinidadians; Port of Spain; San Fernando; Rowley"
    ),
    "BBD": _names("Barbados; Barbadian; Barbadians; Bajan; Bajans; Bridgetown; Mottley"),
    "GYD": _names("Guyana; Guyanese; Georgetown; Demerara; Berbice; Jagdeo"),
    "FJD": _names("Fiji; Fijian; Fijians; Suva; Nadi; Lautoka; Viti Levu; Bainimarama"),
    "NAD": _names("Namibia; Namibian; Namibians; Windhoek; Walvis Bay; Swakopmund"),
    "PKR": _names(
        """Pakistan; Pakistani; Pakistanis; Karachi; Lahore; Islamabad; Punjab; Sindh; Peshawar; Rawalpindi; Balochistan;
        Khyber Pakhtunkhwa; Faisalabad; Multan; Quetta; PTI chairman; PML-N; PPP; NAB; Dawn; Imran Khan; Sharif;
        Hyderabad Sindh; Sialkot; Gwadar"""
    ),
    "LKR": _names(
        "Sri Lanka; Sri Lankan; Sri Lankans; Colombo; Kandy; Jaffna; Galle; Rajapaksa; Batticaloa"
    ),
    "NPR": _names("Nepal; Nepali; Nepalis; Nepalese; Kathmandu; Pokhara; Biratnagar; Lalitpur"),
    "MUR": _names("Mauritius; Mauritian; Mauritians; Port Louis; Curepipe"),
    "USD": _names(
        """US; America; American; Americans; Washington; Congress; Pentagon; Alabama; Alaska; Arizona; Arkansas;
        California; Colorado; Connecticut; Delaware; Florida; Georgia; Hawaii; Idaho; Illinois; Indiana; Iowa;
        Kansas; Kentucky; Louisiana; Maine; Maryland; Massachusetts; Michigan; Minnesota; Mississippi; Missouri;
        Montana; Nebraska; Nevada; Ohio; Oklahoma; Oregon; Pennsylvania; Tennessee; Texas; Utah; Vermont; Virginia;
        Wisconsin; Wyoming; Chicago; Houston; Boston; Detroit; Seattle; Denver; Dallas; Atlanta; Miami; Nasdaq;
        United States; U.S.; New York; White House; Wall Street; Los Angeles; FBI; New Jersey; New Mexico; New Hampshire;
        North Carolina; South Carolina; North Dakota; South Dakota; San Francisco; Philadelphia; Phoenix; USA"""
    ),
    "INR": _names(
        """India; Indian; Indians; Delhi; Mumbai; Bengaluru; Chennai; Kolkata; Hyderabad; Maharashtra; Gujarat; Kerala;
        Karnataka; Bihar; Lok; Sabha; BJP; Modi; Tamil Nadu; Uttar Pradesh; Rajasthan; Telangana; Odisha; Assam"""
    ),
    "KES": _names(
        "Kenya; Kenyan; Kenyans; Nairobi; Mombasa; Kisumu; Nakuru; Eldoret; Ruto; Safaricom"
    ),
    "UGX": _names(
        "Uganda; Ugandan; Ugandans; Kampala; Entebbe; Gulu; Jinja; Mbarara; Museveni; Wakiso"
    ),
    "TZS": _names(
        """Tanzania; Tanzanian; Tanzanians; Dar es Salaam; Dodoma; Zanzibar; Arusha; Mwanza; Magufuli; Samia"""
    ),
    "SOS": _names("Somalia; Somali; Somalis; Mogadishu; Puntland; Kismayo"),
    "MXN": _names(
        "Mexico; Mexican; Mexicans; Mexico City; Guadalajara; Monterrey; Tijuana; Jalisco; Oaxaca"
    ),
    "PHP": _names(
        """Philippines; Philippine; Filipino; Filipinos; Manila; Metro Manila; Quezon City; Cebu; Davao; Luzon; Mindanao;
        Visayas; Duterte; Marcos; Makati; Malacañang; Senate of the Philippines; barangay; Iloilo"""
    ),
    "ARS": _names(
        "Argentina; Argentine; Argentines; Buenos Aires; Córdoba; Rosario; Milei; Kirchner; Macri"
    ),
    "CLP": _names("Chile; Chilean; Chileans; Santiago; Valparaíso; Boric; Piñera; Antofagasta"),
    "COP": _names("Colombia; Colombian; Colombians; Bogotá; Bogota; Medellín; Cali; Petro; Duque"),
    "DOP": _names("Dominican Republic; Dominican; Dominicans; Santo Domingo; Punta Cana"),
    "UYU": _names("Uruguay; Uruguayan; Uruguayans; Montevideo"),
    "CUP": _names("Cuba; Cuban; Cubans; Havana; Santiago de Cuba"),
    "BWP": _names("Botswana; Gaborone; Francistown; Batswana; Masisi"),
    "ZMW": _names("Zambia; Zambian; Zambians; Lusaka; Ndola; Copperbelt; Kitwe; Hichilema"),
    "MWK": _names("Malawi; Malawian; Malawians; Lilongwe; Blantyre; Mzuzu; Chakwera"),
    "PGK": _names("Papua New Guinea; Papua New Guinean; Port Moresby; PNG; Lae; Bougainville"),
    "SEK": _names("Sweden; Swedish; Swedes; Stockholm; Gothenburg; Malmö; Riksbank; Uppsala"),
    "NOK": _names("Norway; Norwegian; Norwegians; Oslo; Bergen; Trondheim; Stavanger; Equinor"),
    "DKK": _names(
        "Denmark; Danish; Danes; Copenhagen; Aarhus; Odense; Greenland; Folketing; Maersk"
    ),
    "ISK": _names("Iceland; Icelandic; Icelanders; Reykjavik; Reykjavík; Akureyri"),
    "KWD": _names("Kuwait; Kuwaiti; Kuwaitis; Kuwait City"),
    "IQD": _names("Iraq; Iraqi; Iraqis; Baghdad; Basra; Mosul; Erbil; Kirkuk"),
    "JOD": _names("Jordan; Jordanian; Jordanians; Amman; Zarqa; Irbid"),
    "BHD": _names("Bahrain; Bahraini; Bahrainis; Manama"),
    "DZD": _names("Algeria; Algerian; Algerians; Algiers; Oran"),
    "TND": _names("Tunisia; Tunisian; Tunisians; Tunis; Sfax"),
    "LYD": _names("Libya; Libyan; Libyans; Tripoli; Benghazi"),
    "RSD": _names("Serbia; Serbian; Serbs; Belgrade; Novi Sad; Vučić; Vucic"),
    "SAR": _names("Saudi; Saudis; Saudi Arabia; Riyadh; Jeddah; Mecca; Medina; Aramco"),
    "QAR": _names("Qatar; Qatari; Qataris; Doha; Lusail"),
    "YER": _names("Yemen; Yemeni; Yemenis; Sanaa; Aden; Houthi"),
    "OMR": _names("Oman; Omani; Omanis; Muscat; Salalah"),
    "IRR": _names("Iran; Iranian; Iranians; Tehran; Isfahan; Mashhad"),
    "CHF": _names("Switzerland; Swiss; Zurich; Geneva; Basel; Bern; Lausanne; UBS; Credit Suisse"),
    "XOF": _names(
        """Senegal; Senegalese; Dakar; Ivory Coast; Ivorian; Abidjan; Mali; Malian; Bamako; Burkina Faso; Ouagadougou;
        Niger; Niamey; Benin; Cotonou; Togo; Lomé; Lome; Côte d’Ivoire"""
    ),
    "XAF": _names(
        """Cameroon; Cameroonian; Cameroonians; Yaoundé; Yaounde; Douala; Gabon; Libreville; Chad; N’Djamena; Brazzaville;
        Equatorial Guinea; Malabo; Central African Republic; Bangui"""
    ),
    "CDF": _names("Congolese; Kinshasa; Goma; Lubumbashi; Katanga; DRC; Kivu"),
    "RWF": _names("Rwanda; Rwandan; Rwandans; Kigali; Kagame; Musanze"),
    "BIF": _names("Burundi; Burundian; Burundians; Bujumbura; Gitega"),
    "AED": _names("Dubai; Abu Dhabi; UAE; Emirati; Emiratis; Sharjah; United Arab Emirates; DIFC"),
    "MAD": _names("Morocco; Moroccan; Moroccans; Casablanca; Rabat; Marrakesh; Marrakech; Tangier"),
    "GBP": _names(
        """Britain; British; Britons; UK; England; English; Scotland; Scottish; Wales; Welsh; London; Westminster; NHS;
        Manchester; Birmingham; Glasgow; Edinburgh; Northern Ireland"""
    ),
    "EGP": _names("Egypt; Egyptian; Egyptians; Cairo; Alexandria; Giza; Sisi; Suez"),
    "LBP": _names("Lebanon; Lebanese; Beirut; Hezbollah; Sidon"),
    "SYP": _names("Syria; Syrian; Syrians; Damascus; Aleppo; Homs; Idlib"),
    "SDG": _names("Sudan; Sudanese; Khartoum; Darfur; Omdurman"),
    "SSP": _names("South Sudan; South Sudanese; Juba; Malakal"),
    "JPY": _names("Japan; Japanese; Tokyo; Osaka; Nikkei; Kyoto; Yokohama; Toyota"),
    "CNY": _names("China; Chinese; Beijing; Shanghai; Shenzhen; Guangzhou; Alibaba; Tencent; PBOC"),
}
# The country of an address on the web.
DOMAINS = dict(
    pair.split()
    for pair in _names(
        """ca CAD; au AUD; nz NZD; sg SGD; hk HKD; jm JMD; tt TTD; bb BBD; gy GYD; fj FJD; na NAD; pk PKR;
        lk LKR; np NPR; mu MUR; in INR; ke KES; ug UGX; tz TZS; so SOS; mx MXN; ph PHP; ar ARS; cl CLP;
        co COP; do DOP; uy UYU; cu CUP; bw BWP; zm ZMW; mw MWK; pg PGK; se SEK; no NOK; dk DKK; is ISK;
        kw KWD; iq IQD; jo JOD; bh BHD; dz DZD; tn TND; ly LYD; rs RSD; sa SAR; qa QAR; ye YER; om OMR;
        ir IRR; ch CHF; sn XOF; ci XOF; cm XAF; ga XAF; cd CDF; rw RWF; bi BIF; ae AED; ma MAD; uk GBP;
        eg EGP; lb LBP; sy SYP; sd SDG; ss SSP; jp JPY; cn CNY"""
    )
)
