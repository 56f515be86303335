"""Where a sentence reports speech: cue verbs, and where the reported words begin."""

from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction import outlet_names, sayings, verblist
from app.extraction.noun_forms import is_noun_form
from app.extraction.objects import keeps_itself
from app.extraction.openings import is_after_insert, opens_clause, opens_words, past_time
from app.extraction.tokens import Token
from app.extraction.units import NUMBER_WORDS
from app.extraction.verbgroups import CAUSED_REACH, CAUSING, group_start
from app.extraction.wordlist import word_set

_NO_REPORT_AFTER = word_set("""to did do does didn't don't doesn't would could can may might should must will not won't
    wouldn't couldn't can't never cannot shouldn't didn’t""")
_NO_VERB_AFTER = word_set("a an the of this that's his its their our my your such")
_QUESTIONS, _HOW = frozenset({"what", "who", "where", "when"}), frozenset({"how", "why"})
_CLAUSE = 4
_HOW_MANY = frozenset({"at", "about", "around", "over", "under", "between"})
_COUNTED = frozenset({"least", "most", "half", "a"})
_SAID_IN = word_set(
    """statement interview email e-mail tweet speech letter post release filing memo conference
    briefing video podcast hearing report message call blog newsletter memoir book"""
)
_FARTHEST_THAT, _FARTHEST_PLURAL = 20, 6
_ADJUNCT_STARTS = word_set(
    "in on at during to from with through via after before by for about earlier later out when"
)
_NO_CONTENT = frozenset({"as", "and", "but", "or"})
# What these take may be a thing ("claimed 40 lives"): a clause must be seen to begin.
_TAKE_THINGS = ("claim", "den", "admit", "estimat", "alleg")
_MODALS = frozenset({"would", "could", "will", "'ll"})
_HABITS = word_set(
    "often later always sometimes eventually frequently regularly subsequently usually"
)
_TAG_REACH = 6
_HEARING = frozenset({"heard", "hears"})
# "the inquest heard that": what witnesses or lawyers said there.
_HEARERS = word_set("""court inquest jury jurors tribunal inquiry hearing committee panel trial commission
    parliament council""")
_ASKING = word_set("ask asks asked wonder wonders wondered inquire inquired")
_DOCUMENTS = _SAID_IN | lex.DOCUMENT_WORDS
# "questioned that week": no words follow.
_THAT_DAY = frozenset({"week", "day", "night", "month", "year", "morning", "evening", "afternoon"})
_LONGEST_ADDRESSEE = 4
_PUT_IT = frozenset({("put", "it", "to"), ("puts", "it", "to")})
_THE = frozenset({"the", "a", "an", "his", "her", "their", "its"})


def _is_plain(lower: str) -> bool:
    """Whether a cue has no ending of a verb: "criticism and ridicule" has two nouns."""
    ended = lower.endswith(("s", "ed", "ing"))
    return not ended and lower not in verblist.IRREGULAR_PAST | verblist.ONLY_PAST


