"""What a number counts: the noun after it, past the adjectives, in the singular."""

import re
from collections.abc import Iterator

from app.extraction import lexicon as lex
from app.extraction.elliptic import FATES
from app.extraction.places import PLACES
from app.extraction.units import FRACTIONS, MEASURES, NUMBER_WORDS, is_irregular_plural, singular
from app.extraction.wordlist import word_set

_WORD = re.compile(r"[^\W\d_]+(?:[’'\-.&][^\W\d_]+)*")
# The name of a model between a number and its noun: "50 Airbus A350-900 jets".
_MODEL = re.compile(
    r"(?:[A-Za-z]+-?\d[\w-]*|\d+-?[A-Za-z][\w-]*|\d+-\d+\w*|\d{3}(?=\s[A-Z])|7[0-8]7)(?=[\s,])"
)
_HYPHENED = re.compile(
    r"-(?P<unit>[A-Za-z]+)(?:-(?:olds?|long|high|wide|deep|tall|thick|square|a-\w+))?\b"
)
_OLD = re.compile(r"\s(?:(?:and|or)\s(?:older|over|above|younger|under|up)|years?[\s-]olds?)\b")
_AGED = re.compile(
    r"\b(?:aged?(?:\sof)?|ages(?:\sof)?|turn(?:ed|s|ing)?|(?:were|are|was|is|those|people|children|adults)(?=\s(?:under|over)\s)|(?:[Hh]e|[Ss]he|who|I)(?:\s(?:is|was|were)|[’']s)|\b(?:youngest|oldest|eldest)\b[^.,;:]{0,30}?\s(?:is|was|were|being))\s"
    r"(?:(?:between|about|just|only|around|nearly|from|now|then|under|over)\s)*(?:\d{1,3}\s(?:and|to)\s)?$"
)
_CHILD_OF = re.compile(
    r"\b(?:boy|girl|man|woman|child|son|daughter|lad|lass|youth|teenager|baby|toddler|pensioner|widow|widower|student)\sof\s(?:just\s|only\s|about\s|around\s)?$",
    re.IGNORECASE,
)
_AGED_ALWAYS = re.compile(r"\bage(?:d|s|\sof)?\s(?:\w+\s){0,2}$")
_AT_AGE = re.compile(r"(?:^|[,“\"]\s?)[Aa]t\s(?:just\s|only\s)?$")
_AT_AGE_AFTER = re.compile(r",\s(?:he|she|I|Mr|Ms|Mrs|[A-Z][a-z]+)\b")
_AGED_AFTER = re.compile(
    r"[.,;:)]|\s(?:when|at|and|but|or|on|in|this|last|next|who|he|she|had|has|was|were|is|died|with|from|whose)\b|\s*$"
)
_MONTHS_OLD = re.compile(r"\s(?P<unit>years?|months?|weeks?|days?)\b")
_IN_COMMAS = re.compile(
    r"(?:[A-Z][\w’'.-]+|\b(?:child|boy|girl|man|woman|son|daughter|mother|father|brother|sister|husband|wife"
    r"|victim|suspect|driver|teenager|student|teacher|player|baby|girlfriend|boyfriend|passenger))(?:\s(?:Jr|Sr)\.?)?(?:,\s|\s\()"
    r"(?:(?:then|now|just|only|both|about)\s)?$"
)
_CLOSED = re.compile(r"[,);.]|\s*$")
_GAP = re.compile(r"\s+(?:[“\"‘'])?|[\s]*$")
_COMMA = re.compile(r",\s+(?=[a-z])|\s+(?:and|or)\s+(?=[a-z])")
_OF = re.compile(
    r"\s+of\s+(?:(?:the|its|their|his|her|those|these|our|all|my|your|more\sthan"
    r"|an?(?=(?:\s[\w-]+){1,2}\s\d)|planned|expected|estimated|possible|previous|last|past|first|next|remaining|other|total)\s"
    r"|(?:[\w-]+\s){0,2}?[\w.&-]+\s?(?:[’']s|(?<=s)[’'])\s){1,3}"
    r"(?:[\w-]+-(?:high|low|best|worst|leading|record|topping)\s(?=\d))?"
    r"(?:(?:\d[\d,.]*(?:\s(?:million|billion|trillion))?|two|three|four|five|six|seven|eight|nine|ten|a\sdozen)\s)?"
)
_ONE_LEADS = re.compile(
    r"\b(?:including|only|just|least|and|than|another|exactly|killing|killed|injuring|injured"
    r"|wounding|wounded|leaving|left|arrested|scored|plus|or|to|by|allowed|missed|lost|had|has|have)\s$",
    re.IGNORECASE,
)
_ONE_NOUNS = word_set("""goal assist run touchdown interception wicket death seat point vote
    percent mile kilometer kilometre meter metre foot inch hour minute second week month""")
