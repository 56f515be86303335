"""Speech that its source introduces: "X said that …", "X denied …", "…, saying …"."""

from collections.abc import Callable
from dataclasses import replace

from app.extraction import lexicon as lex
from app.extraction import sayings
from app.extraction.agents import bare, looks_like_person, may_speak
from app.extraction.continued import after_scene
from app.extraction.documents import is_document
from app.extraction.inner_quotes import inner_end
from app.extraction.openings import opens_clause
from app.extraction.owned_claims import detailed, doer
from app.extraction.passives import PASSIVES, passive
from app.extraction.relatives import what_named, who_clause
from app.extraction.relays import cited, relays
from app.extraction.saying_nouns import POINTING, heard_from, issued, noun_cue, pointed_to
from app.extraction.sentences import Span
from app.extraction.sources import framed_between
from app.extraction.statements import MARKS, SHORTEST, Context, Link, Statement, Stretch, left_of
from app.extraction.subjects import Subject
from app.extraction.tokens import Token
from app.extraction.verbgroups import CAUSED_REACH, CAUSING, ends_phrase

_Rule = Callable[[Context, Stretch, int], list[Statement] | None]
_JOINTS = frozenset({"and", "but", "or", "then"})
_BY_WORD: tuple[tuple[frozenset[str], _Rule], ...] = (
    (PASSIVES, passive),
    (frozenset({"who", "which"}), who_clause),
    (frozenset({"what"}), what_named),
    (sayings.CUE_NOUNS, noun_cue),
    (lex.DOCUMENT_WORDS, issued),
    (frozenset({"from"}), heard_from),
    (frozenset({"details", "detail", "particulars", "specifics"}), detailed),
    (POINTING, pointed_to),
)
_BACKGROUND = frozenset(
    {"once", "when", "after", "while", "although", "though", "since", "because"}
)
_MORE = frozenset({"say", "elaborate", "give", "specify", "name", "identify", "provide", "comment"})
_NEAR = 8
_QUANTIFIERS = frozenset({"few", "many", "most", "some", "several", "none", "all", "both", "half"})
_SPOKEN = frozenset(
    {
        "spent",
        "spends",
        "kept",
        "keeps",
        "posted",
        "wrote",
        "tweeted",
        "spoke",
        "responded",
        "replied",
        "reacted",
    }
)
_SPOKEN_REACH = 8
# "understood from the trust that": the trust said it.
_HEARD_FROM = frozenset({"understood", "understands", "understand"})
_CONDITIONS = frozenset({"if", "unless", "whether", "than"})
_TO = frozenset({"to"})
# "resigned after admitting that", "left the room while insisting that".
_THEN = frozenset({"after", "while", "before", "by"})
_COMMA = frozenset({","})
_BETWEEN = (lex.ADVERBS | {"has", "have", "had"}) - _JOINTS


def introduced(context: Context, stretch: Stretch) -> list[Statement] | None:
    """Peel the outermost source off that introduces the words after it."""
    for at in range(stretch.low, stretch.high):
        for rule in _rules_for(context, stretch.low, at):
            found = rule(context, stretch, at)
            if found is not None:
                return found
    return None


def _rules_for(context: Context, low: int, at: int) -> tuple[_Rule, ...]:
    """What this word may be: a participle, a noun or a verb of saying."""
    lower = context.words[at].lower
    if at == low:
        return (_leading_participle,) if lower in sayings.PARTICIPLE_CUES else ()
    rules = [rule for words, rule in _BY_WORD if lower in words]
    after = context.words[at + 1].lower if at + 1 < len(context.words) else ""
    if lower in _HEARD_FROM and after == "from":
        return tuple(rules)
    if context.cues.is_cue(at, low) or ends_phrase(context.words, at, low) is not None:
        rules.append(_cue)
    elif lower in sayings.PARTICIPLE_CUES:
        rules.append(_participle)
    elif lower in sayings.FINDING:
        rules.append(_finding)
    return tuple(rules)


