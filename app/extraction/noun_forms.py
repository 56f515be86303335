"""Whether a word that may be verb or noun is the noun: "the security guarantees that Ukraine wants"."""

from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction import sayings, verblist
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_BOTH = verblist.ALSO_NOUNS | verblist.ALSO_NOUNS_S
# After these comes a noun; after "in", "on" and "by" may come the verb ("the man he called in says").
_BEFORE_NOUNS = word_set(
    "of for from at with about into against between among despite amid without"
)
# With a form in -s these are no subjects: "no guarantees", while "some guarantee" is a verb.
_BEFORE_PLURALS = word_set("""no some any many several most few two three four five six seven eight nine ten both all
    these those her other such""")
_CONTRACTED = word_set("it's he's she's that's there's who's what's where's how's here's let's")
_MODALS = word_set("to will would can could may might must shall should")
_RELATIVES = word_set("who which that whose whom where when what whatever whoever")
# Words of a noun phrase between a verb and its last noun: "provide the new security guarantees".
_LONGEST_PHRASE = 4
_LONGEST_SUBJECT = 3


def is_noun_form(words: Sequence[Token], at: int, low: int) -> bool:
    """Whether what stands around a word that may be both makes it a noun."""
    if at <= low:
        return False
    if _is_followed_by_relative(words, at):
        return True
    if words[at].lower not in _BOTH:
        return False
    return _after_noun_mark(words, at) or _before_gap(words, at) or _is_object(words, at, low)


def _is_followed_by_relative(words: Sequence[Token], at: int) -> bool:
    """Whether this is a noun of which more is told: "eight other states that allow it"."""
    noun = words[at].lower in sayings.NOUN_LIKE_CUES
    if not noun or at + 3 >= len(words) or words[at + 1].lower != "that":
        return False
    before, verb, after = words[at - 1], words[at + 2], words[at + 3]
    speaks = before.is_capital or before.lower in lex.SPEAKERS | frozenset(lex.PRONOUNS)
    helps = verb.lower in lex.AUXILIARIES
    verbal = lex.looks_finite(verb.lower) or verb.lower in verblist.ONLY_VERBS
    finite = verbal and after.lower not in lex.AUXILIARIES
    return not speaks and (helps or finite)


def _after_noun_mark(words: Sequence[Token], at: int) -> bool:
    """Whether only a noun can follow the word before: "for", "no", "Lee's"."""
    before = words[at - 1].lower.replace("’", "'")
    plural = words[at].lower.endswith("s") and before in _BEFORE_PLURALS
    owned = before.endswith(("'s", "s'")) and before not in _CONTRACTED and before != "'s"
    return before in _BEFORE_NOUNS or plural or owned


def _before_gap(words: Sequence[Token], at: int) -> bool:
    """Whether a relative clause follows from which the noun is missing: "that Ukraine said are"."""
    if at + 1 >= len(words) or words[at + 1].lower != "that":
        return False
    last = min(at + 2 + _LONGEST_SUBJECT, len(words) - 2)
    for said in range(at + 3, last + 1):
        subject = words[at + 2 : said]
        named = all(word.is_capital for word in subject) or (
            len(subject) == 1 and subject[0].lower in lex.PRONOUNS
        )
        if named and words[said].lower in sayings.CUES and not words[said].is_capital:
            return words[said + 1].lower in lex.AUXILIARIES
    return False


def _is_object(words: Sequence[Token], at: int, low: int) -> bool:
    """Whether the clause has its verb, of which this ends the object: "wants firm guarantees"."""
    verb = _verb_before(words, at, low)
    if verb is None or verb <= low:
        return False
    before = words[verb - 1].lower
    if before in _MODALS:
        return _has_subject_and_verb(words, verb - 1, low)
    if words[verb].lower in lex.FINITE:
        return _acts(words, verb - 1, low)
    return before in {"has", "have", "had"} and _acts(words, verb - 2, low)


def _verb_before(words: Sequence[Token], at: int, low: int) -> int | None:
    """The verb before the noun phrase that ends here."""
    for back in range(at - 1, max(low, at - 2 - _LONGEST_PHRASE), -1):
        word = words[back]
        lower = word.lower
        time = lower in lex.TIME_NOUNS or lower in lex.TIME_ADJECTIVES or lower in lex.ADVERBS
        if word.kind != "word" or word.is_capital or time or lower in lex.AUXILIARIES:
            return None
        after_modal = words[back - 1].lower in _MODALS and lower in verblist.PLAIN_FORMS
        if after_modal or (
            lex.looks_finite(lower) and words[back - 1].lower not in lex.DETERMINERS
        ):
            return back
        if lower in lex.PREPOSITIONS | lex.CONJUNCTIONS | lex.PRONOUNS.keys():
            return None
    return None


def _has_subject_and_verb(words: Sequence[Token], modal: int, low: int) -> bool:
    """Whether a verb rules the one after "to", and "the decision to close" is none."""
    if words[modal].lower != "to":
        return _acts(words, modal - 1, low)
    for back in range(modal - 1, low, -1):
        word = words[back]
        if word.kind != "word" or word.lower in _RELATIVES:
            return False
        if lex.looks_finite(word.lower) and not word.is_capital:
            return _acts(words, back - 1, low)
    return False


def _acts(words: Sequence[Token], at: int, low: int) -> bool:
    """Whether a subject ends here that begins its clause: no "who", and no "the deal it" before."""
    if at < low:
        return False
    subject = words[at]
    first = at == low or words[at - 1].kind != "word"
    after_said = not first and lex.looks_finite(words[at - 1].lower)
    if subject.lower in lex.PRONOUNS:
        return subject.lower not in _RELATIVES and (first or after_said)
    led = at > low and words[at - 1].lower in {"the", "a", "an", "its", "their", "our"}
    if subject.lower in lex.SPEAKERS and led:
        return (
            at - 1 == low or words[at - 2].kind != "word" or lex.looks_finite(words[at - 2].lower)
        )
    return subject.lower in lex.SPEAKERS and first
