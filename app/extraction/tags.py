"""Speech tags after the words: "…, X said", "…, said X", "“…,” X told reporters, adding: “…”"."""

from collections.abc import Sequence
from dataclasses import replace

from app.extraction import lexicon as lex
from app.extraction import sayings
from app.extraction.agents import bare, looks_like_person
from app.extraction.continued import after_tag, around
from app.extraction.passives import QUOTED, quoted_chain, verb_of
from app.extraction.relatives import who_clause
from app.extraction.relays import cited, relays
from app.extraction.statements import MARKS, Context, Link, Statement, Stretch
from app.extraction.subjects import Subject
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_SUBORDINATE = frozenset(
    {"in", "on", "at", "when", "after", "as", "while", "since", "during", "though"}
    | {"although", "if", "before", "following", "because"}
)
_TAG_BREAKS = frozenset({",", ".", ":", "—", "–", "―", ";"})
_ASKING = frozenset({"asked", "asks", "ask", "wondered", "wonders"})
_NEAR = 4
_LONGEST_TITLE = 30
_CLAUSE = 4
_LONGEST_OUTER = 8
_SPEAKING = frozenset({"speaking", "talking", "writing", "appearing", "chatting"})
# "said in an email sent after hours": a participle that describes what it was said in.
_SENT_IN = word_set("""statement email e-mail letter post message interview release video memo report note
    tweet speech call briefing""")
_NEVER_INVERTED = frozenset({"told", "tells", "tell", "assured", "informed", "reminded"})
# "At least 40 ships sank, Lee said": these begin a main clause too.
_ADVERBIAL = frozenset({"in", "on", "at", "during", "following"})
_NO_SUBJECT = _SUBORDINATE | lex.CONJUNCTIONS | lex.PREPOSITIONS
_OCCASIONS = frozenset({"when", "as", "after", "while", "before"})
_AND, _WHO = frozenset({"and"}), frozenset({"who"})


def tagged(context: Context, stretch: Stretch) -> list[Statement] | None:
    """Peel a tag off the end of a stretch, or out from between two quotations."""
    for at in range(stretch.low + 1, stretch.high):
        if context.in_quotes(at, stretch.low):
            continue
        found = None
        if context.words[at].lower in QUOTED:
            found = _quoted(context, stretch, at)
        if found is None and _may_tag(context, stretch, at):
            found = _subject_first(context, stretch, at) or _verb_first(context, stretch, at)
        if found:
            return found
    return None


def _may_tag(context: Context, stretch: Stretch, at: int) -> bool:
    """Whether a verb of saying may be a tag's, and not a noun ("in the case report")."""
    if not context.cues.is_cue(at, stretch.low):
        return False
    before = context.words[at - 1]
    noun = context.words[at].lower in sayings.NOUN_LIKE_CUES
    speaks = before.is_capital or before.lower in lex.SPEAKERS | frozenset(lex.PRONOUNS)
    named = [w for w in context.words[at + 1 : min(at + 3, stretch.high)] if w.lower != "the"]
    inverted = before.kind == "mark" and bool(named) and named[0].is_capital
    return not noun or speaks or inverted or before.kind == "close"