_THOSE = re.compile(rf"\sof\s(?:those|the|these)\s{FATES}\b(?!\s[a-z]+s\b)")
# "Two goals minutes later".
_MOMENTS = word_set("moments seconds minutes hours days weeks months years")
# "One cow and 13 hens": the other number tells that it counts.
_ONE_AND = re.compile(rf"\s(?:[a-z-]+\s){{1,2}}(?:and|or)\s(?:\d|(?:{'|'.join(NUMBER_WORDS)})\b)")
# "14 water points" are no points of a game.
_POINTS = word_set("""water access entry exit data talking distribution collection charging crossing border power pressure
    focal selling drop-off vantage meeting contact reference bullet delivery supply service refill assembly pick-up""")
# Who "three of the leadership group" are.
_COLLECTIVE = word_set(
    "group team squad panel board committee jury council cabinet crew gang caucus delegation leadership"
)
# "A family of four needs": no noun follows.
_GROUP_OF = re.compile(
    r"\b(?:family|mother|father|mom|mum|dad|parent|widow|widower|household)\sof\s$", re.I
)
# "One driver was killed": the verb tells that it counts.
_ONE_FATE = re.compile(
    rf"\s(?:[a-z]+\s){{1,3}}(?:(?:was|has\sbeen|is|had|has|remains)\s)?(?:\w+ly\s)?{FATES}\b"
)
_LONGEST = 7
_NEVER_NOUNS = word_set("""seems appears contains includes becomes requires allows says gets goes makes takes gives keeps
    knows feels provides continues involves lacks owns receives suffers tells wants remains means""")
_ADJECTIVE = re.compile(
    r"(?:(?<!part)(?<!famil)(?<!cit)(?<!countr)(?<!compan)y|al|ous|ive|ful|ic|able|ible|less|est|good|common|big|small|new"
    r"|old|more|single|other|such|hand|thing)$"
)
_LIKE_PREPOSITIONS = word_set("following including during according regarding concerning")
_NOT_COUNTED = word_set(
    "others ones more less percent times sides ways things u.s always perhaps besides sometimes"
    " afterwards overseas years-long"
)
_NO_HYPHEN = NUMBER_WORDS.keys() | word_set("""a figure figures way sided off handed piece time to by on in and or up down out fits size tone ply some
    something pointer pointers odd plus or ish ever th st nd rd sum for from with per of""")
# Plurals that describe the noun after them: "three arms control experts".
_DESCRIBING = word_set("""arms sports rights sales goods systems services operations works customs news women men savings
    earnings parks drugs weapons communications veterans affairs elections resources police children
    human securities futures bonds narcotics logistics electronics homicides christmas reserves appeals
    claims relations benefits admissions ethics physics economics politics mathematics athletics accounts emissions
    fisheries pensions railways telecoms textiles honors honours""")
_STOPS = (
    (lex.DETERMINERS - {"other"})
    | lex.AUXILIARIES
    | lex.CONJUNCTIONS
    | lex.PREPOSITIONS
    | lex.DAYS
    | word_set(
        "the a an per last next so too including ago later earlier yesterday today tonight tomorrow each respectively"
    )
    | word_set("it he she they we who him them near along behind above below than versus vs")
)
# "A packed lunch for three costs me": so many people, and then the verb.
_OF_SO_MANY = re.compile(r"\b(?:for|in|of)\s$")
_VERB_OF_ALL = re.compile(
    r"\s[a-z]+s\s(?:me|us|him|her|them|you|it|about|around|nearly|almost|roughly|up\sto|[£$€]?\d)"
)
_EXACT_MEASURES = MEASURES - word_set(
    "person member seat page point vote story storey barrel goal game cylinder"
)


