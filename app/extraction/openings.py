"""Where reported words begin: a clause with its own verb, quoted words, and past the time."""

from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_LONGEST_SUBJECT = 12
_LONGEST_INSERT = 20
_PRONOUN_REACH = 4
_SUBJECTS = word_set("it he she they there we i you this that these those")
# Pasts that are no participles: "rose by 4 percent" is a verb where "sold by Lee" may be none.
_PASTS = word_set("""rose fell grew saw gave took went came became began ran spoke broke chose drew drove flew knew
    threw wore wrote sank sang rang drank ate swam shook stole swore woke forgot rode slid""")
_STOPS = frozenset({",", ";", ":", "—", "–", "―", "(", ")"})
_CLAUSE_BREAKS = lex.CONJUNCTIONS - {"and", "or", "so", "as", "than"}
_ALSO_NOUNS = word_set("""lives plans faces works costs needs means leads calls marks matters plays produces stands starts
    supports uses wins claims includes supporters love seek plan oppose cut set spread cost hit hurt
    beat cast split read put let""")


def opens_clause(words: Sequence[Token], first: int, high: int) -> bool:
    """Whether a noun phrase and then its finite verb begin here, and not "a man who was …"."""
    if first + 1 >= high:
        return False
    lead = words[first]
    pronoun, contracted, _ = lead.lower.partition("'")
    if contracted and pronoun in _SUBJECTS:
        return True
    if lead.lower in _SUBJECTS:
        near = words[first + 1 : min(high, first + _PRONOUN_REACH)]
        # "found it difficult to talk": no clause.
        to = next((at for at, word in enumerate(near) if word.lower == "to"), len(near))
        return any(lex.looks_finite(word.lower) for word in near[:to])
    return _may_lead(lead) and _has_verb(words, first + 1, min(high, first + _LONGEST_SUBJECT))


def _may_lead(lead: Token) -> bool:
    """Whether a noun phrase may begin with this token."""
    if lead.lower in lex.PREPOSITIONS | lex.AUXILIARIES | lex.CONJUNCTIONS:
        return False
    return lead.kind in {"word", "number", "open"}


def _has_verb(words: Sequence[Token], first: int, high: int) -> bool:
    for at in range(first, high):
        if words[at].text in _STOPS or words[at].lower in _CLAUSE_BREAKS:
            return False
        if _is_verb(words, at, high):
            return True
    return False


def _is_verb(words: Sequence[Token], at: int, high: int) -> bool:
    word = words[at]
    if word.lower in lex.AUXILIARIES and not word.is_capital:
        return word.lower not in {"'s", "’s", "being", "been", "be", "having"}
    if word.is_capital or not lex.looks_finite(word.lower) or word.lower in _ALSO_NOUNS:
        return False
    if word.lower in _PASTS:
        return True
    after = words[at + 1] if at + 1 < len(words) else None
    if after is None or after.kind == "mark":
        return False
    if after.lower not in lex.PREPOSITIONS | {"by", "to", "and"}:
        return words[at - 1].lower not in {"a", "an", "the"} | lex.DETERMINERS
    # "sales increased by 4 percent" has a verb, "a man wanted by police" has none.
    return at + 2 < high and words[at + 2].kind == "number"


def opens_words(words: Sequence[Token], at: int, high: int) -> bool:
    """Whether a quotation mark opens what was said, and not a title or a single word."""
    closing = next((i for i in range(at + 1, high) if words[i].kind == "close"), high)
    return closing - at > 2


def past_time(words: Sequence[Token], first: int, high: int) -> int:
    """Past "Thursday", "on Monday night", "in June", "last week", "also"."""
    at = first
    while at < high and _is_time(words, at, high):
        at += 1
    return at


def _is_time(words: Sequence[Token], at: int, high: int) -> bool:
    lower = words[at].lower
    after = words[at + 1].lower if at + 1 < high else ""
    if lower in lex.DAYS or lower in {"yesterday", "today", "tonight", "earlier", "later"}:
        return True
    if lower in {"on", "in", "late", "early", "last", "this", "by"}:
        return (
            after in lex.DAYS
            or after in lex.MONTHS
            or after in lex.TIME_NOUNS
            or (lower == "in" and after.isdigit())
        )
    before = words[at - 1].lower
    if lower in lex.TIME_NOUNS:
        return before in lex.DAYS or before in lex.TIME_ADJECTIVES
    return lower in lex.MONTHS or (lower.isdigit() and before in lex.MONTHS | {"in"})


def is_after_insert(words: Sequence[Token], comma: int) -> bool:
    """Whether a remark on a source ends at a comma: "The suit, filed on Friday, claims"."""
    if words[comma].text != "," or not words[comma + 1].lower.endswith("s"):
        return False
    near = range(comma - 1, max(0, comma - _LONGEST_INSERT), -1)
    opened = next((i for i in near if words[i].text == ","), None)
    return (
        opened is not None
        and words[opened + 1].lower in lex.ISSUED | {"which", "who"}
        and words[opened - 1].lower in lex.SPEAKERS
    )