class Cues:
    """Cue verbs in the tokens of one sentence."""

    def __init__(self, words: Sequence[Token]) -> None:
        self._words = words

    def is_cue(self, at: int, low: int) -> bool:
        """Whether this token is a verb of saying that somebody did, not may do or had done to."""
        lower = self._words[at].lower
        if lower not in sayings.CUES or (self._words[at].is_capital and at > 0):
            return False
        before = self._before(at, low)
        lead = self._words[before].lower if before >= low else ""
        if lower in sayings.PARTICIPLE_CUES:
            return lead in lex.BE and lower not in {"showing", "reading", "finding"}
        if lower in sayings.PERFECT_CUES:
            return lead in {"has", "have", "had"}
        if self._is_noun(lower, before, low) or is_noun_form(self._words, at, low):
            return False
        if lower in _HEARING:
            while before > low and self._words[before].lower in {"has", "have", "had"}:
                before -= 1
            return self._words[before].lower in _HEARERS
        said = lead not in lex.BE and lead not in _NO_REPORT_AFTER | _NO_VERB_AFTER
        return said or before < low or self._is_said_too(at, before, low=low)

    def _is_noun(self, lower: str, before: int, low: int) -> bool:
        """Whether it is no verb: "praise and ridicule", "a draft of that report"."""
        lead = self._words[before].lower if before >= low else ""
        if lead == "that" and before > low:
            return self._words[before - 1].lower in lex.PREPOSITIONS
        if lower in sayings.NOUN_LIKE_CUES and lead in NUMBER_WORDS.keys() | {"other"}:
            # "eight other states", "two claims".
            return True
        return lead in {"and", "or", "of"} and _is_plain(lower)

    def _is_said_too(self, at: int, before: int, *, low: int) -> bool:
        """Whether a verb after "to" or "would" was said: "went on to say", "would say only"."""
        lead = self._words[before].lower
        caused = lead == "to" and self._is_caused(before, low)
        return caused or self.start(at, low) < at

    def _says_only(self, at: int) -> bool:
        """Whether somebody said this and nothing else: "would say only that"."""
        near = self._words[max(0, at - 1) : at + 2]
        return any(word.lower == "only" for word in near)

    def _is_habit(self, modal: int, at: int) -> bool:
        """Whether somebody used to say it: "would often say", "will tell you", "“…,” he would say"."""
        if any(word.lower in _HABITS for word in self._words[modal + 1 : at]):
            return True
        follows = self._words[at + 1] if at + 1 < len(self._words) else None
        if self._words[at].lower == "tell":
            return follows is not None and follows.lower in {"you", "anyone"}
        ends = follows is None or follows.text in {".", ","}
        near = self._words[max(0, modal - _TAG_REACH) : modal]
        return ends and any(word.kind == "close" for word in near)

    def _is_caused(self, to: int, low: int) -> bool:
        """Whether something made somebody say it: "prompted critics to argue"."""
        near = self._words[max(low, to - CAUSED_REACH) : to - 1]
        return any(word.lower in CAUSING for word in near)

    def _before(self, at: int, low: int) -> int:
        before = at - 1
        while before >= low and self._words[before].lower in lex.ADVERBS:
            before -= 1
        return before

    def start(self, at: int, low: int) -> int:
        """Where the verb group of a cue begins: at "went" in "went on to say"."""
        before = self._before(at, low)
        modal = before > low and self._words[before].lower in _MODALS
        if modal and (self._says_only(at) or self._is_habit(before, at)):
            return before
        return group_start(self._words, at, low)

    def kind(self, at: int) -> sayings.CueClass:
        """How the cue takes its words; an adjective or a phrase takes them with "that"."""
        return sayings.CUES.get(self._words[at].lower, "that")

    def name(self, at: int, content: int) -> str:
        """The cue as a person would name it: "said", "emphasized that", "accused"."""
        that = any(self._words[i].lower == "that" for i in range(at + 1, min(content, at + 3)))
        return self._words[at].lower + (" that" if that else "")

    def keeps_itself(self, at: int, high: int) -> bool:
        """Whether the cue with its plain object is the claim ("denied the charge")."""
        return keeps_itself(self._words, at, high)

    def content_after(self, at: int, high: int) -> int | None:
        """The token where the reported words begin, or None when nothing is reported."""
        if at + 1 >= high:
            return None
        marked = self._marked(at, high)
        noun = self._words[at].lower in sayings.NOUN_LIKE_CUES
        if noun and not self._has_that(at, high) and not self._is_verb(at):
            return marked if marked is not None and self._is_after_name(at) else None
        return marked if marked is not None else self._unmarked(at, high)

    def _unmarked(self, at: int, high: int) -> int | None:
        """Where words begin that neither "that" nor a mark announces."""
        kind = self.kind(at)
        if self._words[at].lower in sayings.ONLY_MARKED:
            return None
        if kind == "object":
            return self._asked(at, high)
        if kind == "that":
            return self._expected(at, high)
        if self._words[at].lower in _ASKING:
            return self._asked(at, high)
        first = self._past_adjuncts(at, high) if kind != "tag" else None
        reports = first is not None and self._reports(self._words[at].lower, first, high)
        return first if reports else None

    def _asked(self, at: int, high: int) -> int | None:
        """Where the words begin after "how" and "why": "asked why the review took so long"."""
        how = self._words[at + 1].lower in _HOW and self._has_finite(at + 2, high)
        return at + 2 if how else None

    def _is_after_name(self, at: int) -> bool:
        return at > 0 and (
            self._words[at - 1].is_capital or self._words[at - 1].lower in lex.PRONOUNS
        )

    def _is_verb(self, at: int) -> bool:
        """Whether a word that may be a noun stands after somebody who speaks, before a clause."""
        before = self._words[at - 1] if at else None
        opens = opens_clause(self._words, at + 1, len(self._words))
        if before is None or not (opens or self._words[at + 1].lower in _HOW):
            return False
        speaks = before.lower in lex.SPEAKERS | frozenset(lex.PRONOUNS) | {"to"}
        if speaks or is_after_insert(self._words, at - 1):
            return True
        if before.lower in {"and", "but"} and not _is_plain(self._words[at].lower):
            return True
        if at == 1 and before.lower.endswith("s") and not self._words[at].lower.endswith("s"):
            # "Fishers claim the chart is old": several people begin the sentence.
            return True
        return before.is_capital and (
            self._words[at].lower.endswith("s") or self._after_plural(at - 1)
        )

    def _after_plural(self, at: int) -> bool:
        """Whether several who speak stand shortly before: "posts on Facebook claim"."""
        near = self._words[max(0, at - _FARTHEST_PLURAL) : at]
        return any(w.lower in lex.SPEAKERS and w.lower.endswith("s") for w in near)

    def _past_adjuncts(self, at: int, high: int) -> int | None:
        """Past whom it was told, and when and where: "told reporters on Monday"."""
        tells = self.kind(at) == "tell"
        first = self._after_addressee(at + 1, high) if tells else at + 1
        if first is None:
            # "warns the deficit will grow": nobody is told, and the words begin at once.
            return at + 1 if opens_clause(self._words, at + 1, high) else None
        first = past_time(self._words, first, high)
        if first >= high or not self._is_adjunct(first, high):
            return first
        return self._skip_adjunct(first, high)

    def _is_adjunct(self, first: int, high: int) -> bool:
        """Whether a preposition tells where it was said, and not how many: "about 40 people"."""
        word = self._words[first].lower
        if word not in lex.PREPOSITIONS:
            return False
        follows = self._words[first + 1] if first + 1 < high else None
        counts = follows is not None and (
            follows.kind == "number" or follows.lower in _COUNTED or follows.lower in NUMBER_WORDS
        )
        return not (counts and word in _HOW_MANY)

    def _reports(self, cue: str, first: int, high: int) -> bool:
        """Whether a clause begins here; after "said" even where the table knows no verb of it."""
        if first >= high or self._words[first].lower in _QUESTIONS | _HOW | _NO_CONTENT:
            return False
        plain = cue in {"said", "says", "say"} and high - first >= _CLAUSE
        # "believed the clerk, who said it sank": somebody is believed, and no clause follows.
        high = next((i for i in range(first, high - 1) if self._is_about(i)), high)
        if cue.startswith(_TAKE_THINGS):
            return opens_clause(self._words, first, high)
        return plain or self._has_finite(first, high)

    def _is_about(self, at: int) -> bool:
        """Whether a remark about somebody begins here: ", who …"."""
        words = self._words
        if words[at].text != "," or words[at + 1].lower not in {"who", "whose"}:
            return False
        # "believe the driver, who was drunk, started it": the clause goes on.
        return not any(
            words[i].text == "," and lex.looks_finite(words[i + 1].lower)
            for i in range(at + 1, min(len(words) - 1, at + _FARTHEST_THAT))
        )

    def _has_that(self, at: int, high: int) -> bool:
        return at + 1 < high and self._words[at + 1].lower == "that"

    def _expected(self, at: int, high: int) -> int | None:
        """Where a clause without "that" begins: "announced it would …", "expects sales to rise"."""
        first = past_time(self._words, at + 1, high)
        if first < high and self._words[first].lower in _HOW and self._has_finite(first, high):
            return first + 1
        if first + 1 < high and self._words[first].lower == "to":
            # "swore to them the ship was safe".
            told = self._after_addressee(first + 1, high)
            first = told if told is not None and self._begins_clause(told, high) else first
        if first < high and self._words[first].text == ",":
            # "Among women, the pollster added, it trails": the words go on after the tag.
            first += 1
        if opens_clause(self._words, first, high):
            return first
        if self._words[at].lower not in sayings.FORECAST_CUES:
            return None
        following = [w.lower for w in self._words[at + 1 : min(high, at + 14)]]
        modal = any(w in {"will", "would", "to", "could"} for w in following[1:])
        return at + 1 if modal and following[0] not in lex.PREPOSITIONS else None

    def _marked(self, at: int, high: int) -> int | None:
        """After "that", a colon or an opening quotation mark, with only adjuncts in between."""
        for i in range(at + 1, min(high, at + _FARTHEST_THAT)):
            word = self._words[i]
            if word.lower == "that" and self._reports_nothing(at, min(i + 1, high - 1)):
                continue
            if word.lower == "that" and self._only_adjuncts(at, i):
                return i + 1 if i + 2 < high else None
            if word.kind == "open" and self._words[i - 1].lower == "to":
                # "told them to “block” it": the quoted words are no report.
                return None
            opens = word.kind == "open" and opens_words(self._words, i, high)
            if (opens or word.text == ":") and self._only_adjuncts(at, i):
                return i if word.kind == "open" else i + 1
            if word.kind == "close" or word.text in {";", "—"}:
                return None
        return None

    def _reports_nothing(self, at: int, follows: int) -> bool:
        """Whether "that" points to a day or to a thing: "shared with us the bread that was left"."""
        word = self._words[follows]
        thing = self._words[at].lower in sayings.ONLY_MARKED and not word.is_capital
        return word.lower in _THAT_DAY or (thing and lex.looks_finite(word.lower))

    def _only_adjuncts(self, at: int, last: int) -> bool:
        """Whether the words between a cue and "that" only say when, where and to whom."""
        between = self._words[at + 1 : last]
        if not between:
            return True
        if any(
            lex.looks_finite(w.lower)
            and not w.is_capital
            and not (w.lower.endswith("ed") and self._words[i - 1].lower in _DOCUMENTS)
            for i, w in enumerate(between, start=at + 1)
        ):
            return False
        lead = past_time(self._words, at + 1, last)
        lead += tuple(w.lower for w in self._words[at : at + 3]) in _PUT_IT
        lead += lead < last and self._words[lead].lower == "only"
        if lead >= last or self._words[lead].text == ",":
            return True
        if self._words[lead].lower in _ADJUNCT_STARTS:
            # "sneered at claims that", "ranted about reports that": those are not theirs.
            loud = self.kind(at) == "tag" or self._words[at].lower in sayings.ONLY_MARKED
            return not (loud and self._words[last - 1].lower in sayings.CUE_NOUNS)
        return self.kind(at) == "tell"

    def _skip_adjunct(self, first: int, high: int) -> int | None:
        """Past "in a statement", or past the comma that closes a longer adjunct."""
        for at in range(first, min(high, first + 10)):
            if self._words[at].text == ",":
                return at + 1
            if self._words[at].lower in _SAID_IN and at + 1 < high:
                after = past_time(self._words, at + 1, high)
                if after < high and self._words[after].lower not in lex.PREPOSITIONS | {","}:
                    return after
            if at > first + 1 and opens_clause(self._words, at, high) and self._is_fresh(at):
                return at
        return None

    def _begins_clause(self, at: int, high: int) -> bool:
        """Whether a clause opens here with a name, a pronoun or an article."""
        if at >= high or not opens_clause(self._words, at, high):
            return False
        lead = self._words[at]
        return lead.is_capital or lead.lower in lex.DETERMINERS | frozenset(lex.PRONOUNS) | {"the"}

    def _is_fresh(self, at: int) -> bool:
        """Whether a new noun phrase begins here and not the rest of one."""
        lead, before = self._words[at].lower, self._words[at - 1]
        if before.lower in lex.PREPOSITIONS | lex.DETERMINERS | {"the", "a"}:
            return False
        return lead in lex.DETERMINERS | frozenset(lex.PRONOUNS) | {"the", "there"}

    def _after_addressee(self, first: int, high: int) -> int | None:
        """Past "reporters", "CNN", "the public on Sunday" after "told"."""
        if first >= high:
            return None
        lower, follows = self._words[first].lower, first + 1
        if lower in lex.ADDRESSEES and (lower != "her" or opens_clause(self._words, follows, high)):
            return follows
        if lower in _THE:
            return self._after_described(first, high)
        at = self._past_name(first, high)
        if at == first and follows < high and opens_clause(self._words, follows, high):
            # "told friends the bridge was", "informed customers it was": a bare plural.
            return follows if lower.endswith("s") else None
        return at if at > first else None

    def _after_described(self, first: int, high: int) -> int | None:
        """Past "the council", "his lawyer Ann Lee"."""
        at = first + 1
        while at < high and not self._may_be_told(at):
            at += 1
            if at - first > _LONGEST_ADDRESSEE:
                return None
        at += 1
        while at < high and self._words[at].is_capital:
            at += 1
        return at

    def _past_name(self, first: int, high: int) -> int:
        at = first
        while at < high and self._words[at].is_capital and at - first < _LONGEST_ADDRESSEE:
            at += 1
        if first < at < high and self._words[at].kind == "number":
            at += 1
        if at < high and self._words[at].lower in lex.ADDRESSEES | {"media", "newspaper", "outlet"}:
            at += 1
        return at

    def _may_be_told(self, at: int) -> bool:
        word = self._words[at]
        return word.is_capital or word.lower in lex.SPEAKERS | lex.ADDRESSEES | outlet_names.NOUNS

    def _has_finite(self, first: int, high: int) -> bool:
        return any(lex.looks_finite(w.lower) for w in self._words[first : min(high, first + 18)])