def counted_noun(claim: str, start: int, end: int, *, numeral: str) -> tuple[int, str] | None:
    """Where the counted noun ends and its singular; None when the number counts nothing."""
    hyphened = _HYPHENED.match(claim, end)
    if hyphened:
        return _after_hyphen(claim, hyphened)
    before = claim[max(0, start - 40) : start]
    those = _THOSE.match(claim, end)
    if those:
        return those.end(), "person"
    is_range = claim[start:end] != numeral and not numeral.startswith("a")
    if is_age(claim, end, before, "" if is_range and _IN_COMMAS.search(before) else numeral):
        unit = _MONTHS_OLD.match(claim, end)
        return (unit.end(), singular(unit["unit"])) if unit else (end, "year")
    is_party = _OF_SO_MANY.search(before) and _VERB_OF_ALL.match(claim, end)
    if is_party or _GROUP_OF.search(before):
        return None
    is_one = numeral.lower() in {"one", "1"}
    of = _OF.match(claim, end)
    if is_one and (of or not _counts_one(claim, end, before)):
        return None
    found = _noun_after(claim, of.end() - 1 if of else end, is_one=is_one)
    return found or (_head_after(claim, of.end()) if of else None)


def is_age(claim: str, end: int, before: str, numeral: str) -> bool:
    """Whether it is an age: "aged 12", "Smith, 35, said", "she turned 40", "people 65 and older"."""
    if not numeral.isdigit() or not 0 < int(numeral) < 120:
        return bool(_AGED_ALWAYS.search(before))
    if _OLD.match(claim, end):
        return True
    if _IN_COMMAS.search(before) and _CLOSED.match(claim, end) and not _listed(claim, end, before):
        return True
    if _CHILD_OF.search(before) and _AGED_AFTER.match(claim, end):
        return True
    if _AGED_ALWAYS.search(before) or (_AT_AGE.search(before) and _AT_AGE_AFTER.match(claim, end)):
        return True
    return bool(_AGED.search(before) and _AGED_AFTER.match(claim, end))


def _listed(claim: str, end: int, before: str) -> bool:
    """Whether commas only list: "June 3, 5, 7", "May, 20,"."""
    name = before.rstrip(" ,(").rsplit(maxsplit=1)[-1].lower()
    if name in PLACES and before.rstrip().endswith("("):
        return True
    opens, closes = before.rstrip()[-1:], claim[end : end + 1]
    return name in lex.MONTHS | lex.DAYS or (opens == "(") != (closes == ")")


def _after_hyphen(claim: str, hyphened: re.Match[str]) -> tuple[int, str] | None:
    unit = hyphened["unit"].lower()
    if unit in {"strong", "odd", "plus", "some"}:
        found = _noun_after(claim, hyphened.end(), is_one=False)
        return found or ((hyphened.end(), "person") if unit == "strong" else None)
    is_name = hyphened["unit"][0].isupper() and not hyphened["unit"].isupper()
    if unit in _NO_HYPHEN | FRACTIONS.keys() or lex.looks_finite(unit) or is_name:
        return None
    return hyphened.end(), singular(unit)


def _counts_one(claim: str, end: int, before: str) -> bool:
    """Whether "one" counts, and is not the "one" of "one man said" or "one day"."""
    word = _WORD.match(claim, end + 1)
    if _ONE_FATE.match(claim, end) or _ONE_AND.match(claim, end):
        return True
    return bool(_ONE_LEADS.search(before)) or bool(
        word
        and word[0].lower() in _ONE_NOUNS
        and not re.search(r"\b(?:[Ii]n|[Tt]hat|[Tt]his|[Aa]t)\s$", before)
    )


