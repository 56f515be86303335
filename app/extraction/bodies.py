"""When "it" and "they" can be a company, an office or several people who act or speak."""

from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction.agents import bare, is_outlet
from app.extraction.candidate import Hop
from app.extraction.predicate import is_adverb
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_POSSESSIVE_ENDINGS = ("’s", "'s", "’", "'")
# Only somebody who acts does this, so "it" is the body that the sentence before speaks of.
_ACTS = word_set("""said says announced announces employs employed hired bought sold pays paid spent owns owned
    operates operated runs ran plans planned agreed launched filed sued reported posted laid recalled
    apologised apologized denied declined acquired manufactures makes made received raised opened
    closed fined approved rejected voted issued appointed dismissed fired merged borrowed invested
    published banned ordered warned promised pledged offers offered""")
_BODIES = lex.ORGANISATION_WORDS | lex.BODY_WORDS | lex.COMPANY_WORDS
_SHORTEST = 3
_PAPERS = word_set("newspaper paper broadcaster magazine")
_COMPANIES = word_set(
    "company firm retailer airline carmaker automaker manufacturer start-up startup"
)
_MANY = word_set("police people officials authorities")
_HELPERS = word_set("has had have will would won't could did didn't does doesn't hasn't hadn't")
_EMPTY = word_set("""be been take takes took taken seem seems seemed appear appears appeared rain rained rains snow
    snowed remain remains remained turn turned turns come comes came matter matters help helps helped
    hurt mean means meant make makes made follow follows followed happen happened depend depends go
    goes work works worked cost costs""")


# What only a body has.
_OF_BODY = word_set("""shares share profit profits sales revenue revenues employees workers staff shops stores
    stock spokesman spokeswoman spokesperson shareholders customers board headquarters factories
    plants executives members inspectors officials officers lawyers founder founders ceo chairman
    debts turnover losses earnings""")


def acts(words: Sequence[Token]) -> bool:
    """Whether a sentence begins with an "it" that only somebody who acts can be."""
    if len(words) < _SHORTEST:
        return False
    if words[0].lower == "its":
        return bare(words[1]) in _OF_BODY
    helped = words[1].lower in lex.AUXILIARIES and words[2].lower in _ACTS
    return words[0].lower == "it" and (words[1].lower in _ACTS or helped)


def can_speak(words: Sequence[Token], at: int, speaker: Hop) -> bool:
    """Whether "it" or "they", with which somebody's words begin, can be the one who says them."""
    word, noun = words[at].lower, bare_text(speaker.agent.split()[-1].lower())
    if speaker.kind == "person":
        return False
    is_many = noun in _MANY or (noun.endswith("s") and speaker.kind == "unnamed")
    if word in {"they", "their"}:
        return is_many
    is_body = speaker.kind == "organisation" or noun in _BODIES
    return word in {"it", "its"} and is_body and not is_many and not _is_empty(words, at)


def fits(noun: str, name: str) -> bool:
    """Whether "the company", "the ministry" or "the paper" can stand for a name by its words."""
    if " and " in name:
        # "Acme and Volvex" may be two.
        return False
    if noun in _PAPERS:
        return is_outlet(name)
    company = noun in _COMPANIES and not is_outlet(name)
    return company or noun in name.lower().replace("’", "'").split()


def _is_empty(words: Sequence[Token], at: int) -> bool:
    """Whether "it" may mean nothing, as in "it is clear that", "it took two years to"."""
    if words[at].lower == "its":
        return False
    after = at + 1
    if after < len(words) and words[after].lower == "to":
        # "The bank expects it to fall": another one.
        return True
    while after < len(words) and (words[after].lower in _HELPERS or is_adverb(words[after])):
        after += 1
    return after >= len(words) or words[after].lower in _EMPTY | lex.AUXILIARIES


def bare_text(word: str) -> str:
    """A word as written, without the ending of a possessive."""
    for ending in _POSSESSIVE_ENDINGS:
        if word.endswith(ending):
            return word[: -len(ending)]
    return word
