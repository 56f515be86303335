"""Names of places, which no company, person or agency is taken for when they stand alone."""

_COUNTRIES = """afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas
    bahrain bangladesh barbados belarus belgium belize benin bhutan bolivia bosnia botswana brazil
    britain brunei bulgaria burundi cambodia cameroon canada chad chile china colombia congo croatia
    cuba cyprus czechia denmark djibouti dominica ecuador egypt england eritrea estonia eswatini
    ethiopia fiji finland france gabon gambia georgia germany ghana greece greenland grenada
    guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel
    italy jamaica japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon lesotho
    liberia libya liechtenstein lithuania luxembourg macedonia madagascar malawi malaysia maldives
    mali malta mauritania mauritius mexico moldova monaco mongolia montenegro morocco mozambique
    myanmar namibia nepal netherlands nicaragua niger nigeria norway oman pakistan palestine panama
    paraguay peru philippines poland portugal qatar romania russia rwanda samoa scotland senegal
    serbia seychelles singapore slovakia slovenia somalia spain sudan suriname sweden switzerland
    syria taiwan tajikistan tanzania thailand togo tonga tunisia turkey turkmenistan tuvalu uganda
    ukraine uruguay uzbekistan vanuatu venezuela vietnam wales yemen zambia zimbabwe u.k. u.s. u.s
    usa uk us"""
_STATES = """alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho
    illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota
    mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas
    utah vermont virginia washington wisconsin wyoming ontario quebec alberta manitoba saskatchewan
    queensland victoria tasmania bavaria saxony catalonia punjab kerala gujarat bihar"""
_CITIES = """london paris berlin madrid rome vienna brussels moscow kyiv kiev beijing shanghai tokyo osaka seoul
    delhi mumbai kolkata chennai bangalore bengaluru hyderabad karachi lahore islamabad kabul tehran
    baghdad damascus beirut jerusalem gaza cairo tripoli tunis algiers rabat lagos abuja nairobi
    kampala johannesburg pretoria sydney melbourne brisbane perth canberra auckland wellington
    toronto montreal ottawa vancouver calgary chicago houston dallas austin boston philadelphia
    phoenix detroit seattle denver atlanta miami orlando tampa cleveland cincinnati columbus
    pittsburgh baltimore milwaukee minneapolis sacramento oakland portland manhattan brooklyn
    buffalo nashville memphis charlotte birmingham manchester liverpool leeds glasgow edinburgh
    cardiff belfast bristol sheffield oxford cambridge dublin amsterdam rotterdam hague ghent
    antwerp zurich geneva bern basel munich hamburg frankfurt cologne stuttgart dresden leipzig
    warsaw prague budapest bucharest sofia athens istanbul ankara helsinki stockholm oslo copenhagen
    reykjavik riga vilnius tallinn minsk belgrade zagreb sarajevo lisbon porto barcelona valencia
    milan naples turin venice florence havana caracas bogota lima quito santiago brasilia dubai doha
    riyadh jeddah kuwait manama bangkok hanoi jakarta manila taipei shenzhen guangzhou wuhan"""
_REGIONS = """europe asia africa america americas oceania antarctica arctic scandinavia balkans caucasus crimea
    donbas kashmir tibet xinjiang siberia earth mars moon atlantic pacific mediterranean brexit
    christmas easter ramadan thanksgiving internet english congress christian muslim jewish covid
    covid-19"""

PLACES = frozenset(" ".join((_COUNTRIES, _STATES, _CITIES, _REGIONS)).split())