def _subject_first(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """A comma or closing quotation mark, the subject, the cue, and then no clause."""
    subject = context.phrases.before(context.cues.start(at, stretch.low), stretch.low)
    subject = _after_quotation(context, stretch, at) or subject
    if subject is None or not _stands_apart(context, stretch, subject.first, at=at):
        return None
    quoted = context.words[subject.first - 1].kind == "close"
    links = context.links(subject, context.words[at].lower, at, quoted=quoted)
    links = links or _own_subject(context, stretch, subject, at=at)
    if not links:
        return None
    return _tag(context, stretch, subject.first, at=at, links=links)


def _after_quotation(context: Context, stretch: Stretch, at: int) -> Subject | None:
    """The name in "“…,” Ann Lee, of the Council on Wind, Rain and Water told the BBC"."""
    words = context.words
    near = range(at - 1, max(stretch.low, at - _LONGEST_TITLE), -1)
    close = next((i for i in near if words[i].kind in {"open", "close"}), None)
    if close is None or words[close].kind == "open":
        return None
    comma = next((i for i in range(close + 1, at) if words[i].text == ","), None)
    if comma is None or not looks_like_person(words[close + 1 : comma]):
        return None
    agent = context.agent(close + 1, comma)
    described = words[comma : context.cues.start(at, stretch.low)]
    # "think tank" is no verb.
    acts = any(lex.looks_finite(w.lower) and w.lower != "think" for w in described)
    if agent is None or acts:
        return None
    return Subject(close + 1, agent, comma)


def _own_subject(
    context: Context, stretch: Stretch, pronoun: Subject, *, at: int
) -> tuple[Link, ...]:
    """Who says it in "The port and the bank sold 40 ships, they said": the subject before."""
    if pronoun.agent.name.lower() not in {"it", "they"}:
        return ()
    subject = context.phrases.leading(stretch.low, pronoun.first)
    if subject is None or not subject.agent.named or subject.agent.kind != "organisation":
        return ()
    if context.index(_AND, stretch.low, subject.last) is not None:
        subject = _both(context, stretch.low, subject)
        if subject is None or pronoun.agent.name.lower() == "it":
            return ()
    return context.links(subject, context.words[at].lower, at)


def _both(context: Context, low: int, last: Subject) -> Subject | None:
    """The two bodies of "The Port Board (PB) and Norwick Water", or None."""
    end = context.index(_AND, low, last.last) or low
    if context.words[end - 1].text == ")":
        end = next((i for i in range(end, low, -1) if context.words[i].text == "("), end)
    whole = context.phrases.ending(end, low)
    if whole is None or not whole.agent.named:
        return None
    name = f"{whole.agent.name} and {last.agent.name}"
    return Subject(whole.first, replace(last.agent, name=name), last.last)


def _tag(
    context: Context, stretch: Stretch, left: int, *, at: int, links: tuple[Link, ...]
) -> list[Statement]:
    """The speech around a tag from ``left`` to the cue at ``at``."""
    end = _tag_end(context, at + 1, stretch.high)
    outer = relays(context, Stretch(left, _told_until(context, end, stretch.high)), at)
    inner = cited(context, at + 1, _cited_until(context, at + 1, stretch.high))
    chain = (*_outer_tag(context, end, stretch.high), *outer, *links, *inner)
    if _is_inserted(context, stretch, left, right=end):
        return _parted(context, stretch.said_by(*chain), left, right=end)
    return _both_sides(context, stretch, left, right=at + 1, links=chain)


def _told_until(context: Context, end: int, high: int) -> int:
    """Up to where an outlet belongs to a tag: past "…, speaking to the BBC"."""
    speaks = end + 1 < high and context.words[end + 1].lower in _SPEAKING
    return _cited_until(context, end, high) if speaks else end


def _outer_tag(context: Context, end: int, high: int) -> tuple[Link, ...]:
    """Who reports the speaker of a tag: "“…,” Lee said, CNN reported"."""
    if end + 2 >= high or context.words[end].text != ",":
        return ()
    near = range(end + 2, min(high, end + _LONGEST_OUTER))
    cue = next((i for i in near if context.cues.is_cue(i, end + 1)), None)
    subject = context.phrases.before(cue, end + 1) if cue is not None else None
    if cue is None or subject is None or subject.first != end + 1:
        return ()
    if not subject.agent.named or not _tag_ends(context, cue + 1, high):
        return ()
    return context.links(subject, context.words[cue].lower, cue)


def _parted(context: Context, stretch: Stretch, left: int, *, right: int) -> list[Statement]:
    """The words around a tag; "A clerk, she said, had told her that …" reports speech itself."""
    cues, high = context.cues, stretch.high
    near = range(right + 1, min(high, right + _NEAR))
    cue = next((i for i in near if cues.is_cue(i, right)), None)
    content = cues.content_after(cue, high) if cue is not None else None
    subject = context.phrases.ending(left - 1, stretch.low)
    if cue is None or content is None or subject is None:
        return _relative_after(context, stretch, left, right=right) or around(
            context, stretch, left, last=right
        )
    links = context.links(subject, cues.name(cue, content), cue)
    return context.parse(stretch.part(content, high).said_by(*links))


def _relative_after(
    context: Context, stretch: Stretch, left: int, *, right: int
) -> list[Statement] | None:
    """Read "One letter, she said, came from a clerk who wrote that …"."""
    for at in range(right + 2, stretch.high - 1):
        inner = context.words[at].lower == "who" and who_clause(
            context, stretch.part(right + 1, stretch.high), at
        )
        if inner:
            return [context.statement(stretch.part(stretch.low, left - 1)), *inner]
    return None


def _stands_apart(context: Context, stretch: Stretch, first: int, *, at: int) -> bool:
    """Whether a tag begins after a comma or a quotation, and nothing is said after it."""
    if first <= stretch.low or not _follows_speech(context, first):
        return False
    before, high = context.words[first - 1], stretch.high
    if before.kind != "close" and context.words[at].lower in sayings.ONLY_QUOTED:
        return False
    opens = before.kind != "close" and _opens_speech(context, at + 1, high)
    if opens or not _tag_ends(context, at + 1, high):
        return False
    said, end = stretch.part(stretch.low, first), _tag_end(context, at + 1, high)
    closes = end + 1 >= high and _is_bare(context, at + 1, end) and _is_long(context, said)
    return closes or _has_speech(context, stretch, first, right=end)


def _follows_speech(context: Context, first: int) -> bool:
    """Whether a comma, a dash or a closing quotation mark stands before a tag."""
    before = context.words[first - 1]
    return before.kind == "close" or before.text in {",", "—", "–", "―"}


def _has_speech(context: Context, stretch: Stretch, first: int, *, right: int) -> bool:
    """Whether words that were said stand before a tag, or around it."""
    said = stretch.part(stretch.low, first)
    return _is_speech(context, said) or _is_inserted(context, stretch, first, right=right)


def _is_bare(context: Context, first: int, end: int) -> bool:
    """Whether a verb of saying stands alone, or with when and where it was said."""
    adjuncts = lex.PREPOSITIONS | lex.DAYS | lex.TIME_ADJECTIVES | lex.ADVERBS
    return first >= end or context.words[first].lower in adjuncts


def _is_long(context: Context, said: Stretch) -> bool:
    """Whether what a tag closes, "The battery lasts 11 hours, Lee said", is no "On Monday"."""
    low, high, _ = context.trim(said)
    return high - low >= _CLAUSE and context.words[low].lower not in _NO_SUBJECT


def _tag_end(context: Context, first: int, high: int) -> int:
    return next((i for i in range(first, high) if context.words[i].text in _TAG_BREAKS), high)


def _cited_until(context: Context, first: int, high: int) -> int:
    """Up to where "citing X" may follow a tag: not past a new quotation."""
    return next((i for i in range(first, high) if context.words[i].kind == "open"), high)


def _is_inserted(context: Context, stretch: Stretch, left: int, *, right: int) -> bool:
    """Whether a tag parts a subject from its verb: "The shop, Lee said, was shut"."""
    words = context.words
    if right + 1 >= stretch.high or words[right].text != "," or words[left - 1].text != ",":
        return False
    quotes = any(word.kind in {"open", "close"} for word in words[stretch.low : right])
    if quotes or words[stretch.low].lower in _NO_SUBJECT:
        return False
    parted = lex.looks_finite(words[right + 1].lower)
    return parted and not context.verbs.any(stretch.low, left)


def _quoted(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "“…,” X was quoted as saying"."""
    chain = quoted_chain(context, stretch, at)
    if not chain:
        return None
    subject = context.phrases.before(verb_of(context, stretch, at), stretch.low)
    if subject is None or not _stands_apart(context, stretch, subject.first, at=at):
        return None
    saying = next(i for i in range(at, stretch.high) if context.words[i].lower.endswith("ing"))
    outer = relays(context, Stretch(subject.first, stretch.high), saying)
    chain = (*outer, *chain)
    return _both_sides(context, stretch, subject.first, right=stretch.high, links=chain)


def _verb_first(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """A comma or closing quotation mark, the cue, then its subject."""
    asks = context.words[at].lower in _ASKING and context.words[at - 1].kind != "close"
    never = asks or context.words[at].lower in _NEVER_INVERTED or context.cues.kind(at) == "object"
    if never or not _follows_speech(context, at):
        return None
    subject, end = context.phrases.after(at + 1, stretch.high)
    if subject is None or not _may_be_inverted(context, subject, at, end=end):
        return None
    after = _tag_end(context, end, stretch.high)
    speech = _has_speech(context, stretch, at, right=after) or (
        # Where somebody is named at the end the words before need no verb that is known.
        subject.agent.kind == "person" and end >= stretch.high - 1 and at - stretch.low > _NEAR
    )
    if _goes_on(context, end, stretch.high) or not speech:
        return None
    links = context.links(subject._replace(last=end), context.words[at].lower, at)
    if not links:
        return None
    outer = relays(context, Stretch(at, _told_until(context, after, stretch.high)), end - 1)
    inner = cited(context, end, _cited_until(context, end, stretch.high))
    chain = (*_outer_tag(context, after, stretch.high), *outer, *links, *inner)
    if _is_inserted(context, stretch, at, right=after):
        return _parted(context, stretch.said_by(*chain), at, right=after)
    return _both_sides(context, stretch, at, right=end, links=chain)


def _may_be_inverted(context: Context, subject: Subject, at: int, *, end: int) -> bool:
    """Whether the words after a cue may be who said it; beside a quotation anybody may."""
    quoted = context.words[at - 1].kind == "close"
    somebody = quoted or _is_somebody(subject, context.words[at + 1 : end])
    return somebody and not subject.agent.is_pronoun


def _is_somebody(subject: Subject, phrase: Sequence[Token]) -> bool:
    """Whether a description after a cue is of people: not "said two of three parts are new"."""
    head = next((at for at, w in enumerate(phrase) if w.lower in lex.PREPOSITIONS), len(phrase))
    last = phrase[max(0, head - 1)] if phrase else None
    if subject.agent.kind != "unnamed" or last is None:
        return subject.agent.kind != "unnamed"
    several = head == 1 and last.lower.endswith("s") and last.lower.endswith(lex.SPEAKER_ENDINGS)
    return several or bare(last) in lex.SPEAKERS | lex.BODIES | {"body"}


def _goes_on(context: Context, end: int, high: int) -> bool:
    """Whether the words after the cue were no subject but a clause: "says the car will …"."""
    if end >= high or context.words[end].text in MARKS:
        return False
    if context.words[end].lower == "that":
        return True
    return context.has_finite(end, min(high, end + 2))


def _is_speech(context: Context, stretch: Stretch) -> bool:
    """Whether the words before a tag are quoted, or a clause of their own."""
    low, high, _ = context.trim(stretch)
    words = context.words
    while low < high and (words[low].lower in lex.ADVERBS or words[low].text == ","):
        low += 1
    if low >= high:
        return False
    if any(word.kind == "close" for word in words[low:high]):
        return True
    has_comma = any(word.text == "," for word in words[low:high])
    return context.has_finite(low, high) and (
        has_comma or words[low].lower not in _SUBORDINATE - _ADVERBIAL
    )


def _opens_speech(context: Context, first: int, high: int) -> bool:
    """Whether a quotation follows the cue: then the words before the cue are no speech."""
    for word in context.words[first : min(high, first + 3)]:
        if word.lower in {"and", "but"} or word.text == ",":
            # "The shop was shut, Lee said, “and nobody came”".
            return False
        if word.kind == "open" or word.text == ":":
            return True
    return False


def _tag_ends(context: Context, first: int, high: int) -> bool:
    """Whether a tag is over: adjuncts only, up to the end, a comma or a new quotation."""
    described, before = False, ""
    # "… said when he opened the port": the occasion of the words.
    if first < high and context.words[first].lower in _OCCASIONS:
        return True
    for word in context.words[first:high]:
        if word.kind == "open" or word.text in _TAG_BREAKS:
            return True
        verb = lex.looks_finite(word.lower) and not word.is_capital and not described
        described = word.lower in lex.DETERMINERS | _SENT_IN
        opens = word.lower == "that" and before not in lex.PREPOSITIONS
        if opens or (verb and word.lower not in lex.ISSUED):
            return False
        before = word.lower
    return True


def _another_speaks(context: Context, right: int, high: int) -> int | None:
    """Where somebody else begins in "…, the Post reports, and the complaint states that …"."""
    words, cues = context.words, context.cues
    for at in range(right + 1, min(high - _NEAR, _cited_until(context, right, high))):
        if words[at].lower != "and" or words[at - 1].text != ",":
            continue
        near = range(at + 2, min(high, at + _LONGEST_OUTER))
        cue = next((i for i in near if cues.is_cue(i, at + 1)), None)
        subject = context.phrases.before(cue, at + 1) if cue is not None else None
        if cue is None or subject is None or subject.agent.is_pronoun or subject.first != at + 1:
            return None
        return at + 1 if cues.content_after(cue, high) is not None else None
    return None


def _both_sides(
    context: Context, stretch: Stretch, left: int, *, right: int, links: tuple[Link, ...]
) -> list[Statement]:
    """The words before a tag, and the speech or the remark that goes on after it."""
    said, high = stretch.said_by(*links), stretch.high
    goes_on = after_tag(context, stretch, left, end=_tag_end(context, right, high), links=links)
    if goes_on is not None:
        return goes_on
    found = context.parse(said.part(stretch.low, left))
    another = _another_speaks(context, right, high)
    if another is not None:
        return found + context.parse(stretch.part(another, high))
    start = next((i for i in range(right, high) if context.words[i].kind == "open"), None)
    adding = context.index(sayings.PARTICIPLE_CUES, right, high)
    follows = "" if adding is None else context.words[min(adding + 1, high - 1)].lower
    # "…, referring to a letter" says nothing more.
    if adding is not None and follows != "to" and (start is None or adding < start):
        start = adding + 1 + (follows == "that")
    relative = context.index(_WHO, right, high)
    if start is not None:
        found += context.parse(said.part(start, high))
    elif relative is not None and context.cues.is_cue(left, stretch.low):
        # "said Lee, who owns a shop": the remark about the speaker is the article's own.
        found.append(context.statement(stretch.part(left + 1, high)))
    return found
