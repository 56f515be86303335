"""What somebody calls or holds something to be: "called it unsafe", "sees the quay as a risk"."""

from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction.openings import opens_clause
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

CALLING = word_set("""called calls call calling branded brands labelled labels labeled dubbed dubs deemed deems
    termed nicknamed christened considers considered consider""")
# Verbs of holding something to be so, with "as"; their forms in -ing are prepositions or acts.
HOLDING = word_set("""sees see saw views view viewed regards regard regarded rates rate rated perceives perceive
    perceived considers consider considered deems deem deemed pitched pitches touted
    touts cast casts billed bills frames framed painted paints conceived conceives""")
# One or two words in single marks are no quotation, but they are what somebody called it.
_MARKS = frozenset("‘'\"“")
_THINGS = word_set("it this that them these those him her himself herself itself themselves me us")
_NAMES_IT = word_set("a an the one not nothing another neither anything everything among part very")
# "called it a day", "called her a taxi", "called it a second time".
_NOT_A = word_set("""day night halt truce cab taxi doctor ambulance second third fourth fifth lawyer nurse priest
    mistrial bid plan motion proposal number request""")
_ADJECTIVES = word_set("""wrong false true untrue fair unfair safe unsafe legal illegal absurd cruel inhumane
    barbaric brave racist sexist essential vital crucial critical good great bad awful
    terrible horrible evil sick insane mad crazy silly stupid dumb weak strong excellent
    important urgent necessary unnecessary likely unlikely possible impossible credible
    premature inadequate insufficient inappropriate appropriate illegitimate incorrect correct
    inaccurate accurate corrupt dead complete incomplete irrelevant arrogant unwise wise
    undemocratic unconstitutional constitutional criminal historic tragic unthinkable
    totally completely utterly absolutely simply deeply entirely useless harmless
    genuine unfounded unproven inevitable politically morally too so""")
_ADJECTIVE_ENDINGS = (
    "able",
    "ible",
    "ful",
    "less",
    "ous",
    "tic",
    "ive",
    "aging",
    "ating",
    "ying",
    "rying",
    "fied",
    "ming",
    "ring",
    "ling",
    "ting",
    "ial",
)
_ENDS_ADJECTIVE = lex.PREPOSITIONS | word_set("and but or because as , . ; : — – that")
_STANCES = word_set("""reason reasons chance chances prospect prospects sign signs need point future way alternative
    threat hope problem room evidence justification contradiction difference link risk risks merit
    value sense conflict cause grounds scope benefit benefits""")
_LITTLE = word_set("no little few any scant")
_AS_REACH = 14


def calls(words: Sequence[Token], at: int, high: int) -> bool:
    """Whether an object and a name for it follow: "called the deal 'a disgrace'"."""
    if words[at + 1].lower in {"for", "on"}:
        return True
    end = _phrase_end(words, at + 1, min(high, at + _AS_REACH))
    if words[at + 1].lower in _THINGS and _named(words, at + 2, high):
        return True
    if words[at + 1].lower in _THINGS - {"her"}:
        return False
    return any(_is_name(words, i, high) for i in _up_to_link(words, at + 2, end))


def _up_to_link(words: Sequence[Token], first: int, end: int) -> range:
    """The places of an object, up to a preposition other than "of"."""
    links = lex.PREPOSITIONS - {"of"}
    return range(first, next((i for i in range(first, end) if words[i].lower in links), end))


def _is_name(words: Sequence[Token], at: int, high: int) -> bool:
    """Whether a name for the object begins here: quoted words, "a disgrace", "unsafe"."""
    if words[at].kind == "open" or words[at].text in _MARKS:
        return True
    if words[at].lower in {"a", "an"}:
        return not _is_idiom(words, at, high)
    return _is_adjective(words, at) and _ends(words, at + 1, high)


def _named(words: Sequence[Token], first: int, high: int) -> bool:
    """Whether what a thing is called follows it: "it the worst", "it, in effect, a tax"."""
    if first >= high:
        return False
    if words[first].text == ",":
        comma = next((i for i in range(first + 1, min(high, first + 6)) if words[i].text == ","), 0)
        return bool(comma) and comma + 1 < high and words[comma + 1].lower in {"a", "an"}
    word = words[first]
    if word.kind == "open" or word.text in _MARKS:
        return True
    if word.lower in _NAMES_IT:
        return not _is_idiom(words, first, high)
    return _is_adjective(words, first)


def _is_idiom(words: Sequence[Token], at: int, high: int) -> bool:
    """Whether nothing is named: "called it a day", "called it the next day"."""
    near = {word.lower for word in words[at + 1 : min(high, at + 3)]}
    timed = lex.TIME_NOUNS | {"next", "same", "other"} if words[at].lower == "the" else frozenset()
    return bool(near & (_NOT_A | timed))


def _is_adjective(words: Sequence[Token], at: int) -> bool:
    word = words[at]
    if word.kind != "word" or word.is_capital:
        return False
    return word.lower in _ADJECTIVES or word.lower.endswith(_ADJECTIVE_ENDINGS)


def _ends(words: Sequence[Token], at: int, high: int) -> bool:
    return at >= high or words[at].kind != "word" or words[at].lower in _ENDS_ADJECTIVE


def holds(words: Sequence[Token], at: int, high: int) -> bool:
    """Whether an object and what it is held to be follow: "views the levy as a tax"."""
    sees = words[at].lower in {"sees", "see", "saw"}
    if sees and words[at + 1].lower in _LITTLE and at + 2 < high:
        return words[at + 2].lower in _STANCES
    if not _opens_object(words, at + 1):
        return False
    end = _phrase_end(words, at + 2, min(high, at + _AS_REACH))
    for i in range(at + 2, end):
        if words[i].lower == "as" and i + 1 < high:
            quoted = words[i + 1].kind == "open" or words[i + 1].text in _MARKS
            # "saw the visit as a surprise" may tell of a feeling that nobody put into words.
            return quoted or (words[at].lower != "saw" and _is_role(words, i + 1, high))
        if words[i].lower == "to" and i + 1 < high and words[i + 1].lower == "be":
            return True
        if lex.looks_finite(words[i].lower) and not words[i].is_capital:
            return False
    return False


def _opens_object(words: Sequence[Token], at: int) -> bool:
    """Whether a noun phrase begins, and no verb after a noun: not "interest rates rose as"."""
    lead = words[at]
    if lead.lower in _THINGS | lex.DETERMINERS | {"the"} or lead.is_capital:
        return True
    plural = lead.lower.endswith("s") and len(lead.lower) > 3
    finite = lex.looks_finite(lead.lower) or lead.lower in lex.AUXILIARIES
    return lead.kind == "word" and plural and not finite


def _is_role(words: Sequence[Token], at: int, high: int) -> bool:
    """Whether "as" tells what something is, and not when or how: "saw it as it left"."""
    lead = words[at]
    if lead.kind == "open" or lead.lower in {"a", "an", "one", "being", "having", "more", "less"}:
        return not opens_clause(words, at, high) or lead.kind == "open"
    if lead.lower in frozenset(lex.PRONOUNS) or opens_clause(words, at, high):
        return False
    owned = lead.lower in lex.DETERMINERS | {"the"}
    return owned or _is_adjective(words, at) or lead.lower.endswith("ing")


def _phrase_end(words: Sequence[Token], first: int, high: int) -> int:
    """Up to where an object may reach: a comma, a finite verb or the end."""
    for at in range(first, high):
        if words[at].text in {",", ";", ":", "—"} or words[at].lower in lex.AUXILIARIES - {"be"}:
            return at
    return high