def _cue(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "X said that …", "X told Y …", "X accused Y of …"."""
    keeps = context.cues.keeps_itself(at, stretch.high)
    content = None if keeps else context.cues.content_after(at, stretch.high)
    if content is None and not keeps:
        return _finding(context, stretch, at)
    begins = ends_phrase(context.words, at, stretch.low)
    verb = context.cues.start(at if begins is None else begins, stretch.low)
    subject, first = _subject(context, stretch, verb)
    if subject is None or _is_conditional(context, stretch, first):
        return None
    if content is not None and _is_name_only(context, subject, content, high=stretch.high):
        return None
    links = context.links(subject, context.cues.name(at, content or at), at)
    if not links:
        return None
    left = left_of(context, stretch.part(stretch.low, first))
    outer = relays(context, Stretch(stretch.low, content or stretch.high), at)
    if content is None:
        chain = (*outer, *links, *cited(context, stretch.low, at))
        return left + _kept(context, stretch, verb, links=chain, subject=subject)
    outer = (*framed_between(context, at, content), *outer)
    inner = cited(context, stretch.low, content)
    end = _content_end(context, stretch, first, content=content)
    inside = inner_end(context.words, content, end)
    end, goes_on = inside or (end, end + 1)
    said = stretch.part(content, end).said_by(*outer, *links, *inner)
    told = _with_verb(context, said, first=first)
    placed = after_scene(context, stretch, said, first=first) if end == stretch.high else None
    rest = context.parse(stretch.part(goes_on, stretch.high)) if end < stretch.high else []
    return placed or left + told + rest


def _with_verb(context: Context, said: Stretch, *, first: int) -> list[Statement]:
    """The words said; "the price to rise" needs the "bank expects" before it."""
    found, words = context.parse(said), context.words
    to = context.index(_TO, said.low + 1, min(said.high - 1, said.low + _NEAR))
    if (
        to is None
        or not _is_plain_verb(words[to + 1])
        or context.has_finite(said.low + 1, to)
        or len(found) != 1
    ):
        return found
    if found[0].links != said.links or found[0].subject or first >= said.low:
        return found
    needed = Span(words[first].start, words[said.low - 1].end)
    return [replace(found[0], subject=needed)]


def _is_plain_verb(word: Token) -> bool:
    """Whether a word after "to" may be a verb, and no place or price."""
    noun = word.is_capital or word.lower in lex.DETERMINERS | lex.PREPOSITIONS | {"the"}
    return word.kind == "word" and not noun


def _finding(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "the study found no evidence of …": a document with a plain object."""
    plain = at + 1 < stretch.high and context.words[at + 1].kind in {"word", "number"}
    listed = context.words[at - 1].lower in _JOINTS
    finding = context.words[at].lower in sayings.FINDING
    if not finding or not plain or listed or at + SHORTEST > stretch.high:
        return None
    subject, first = _subject(context, stretch, at)
    if subject is None or not _may_find(context, subject, at):
        return None
    links = context.links(subject, context.words[at].lower, at)
    left = left_of(context, stretch.part(stretch.low, first))
    return left + _kept(context, stretch, at, links=links, subject=subject) if links else None


def _may_find(context: Context, subject: Subject, at: int) -> bool:
    """Whether a document found it, or people who are not named reported it."""
    phrase = context.words[subject.first : subject.last]
    people = subject.agent.kind == "unnamed" and context.words[at].lower == "reported"
    return is_document(phrase) or (people and bare(phrase[-1]).endswith("s"))


def _content_end(context: Context, stretch: Stretch, first: int, *, content: int) -> int:
    """Where the reported words end: before the article speaks again in the same sentence.

    "once Lee said it was full, the clerk left", "he said it was full, but did not elaborate".
    """
    words, high = context.words, stretch.high
    lead = words[first - 1].lower if first > stretch.low else words[first].lower
    near = first - stretch.low <= 2
    for at in range(content + SHORTEST, high - SHORTEST):
        if context.in_quotes(at, content):
            continue
        if words[at].lower == "but" and _says_no_more(context, at + 1, high):
            return at
        if words[at].text != ",":
            continue
        if near and lead in _BACKGROUND and _speaks_again(context, at + 1, high):
            return at
        if words[at + 1].lower in {"but", "and", "though"} and _says_no_more(context, at + 2, high):
            return at
    return high


def _speaks_again(context: Context, first: int, high: int) -> bool:
    """Whether a new subject and its verb follow a comma."""
    lead = context.words[first]
    begins = lead.is_capital or lead.lower in lex.DETERMINERS | frozenset(lex.PRONOUNS) | {"the"}
    return begins and context.has_finite(first + 1, min(high, first + _NEAR))


def _says_no_more(context: Context, first: int, high: int) -> bool:
    """Whether somebody is said to leave it at that: "he gave no details", "did not elaborate"."""
    words = context.words
    at = first + (words[first].lower in lex.PRONOUNS)
    lowers = [word.lower for word in words[at : min(high, at + 3)]]
    if lowers[:1] == ["declined"] or lowers[:2] in (["gave", "no"], ["offered", "no"]):
        return True
    negated = lowers[:2] in (["did", "not"], ["would", "not"]) or lowers[:1] in (
        ["didn't"],
        ["wouldn't"],
    )
    return negated and bool({*lowers} & _MORE)


def _subject(context: Context, stretch: Stretch, at: int) -> tuple[Subject | None, int]:
    """The subject of a cue, and where the words before it end."""
    low, words = stretch.low, context.words
    joint = at - 1
    while joint > low and words[joint].lower in _BETWEEN:
        joint -= 1
    if words[joint].lower in _JOINTS and joint > low:
        leading = context.phrases.leading(low, joint)
        if words[joint - 1].text == "," and words[at].lower in sayings.PLAIN_CUES and stretch.links:
            # "Lee said the council had met, and claimed that …": Lee again.
            leading = None
        if leading is None and stretch.links:
            leading = Subject(low, stretch.links[-1].agent, low)
        return leading, joint
    caused = _caused(context, at, low)
    if caused is not None:
        return caused, low
    subject = context.phrases.before(at, low)
    return subject, subject.first if subject else low


def _caused(context: Context, at: int, low: int) -> Subject | None:
    """Who says it in "the fire prompted critics to argue that"."""
    if context.words[at - 1].lower != "to":
        return None
    cause = context.index(CAUSING, max(low + 1, at - CAUSED_REACH), at - 1)
    agent = context.agent(cause + 1, at - 1) if cause is not None else None
    return Subject(cause + 1, agent, at - 1) if agent and cause is not None else None


def _is_conditional(context: Context, stretch: Stretch, first: int) -> bool:
    """Whether nobody said it: "if Lee says the shop is closed", "longer than most thought"."""
    before = context.words[first - 1].lower if first > stretch.low else ""
    lead = context.words[first].lower
    return before in _CONDITIONS or lead in _CONDITIONS


def _is_name_only(context: Context, subject: Subject, content: int, *, high: int) -> bool:
    """Whether the subject stands after the cue: "… elements said Ann Lee, a chemist"."""
    comma = context.index(_COMMA, content, high) or high
    return not subject.agent.named and looks_like_person(context.words[content:comma])


def _told_in(context: Context, said: Stretch, at: int) -> list[Statement] | None:
    """Words inside of what is kept: "a clerk who swore that", "are told by the yard that"."""
    if context.words[at].lower == "who":
        return who_clause(context, said, at)
    told = passive(context, said, at) if context.words[at].lower in PASSIVES else None
    deeper = told is not None and any(len(one.links) > len(said.links) for one in told)
    return told if deeper else None


def _kept(
    context: Context, stretch: Stretch, at: int, *, links: tuple[Link, ...], subject: Subject
) -> list[Statement]:
    """Both statements of "claimed responsibility for the crash, which it said …"."""
    said, high = stretch.said_by(*links), stretch.high
    words, needed = context.words, None
    if subject.last > subject.first:
        # "The bank has twice" before "denied it": the verb keeps what belongs to it.
        needed = Span(words[subject.first].start, words[subject.last - 1].end)
        beside = any(word.kind != "word" for word in words[subject.last : at])
        at = at if beside else min(at, max(subject.last, stretch.low))
    for i in range(at + 2, high - SHORTEST):
        word, follows = context.words[i], context.words[i + 1].lower
        inner = issued(context, stretch, i) if word.lower in lex.DOCUMENT_WORDS else None
        about = _told_in(context, said, i)
        if about is not None:
            return about
        if inner is not None:
            return [context.statement(said.part(at, i + 1), subject=needed), *inner]
        if word.text != ",":
            continue
        if follows in {"which", "saying"}:
            rest = said.part(i + 2, high) if follows == "saying" else stretch.part(i + 1, high)
            return [context.statement(said.part(at, i), subject=needed), *context.parse(rest)]
        if follows in _JOINTS and _opens_another(context, i + 2, high):
            rest = stretch.part(i + 2, high)
            return [context.statement(said.part(at, i), subject=needed), *context.parse(rest)]
    return [context.statement(said.part(at, high), subject=needed)]


def _opens_another(context: Context, first: int, high: int) -> bool:
    """Whether another clause follows: "and the port …", "and few of those who left …"."""
    counted = context.words[first].lower in _QUANTIFIERS and context.has_finite(first + 1, high)
    return counted or opens_clause(context.words, first, high)


def _participle(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "…, saying the bill was paid": said by the subject of the clause."""
    then = context.words[at - 1].lower in _THEN and context.words[at].lower in sayings.PLAIN_CUES
    comma = context.words[at - 1].text == ","
    if not comma and not then and not _has_spoken(context, stretch.low, at):
        return _beside(context, stretch, at)
    keeps = context.cues.keeps_itself(at, stretch.high)
    content = at if keeps else context.cues.content_after(at, stretch.high)
    clause = _last_clause(context, stretch.low, at)
    subject = doer(context, at - 1, clause) or context.phrases.leading(clause, at)
    if stretch.links and comma and _goes_on_speaking(context, subject, at):
        # "Lee said the port was shut, adding that …": Lee again, and not the port.
        subject = Subject(stretch.low, stretch.links[-1].agent, stretch.low)
    if content is None or subject is None:
        return None
    links = context.links(subject, context.cues.name(at, content), at)
    if not links:
        return None
    left = context.parse(stretch.part(stretch.low, at - (comma or then)))
    end = _turns(context, content, stretch.high)
    said = stretch.part(content, end).said_by(*links)
    rest = context.parse(stretch.part(end, stretch.high)) if end < stretch.high else []
    return left + ([context.statement(said)] if keeps else context.parse(said)) + rest


def _goes_on_speaking(context: Context, subject: Subject | None, at: int) -> bool:
    """Whether a participle inside of reported words is the reporter's."""
    if context.words[at].lower == "adding" or subject is None:
        return subject is not None
    phrase = context.words[subject.first : subject.last]
    return bool(phrase) and not may_speak(subject.agent, phrase, "shows")


def _turns(context: Context, content: int, high: int) -> int:
    """Where a remark turns against what was said: "by saying she owes it but, an auditor …"."""
    words = context.words
    near = range(content + SHORTEST, high - SHORTEST)
    return next((i for i in near if words[i].lower == "but" and words[i + 1].text == ","), high)


def _beside(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "…, with officials warning that 40 are missing": who speaks stands after "with"."""
    words, low = context.words, stretch.low
    beside = next(
        (i for i in range(at - 2, max(low, at - _NEAR) - 1, -1) if words[i].lower == "with"), None
    )
    if beside is None or (beside > low and words[beside - 1].text not in MARKS):
        return None
    agent, content = context.agent(beside + 1, at), context.cues.content_after(at, stretch.high)
    if agent is None or content is None:
        return None
    links = context.links(Subject(beside + 1, agent, at), context.cues.name(at, content), at)
    if not links:
        return None
    left = context.parse(stretch.part(low, beside)) if beside - low > SHORTEST else []
    return left + context.parse(stretch.part(content, stretch.high).said_by(*links))


def _has_spoken(context: Context, low: int, at: int) -> bool:
    """Whether a verb of writing or speaking stands before: "posted on Twitter accusing"."""
    return any(context.words[i].lower in _SPOKEN for i in range(max(low, at - _SPOKEN_REACH), at))


def _last_clause(context: Context, low: int, at: int) -> int:
    """Where the clause begins that a participle ends: after ", but that", ", and"."""
    words = context.words
    for i in range(at - SHORTEST, low, -1):
        if words[i].lower in {"and", "but"} and words[i - 1].text == ",":
            first = i + 1 + (words[i + 1].lower == "that")
            return first if opens_clause(words, first, at) else low
    return low


def _leading_participle(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "Arguing that taxes are low, the mayor …": said by the subject of the main clause."""
    content = context.cues.content_after(at, stretch.high)
    if content is None:
        return None
    commas = [i for i in range(at, stretch.high) if context.words[i].text == ","]
    for comma in reversed(commas):
        subject = context.phrases.leading(comma + 1, stretch.high)
        if subject is None or subject.first != comma + 1:
            continue
        links = context.links(subject, context.cues.name(at, content), at)
        if not links:
            return None
        said = context.parse(stretch.part(content, comma).said_by(*links))
        return said + context.parse(stretch.part(comma + 1, stretch.high))
    return None