def _noun_after(claim: str, at: int, *, is_one: bool) -> tuple[int, str] | None:
    """The first plural that the adjectives lead to, or the singular after "one"."""
    best: tuple[int, str, int] | None = None
    previous = ""
    for word, is_joined in _words_after(claim, at):
        if best and (is_joined or _ends_noun(word[0], claim[best[2] : best[0]])):
            break
        kind = _reads_as(word[0], is_one=is_one)
        if kind == "verb":
            break
        if kind == "noun":
            named = f"{previous} " if previous in _POINTS and singular(word[0]) == "point" else ""
            best = (word.end(), named + singular(word[0]), word.start())
        if kind == "noun" and word[0].lower() in _EXACT_MEASURES:
            break
        previous = word[0].lower()
    if best is None or _is_place(claim, best) or (is_one and _ADJECTIVE.search(best[1])):
        return None
    return best[:2]


def _words_after(claim: str, at: int) -> Iterator[tuple[re.Match[str], bool]]:
    """The words after a number, but for names of models; whether a comma or "and" joins them."""
    for count in range(_LONGEST):
        joined = _COMMA.match(claim, at) if count else None
        gap = joined or _GAP.match(claim, at)
        if gap is None:
            return
        model = _MODEL.match(claim, gap.end())
        word = None if model else _WORD.match(claim, gap.end())
        if model:
            at = model.end()
        elif word and word[0].lower().removesuffix("'s") not in _STOPS:
            yield word, joined is not None
            at = word.end()
        else:
            return


def _reads_as(word: str, *, is_one: bool) -> str:
    lower = word.lower()
    # The verb of "two firms" has no -s; that of "one firm" has.
    is_verb = lower in _NEVER_NOUNS or (is_one and lex.looks_finite(lower))
    if not is_verb and ((_is_plural(word) and lower not in _NOT_COUNTED) or lower in MEASURES):
        return "noun"
    if lex.looks_finite(lower) and not lower.endswith("ed"):
        return "verb"
    return "noun" if is_one and not lower.endswith(("ed", "ing")) else "other"


def _ends_noun(word: str, best: str) -> bool:
    """Whether a plural before this word was the noun; "United States" may lead on to one."""
    lower = word.lower()
    if lower.endswith("ly") or lex.looks_finite(lower) or lower in _MOMENTS:
        return True
    # "Nine Belgians getting flu".
    if lower.endswith("ing") and best[0].isupper() and best.endswith(("ans", "ers", "is", "ards")):
        return True
    return not (best[0].isupper() or best.lower() in _DESCRIBING or _is_plural(word))


def _is_place(claim: str, best: tuple[int, str, int]) -> bool:
    """Whether the name goes on after the plural: "42 Oak Hills Drive"."""
    follows = re.match(
        r"\s(?:Street|Road|Avenue|Drive|Lane|Square|Boulevard|Way)\b", claim[best[0] : best[0] + 12]
    )
    return bool(follows)


def _head_after(claim: str, at: int) -> tuple[int, str] | None:
    """Where the singular of "30 of the ill-fated 500 Swift ferry" ends, past the adjectives."""
    last: re.Match[str] | None = None
    for _ in range(_LONGEST):
        at += len(claim[at : at + 2]) - len(claim[at : at + 2].lstrip())
        found = _MODEL.match(claim, at) or _WORD.match(claim, at)
        if found is None or found[0].lower() in _STOPS or found[0] in _LIKE_PREPOSITIONS:
            break
        if found[0].endswith(("’s", "'s")) or (last and lex.looks_finite(found[0].lower())):
            break
        last = found if found[0][0].isalpha() and not any(c.isdigit() for c in found[0]) else last
        at = found.end()
    if last is None:
        return None
    head = singular(last[0])
    return last.end(), "member" if head in _COLLECTIVE else head


def _is_plural(word: str) -> bool:
    lower = word.lower()
    if is_irregular_plural(lower):
        return True
    return (
        lower.endswith("s")
        and len(lower) > 2
        and not lower.endswith(("ss", "us", "'s", "’s", "ous"))
        and "-" not in lower[-3:]
        and lower not in lex.AUXILIARIES
    )
