"""What a claim is besides a statement that can be checked now: forecast, opinion, promise, question.

Each mark rests on the verb of the clause itself or on the cue of the last source; a "will" in a
relative clause, or in what somebody is said to have read, marks nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.extraction import lexicon as lex
from app.extraction.candidate import Hop
from app.extraction.predicate import Predicate, is_adverb, is_past_participle, subject_end
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

FORECAST_CUES = word_set("""expects expect expected expecting predicts predict predicted predicting prediction
    forecast forecasts forecasting projects project projected projecting anticipates anticipate
    anticipated foresees foresaw prophesied""")
OPINION_CUES = word_set("""believes believe believed believing thinks think thought thinking feels feel felt hopes
    hope hoped hoping fears fear feared fearing worries worried doubts doubt doubted suspects suspect
    suspected reckons reckoned speculated speculates view views belief concern concerns urges urged
    advises advised recommends recommended wishes wished opined""")
PROMISE_CUES = word_set("""promises promise promised promising vows vow vowed vowing pledges pledge pledged pledging
    guarantees guaranteed undertook commits committed""")
QUESTION_CUES = word_set("""asks ask asked asking wonders wonder wondered wondering questions questioned questioning
    queried queries inquired enquired""")

_WILL = word_set("will won't shall i'll he'll she'll they'll we'll it'll there'll you'll")
_WOULD = word_set("would wouldn't")
_MAY = word_set("could may might")
_HABIT = word_set("often sometimes usually always regularly occasionally frequently never")
_SENSES = word_set("see hear smell feel taste afford remember find understand tell")
_AWAITED = word_set("""expected likely unlikely set poised bound tipped projected forecast predicted anticipated
    going""")
_RECKONED = word_set("forecast projected predicted")
# What these would do stands written in them.
_DRAFTS = word_set("""bill bills law legislation measure measures amendment proposal proposals rule rules
    regulation regulations ban reform reforms policy treaty motion resolution act draft code directive""")
# "May" gives leave there.
_PERMITTED = re.compile(
    r"(?:under|by|according to) (?:[^\s,]+ ){0,4}?(?:laws?|act|rules?|regulations?|treaty|constitution|policy)\b",
    re.IGNORECASE,
)
_PLANNED = word_set(
    """plans plan planned planning intends intend intended intending aims aim aimed aiming"""
)
_OWED = PROMISE_CUES | word_set("pledging")
_WISHED = word_set("""hopes hope hoped hoping wishes wished wants want wanted fears fear feared believes believe
    believed thinks think thought feels feel felt doubts doubt doubted prefers preferred worries""")
# Verbs of what stands in a calendar, and those that need no date to say so.
_CALENDAR = word_set("""open opens close begin start sit meet gather host hold debate vote publish release premiere
    air broadcast play face visit travel attend speak appear announce present launch end finish
    resume return run stand report""")
_FIXED = word_set("hear convene expire adjourn")
_FIXED_PHRASE = re.compile(
    r"\b(?:take place|be held|be sworn in|take effect|come into (?:force|effect)|go into effect"
    r"|be (?:closed|open) (?:on|from|until)|be published|be broadcast|be buried|be sentenced|be heard|go on (?:sale|show|display|trial))\b"
)
_DATE = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|tomorrow|tonight|today|(?:next|this) (?:week|month|year|spring|summer|autumn|fall|winter|weekend)"
    r"|(?:January|February|March|April|June|July|August|September|October|November|December)"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\.|(?:in|on|of) May|May \d|20\d\d|\d ?[ap]\.?m)\b"
)
# What happens to somebody; nobody promises it.
_UNWILLED = word_set("""lose losing fall drop rise grow need have be become run suffer cost earn face die fail see seem
    remain expire shrink increase decrease decline exceed reach take miss last happen win benefit
    struggle continue feel know""")
# How far before its verb a second clause begins, and what makes it depend on another.
_NEAR = 6
_APART = lex.CONJUNCTIONS - {"and", "but", "or"}
_OWN = word_set("i we i'll we'll")
_THIRD = word_set("he she it they he'll she'll it'll they'll")
_FIRST_PERSON_VIEW = re.compile(
    r"\b(?:I|[Ww]e) (?:really |still |do |just |honestly |firmly |strongly )*"
    r"(?:think|thought|believe|feel|felt|hope|fear|doubt|suspect|reckon|guess|wish|want)\b"
    r"|\b[Ii]n (?:my|our) (?:view|opinion|mind|judgement|judgment)\b|\bto my mind\b|\bas I see it\b"
)
_EVALUATIVE = word_set("""good bad great terrible awful horrible wonderful amazing fantastic brilliant excellent perfect
    lovely beautiful ugly disgusting disgraceful disgrace shameful shame scandalous scandal
    outrageous outrage appalling shocking absurd ridiculous ludicrous laughable nonsense crazy insane
    stupid foolish silly reckless irresponsible unacceptable inexcusable unforgivable intolerable
    unfair fair unjust wrong right sad tragic tragedy heartbreaking disappointing encouraging
    worrying alarming frightening scary embarrassing humiliating pathetic important vital crucial
    essential necessary unnecessary sensible reasonable unreasonable wise unwise overdue welcome
    disaster catastrophe mistake failure success triumph nightmare joke farce mess betrayal honour
    honor privilege pleasure insult best better nice happy proud glad sorry delighted pleased
    thrilled excited disappointed saddened devastated heartbroken furious confident optimistic
    pessimistic grateful thankful worried concerned unthinkable inspiring impressive incredible
    remarkable extraordinary lucky hypocritical cowardly dishonest naive cynical cruel heartless""")
_COPULAS = lex.BE | word_set("""isn't aren't wasn't weren't it's that's he's she's there's i'm we're they're you're seems
    seemed looks looked remains sounds feels""")
_BETWEEN = word_set("""a an the such very so too quite really just simply not one of rather pretty more most absolutely
    only also still now always be been""")
# "best known" and "right now" value nothing.
_NO_VALUE_BEFORE = word_set("known selling now wing wingers side hand off at friends friend")
_MEASURED = re.compile(
    r"\b(?:since|on record|ever recorded|in (?:\w+ )?(?:years|decades|months))\b|\d"
)
_ASKED = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?|question(?:s|ed)|quer(?:y|ied|ies)|inquired|enquired)"
    r"(?: \w+){0,3}? (?:whether|if|why|how|what|when|where|who|which)\b"
    r"|\bthe question (?:is|was|remains) (?:whether|if|how|why|who|what|when|where|which)\b|\bremains to be seen\b",
    re.IGNORECASE,
)
_QUESTION_MARK = re.compile(r"\?[\"”’']*(?:\s+\w+){0,4}[.,]?$")


@dataclass(frozen=True, slots=True)
class Uttered:
    """A clause as kinds and marks see it.

    Attributes:
        words: its tokens; their offsets are those of the article.
        start: offset of the clause in the article.
        after: the few characters behind it.
        verb: where its verb stands, if it has one.
    """

    quote: str
    words: Sequence[Token]
    start: int
    hops: tuple[Hop, ...] = ()
    after: str = ""
    verb: Predicate | None = None

    def said(self, low: int, high: int) -> str:
        """The words of the clause from one token up to another."""
        return self.quote[
            self.words[low].start - self.start : self.words[high - 1].end - self.start
        ]

    def cue(self) -> frozenset[str]:
        """The words by which the last source passed the clause on."""
        return frozenset(self.hops[-1].cue.lower().split()) if self.hops else frozenset()

    @property
    def verb_words(self) -> str:
        """The verb with its auxiliaries, or the first words where there is none."""
        if self.verb:
            return self.said(self.verb.first, self.verb.main + 1)
        coming = re.search(r"\bto [a-z]+\b", self.quote)
        if coming:
            return coming[0]
        return self.said(0, min(3, len(self.words))) if self.words else self.quote

    def heads(self) -> list[int]:
        """Its finite verbs: the first, and those that "and" puts beside it."""
        if self.verb is None:
            return []
        beside = [
            at
            for at in range(self.verb.main + 1, len(self.words))
            if self.words[at].lower in lex.AUXILIARIES and self._is_beside(at)
        ]
        return [self.verb.first, *beside]

    def _is_beside(self, at: int) -> bool:
        for before in range(at - 1, max(at - _NEAR, 0), -1):
            word = self.words[before]
            if word.lower in {"and", "but", "or"}:
                return True
            if word.kind != "word" or word.lower in _APART or lex.looks_finite(word.lower):
                return False
        return False


def marks(uttered: Uttered) -> dict[str, str]:
    """The marks of a clause, each with the words that it rests on."""
    found: dict[str, str] = {}
    cue = uttered.cue()
    for mark, cues in (
        ("forecast", FORECAST_CUES),
        ("opinion", OPINION_CUES),
        ("promise", PROMISE_CUES),
        ("question", QUESTION_CUES),
    ):
        if cue & cues:
            found[mark] = uttered.verb_words
    by_itself = (
        *_coming(uttered),
        ("opinion", _valued(uttered)),
        ("question", _asked(uttered)),
    )
    found.update({mark: said for mark, said in by_itself if said})
    if "promise" in found and "forecast" in found and not cue & FORECAST_CUES:
        del found["forecast"]
    return {
        mark: found[mark]
        for mark in ("forecast", "opinion", "promise", "question")
        if mark in found
    }


def _coming(uttered: Uttered) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    for head in uttered.heads():
        end = _future(uttered, head)
        if end:
            mark = "promise" if _is_own_act(uttered, head, end) else "forecast"
            found.append((mark, uttered.said(head, end)))
    found.extend(_announced(uttered))
    return found


def _next(words: Sequence[Token], at: int) -> int:
    """The first word behind a verb that is no adverb."""
    at += 1
    while at < len(words) and is_adverb(words[at]):
        at += 1
    return at


def _lower(words: Sequence[Token], at: int) -> str:
    return words[at].lower if at < len(words) else ""


def _future(uttered: Uttered, head: int) -> int | None:
    """The end of the words that speak of what is to come, or None."""
    words, verb = uttered.words, uttered.words[head].lower
    follows = _next(words, head)
    then = _lower(words, follows)
    if verb in _WILL:
        return None if not then or _is_calendar(uttered, follows) else follows + 1
    if verb in _WOULD:
        return follows + 1 if _is_would_be(words, head, follows) else None
    if verb in _MAY:
        is_leave = verb == "may" and _PERMITTED.match(uttered.quote)
        return follows + 1 if _is_outlook(words, head, follows) and not is_leave else None
    if verb in lex.BE | {"it's", "he's", "she's", "they're", "we're", "i'm", "isn't", "aren't"}:
        return _awaited(uttered, head, follows)
    if verb in {"has", "have", "had"} and then == "been":
        return _awaited(uttered, head, _next(words, follows))
    return None


def _is_would_be(words: Sequence[Token], head: int, follows: int) -> bool:
    """Whether "would" speaks of what is to come, not of a habit, a draft or what never was."""
    is_habit = any(w.lower in _HABIT - {"never"} for w in words[head + 1 : follows])
    is_draft = head > 0 and words[head - 1].lower in _DRAFTS
    return _lower(words, follows) not in {"", "have"} and not is_habit and not is_draft


def _is_outlook(words: Sequence[Token], head: int, follows: int) -> bool:
    """Whether "could", "may" or "might" speaks of what is to come, not of a guess or a skill."""
    then = _lower(words, follows)
    if not then or then == "have" or then in _SENSES:
        return False
    if words[head].lower == "could" and any(w.lower == "not" for w in words[head + 1 : follows]):
        return False
    after = _next(words, follows)
    return then != "be" or (after < len(words) and is_past_participle(words[after]))


def _awaited(uttered: Uttered, head: int, follows: int) -> int | None:
    """The end of "is expected to", "is to close", where it is more than a date in a calendar."""
    words = uttered.words
    then = _lower(words, follows)
    if then == "on" and _lower(words, follows + 1) in {"track", "course"}:
        follows, then = follows + 1, "set"
    if then in _RECKONED and _lower(words, follows + 1) != "to":
        return follows + 1
    if then == "to" and words[head].lower in {"is", "are", "isn't", "aren't"}:
        to = follows
    elif then in _AWAITED and _lower(words, follows + 1) == "to":
        to = follows + 1
    else:
        return None
    verb = to + 1
    if verb >= len(words) or words[verb].kind != "word" or words[verb].is_capital:
        return None
    if _lower(words, verb) in lex.DETERMINERS or _lower(words, verb) == "have":
        return None
    return None if then == "to" and _is_calendar(uttered, verb) else verb + 1


def _is_calendar(uttered: Uttered, at: int) -> bool:
    """Whether a coming act only stands in a calendar: a hearing, an opening with its date."""
    verb = uttered.words[at].lower
    rest = uttered.quote[uttered.words[at].start - uttered.start :]
    if verb in _FIXED or _FIXED_PHRASE.match(rest):
        return True
    return (
        verb in _CALENDAR
        and _lower(uttered.words, at + 1) not in {"to", "higher", "lower"}
        and bool(_DATE.search(rest))
    )


def _is_own_act(uttered: Uttered, head: int, end: int) -> bool:
    """Whether the source speaks of what it will do itself."""
    words = uttered.words
    if words[head].lower in _MAY or not uttered.hops or uttered.cue() & {"according", "per"}:
        return False
    verb = words[end - 1].lower
    if verb in _UNWILLED or uttered.verb is None:
        return False
    subject = [w.lower for w in words[: subject_end(words, uttered.verb)] if w.kind == "word"]
    if words[head].lower.endswith(("'ll", "'d")):
        subject = [words[head].lower]
    return bool(subject) and _is_source(subject, uttered.hops[-1])


def _is_source(subject: Sequence[str], source: Hop) -> bool:
    last = subject[-1]
    if last in _OWN or (subject[0] == "our" and len(subject) < 5):
        return True
    if last in _THIRD and len(subject) == 1:
        return (last[:2] == "it") != (source.kind == "person")
    name = source.agent.lower().split()
    return last == name[-1] and len(subject) <= len(name) + 2


def _announced(uttered: Uttered) -> list[tuple[str, str | None]]:
    """What the verb of the clause itself promises, plans, expects or hopes."""
    if uttered.verb is None:
        return []
    words, at = uttered.words, uttered.verb.main
    verb, then = words[at].lower, _lower(words, _next(words, at))
    said = uttered.said(uttered.verb.first, at + 1)
    is_passive = words[uttered.verb.first].lower in lex.BE and not verb.endswith("ing")
    found: list[tuple[str, str | None]] = []
    if is_passive:
        if verb == "committed" and then == "to":
            found.append(("promise", said))
        return found
    is_looking_back = words[uttered.verb.first].lower in {"did", "didn't", "had", "hadn't"}
    if verb in _PLANNED and then == "to" and not is_looking_back:
        found.append(("promise", said))
    if verb in _OWED and then not in {"suicide", "murder", "a", "by"}:
        found.append(("promise", said))
    if verb in FORECAST_CUES and then not in {"by", ""}:
        found.append(("forecast", said))
    if verb in _WISHED and then not in {"by", ""}:
        found.append(("opinion", said))
    return found


def _valued(uttered: Uttered) -> str | None:
    """Words that say what should be, or how good or bad something is."""
    view = _FIRST_PERSON_VIEW.search(uttered.quote)
    if view:
        return view[0]
    for head in uttered.heads():
        said = norm(uttered, head) or _evaluated(uttered, head)
        if said:
            return said
    return None


def norm(uttered: Uttered, head: int) -> str | None:
    """What somebody wants to be so ("should", "ought to", "must"); a rule is none."""
    words, verb = uttered.words, uttered.words[head].lower
    if verb in {"should", "shouldn't", "ought"}:
        return uttered.said(head, min(_next(words, head) + 1, len(words)))
    if not uttered.hops or uttered.hops[-1].kind not in {"person", "unnamed"}:
        return None
    if verb in {"must", "mustn't"}:
        return uttered.said(head, min(_next(words, head) + 1, len(words)))
    if verb in {"has", "have", "needs", "need"} and _lower(words, head + 1) == "to":
        return uttered.said(head, head + 2)
    return None


def _evaluated(uttered: Uttered, head: int) -> str | None:
    words = uttered.words
    is_copula = words[head].lower in _COPULAS
    if not is_copula and _lower(words, _next(words, head)) not in {"be", "been"}:
        return None
    for at in range(head + 1, min(head + 6, len(words))):
        lower = words[at].lower
        if lower in _EVALUATIVE:
            return uttered.said(head, at + 1) if _is_value(uttered, at) else None
        if lower not in _BETWEEN and not is_adverb(words[at]):
            return None
    return None


def _is_value(uttered: Uttered, at: int) -> bool:
    if _lower(uttered.words, at + 1) in _NO_VALUE_BEFORE:
        return False
    ranked = uttered.words[at].lower in {"best", "better"}
    if _lower(uttered.words, at + 1) == "than":
        return False
    return not (ranked and _MEASURED.search(uttered.quote))


def _asked(uttered: Uttered) -> str | None:
    if uttered.after.startswith("?"):
        return uttered.verb_words
    asked = _ASKED.search(uttered.quote)
    if asked:
        return asked[0]
    return uttered.verb_words if _QUESTION_MARK.search(uttered.quote) else None
