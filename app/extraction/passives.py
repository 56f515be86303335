"""Speech in the passive: "was quoted by X as saying", "is accused by X of", "was told by X that"."""

from dataclasses import replace

from app.extraction import lexicon as lex
from app.extraction import sayings
from app.extraction.agents import agent_of, looks_like_person, may_speak
from app.extraction.documents import origin
from app.extraction.openings import past_time
from app.extraction.relays import relays
from app.extraction.statements import SHORTEST, Context, Link, Statement, Stretch
from app.extraction.subjects import Subject
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

# "recalled Lee saying that …": no "as" in between.
_HEARD = word_set("""heard overheard recalled recalls remembered remembers recorded filmed caught has show shows showed
    captured captures have had""")
QUOTED = _HEARD | word_set("quoted quotes quote cited cites reported seen paraphrased described")
_TOLD = word_set(
    """told informed warned advised assured reassured reminded notified persuaded convinced alerted
    promised instructed"""
)
# "was given to understand by X that".
_GIVEN = frozenset({"given", "led"})
_JUDGED = word_set("""accused blamed criticised criticized praised described called condemned denounced dismissed
    branded labelled labeled hailed said reported claimed believed thought considered estimated
    alleged expected suspected seen viewed regarded deemed dubbed hailed mocked urged asked""")
_STATED = word_set("""reported claimed alleged said argued suggested noted estimated announced confirmed believed
    revealed disclosed feared""")
_REFUTED = word_set(
    "denied rejected disputed dismissed refuted contested rubbished challenged rebutted echoed"
)
_CLAIMS = word_set("""claim claims allegation allegations accusation accusations charge charges assertion assertions
    report reports rumour rumours rumor rumors story stories
    account accounts version suggestion suggestions""")
# "The claim was denied by Lee"; a request is refused and not disputed.
_DENIED = word_set("denied disputed refuted contested")
_ASKED_FOR = word_set("""request requests motion motions application applications appeal appeals bail visa visas permit
    permits licence license access entry bid bids asylum parole petition leave service""")
PASSIVES = QUOTED | _DENIED | _TOLD | _GIVEN | _JUDGED | _STATED | _REFUTED
_FARTHEST_BY = 6
_LONGEST_AGENT = 10
_FARTHEST_AS = 14
# "by its supplier": the supplier, whoever "it" is.
_OWNERS = frozenset({"its", "their"})
_ADJUNCTS = word_set("in at on during over as by")
_AGENT_ENDS = word_set(
    "that of to as for on in at when after during over because and but who which"
)


def passive(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read a participle that says who spoke, or who is quoted."""
    quoted = _quoted_as(context, stretch, at)
    if quoted is not None or not _is_passive(context, stretch, at):
        return quoted
    by = _by(context, at, stretch.high)
    if by is None:
        return None
    end = _agent_end(context, by + 1, stretch.high)
    if context.words[at].lower in _TOLD:
        end = _up_to_that(context, by + 1, end, high=stretch.high)
    named, after = _named_instead(context, by + 1, end, high=stretch.high)
    link = _spoken_by(context, *named, at=at)
    return _said_by(context, stretch, at, end=after, link=link) if link else None


def _up_to_that(context: Context, first: int, end: int, *, high: int) -> int:
    """The end of a longer name right before "that": "by the head of the office for roads that"."""
    for i in range(first + 1, min(high, first + _LONGEST_AGENT)):
        word = context.words[i].lower
        if word == "that":
            return i
        if word not in {"of", "for"} and word in lex.PREPOSITIONS | lex.CONJUNCTIONS | {","}:
            return end
    return end


def _named_instead(
    context: Context, first: int, end: int, *, high: int
) -> tuple[tuple[int, int], int]:
    """The name in "by the owner, Ann Lee, that", and where the words about the source end."""
    words = context.words
    if end >= high or words[end].text != ",":
        return (first, end), end
    comma = context.index(frozenset({","}), end + 1, min(high, end + _LONGEST_AGENT))
    if comma is None:
        return (first, end), end
    if looks_like_person(words[end + 1 : comma]):
        return (end + 1, comma), comma + 1
    return (first, end), comma + 1


def _said_by(
    context: Context, stretch: Stretch, at: int, *, end: int, link: Link
) -> list[Statement] | None:
    """What a source says in the passive that ends at ``end``."""
    lower = context.words[at].lower
    that = _past_adjuncts(context, end, stretch.high)
    follows = context.words[that].lower if that < stretch.high else ""
    told = lower in _TOLD | _GIVEN or (lower in _STATED and _is_it(context, stretch, at))
    if told and follows == "that" and that + 2 < stretch.high:
        return context.parse(stretch.part(that + 1, stretch.high).said_by(link))
    if lower in _TOLD and follows == "to" and that == end and that + SHORTEST < stretch.high:
        return [context.statement(stretch.part(that, stretch.high).said_by(link))]
    if lower in _REFUTED and _is_claim(context, stretch, at) and follows in {"", ",", "and"}:
        return [context.statement(stretch.said_by(link))]
    if lower in _DENIED:
        asked = any(word.lower in _ASKED_FOR for word in context.words[stretch.low : at])
        near = context.words[at + 1].lower == "by"
        return [context.statement(stretch.said_by(link))] if near and not asked else None
    if lower in _JUDGED and follows in {"of", "for", "to", "as", ""}:
        return [context.statement(stretch.said_by(link))]
    return None


def _is_claim(context: Context, stretch: Stretch, at: int) -> bool:
    """Whether what was denied or rejected is a claim, and not a loan or a plan."""
    near = context.words[stretch.low : at]
    nested = any(word.lower == "that" for word in near)
    return not nested and any(word.lower in _CLAIMS for word in near)


def _past_adjuncts(context: Context, end: int, high: int) -> int:
    """Past "on Friday" and "in a closed meeting last week", up to "that"."""
    at = past_time(context.words, end, high)
    for i in range(at, min(high, at + _LONGEST_AGENT)):
        word = context.words[i]
        if word.lower == "that":
            return i
        described = context.words[i - 1].lower in lex.DETERMINERS | {"the"}
        finite = lex.looks_finite(word.lower) and not word.is_capital and i > at and not described
        if finite or word.kind in {"open", "close"} or (i == at and word.lower not in _ADJUNCTS):
            break
    return at


def _is_passive(context: Context, stretch: Stretch, at: int) -> bool:
    before = at - 1
    while before > stretch.low and context.words[before].lower in lex.ADVERBS:
        before -= 1
    return before > stretch.low and context.words[before].lower in lex.BE


def _is_it(context: Context, stretch: Stretch, at: int) -> bool:
    return any(context.words[i].lower == "it" for i in range(max(stretch.low, at - 4), at))


def _by(context: Context, at: int, high: int) -> int | None:
    for i in range(at + 1, min(high - 1, at + _FARTHEST_BY)):
        word = context.words[i]
        if word.lower == "by":
            return i
        to = word.lower == "to" and context.words[at].lower in _GIVEN
        if word.text == "," or word.kind in {"open", "close"}:
            return None
        if word.lower in lex.PREPOSITIONS and not to:
            return None
    return None


def _agent_end(context: Context, first: int, high: int) -> int:
    for i in range(first, min(high, first + _LONGEST_AGENT)):
        word = context.words[i]
        after = context.words[i + 1] if i + 1 < high else None
        inside = word.lower in {"of", "in", "for"} and i > first and after is not None
        named = inside and after is not None and after.is_capital
        if named and context.words[i - 1].is_capital and not _is_date(after):
            continue
        if word.lower in _AGENT_ENDS or word.kind in {"open", "close"} or word.text in {",", "."}:
            return i
    return min(high, first + _LONGEST_AGENT)


def _is_date(word: Token | None) -> bool:
    return word is not None and word.lower in lex.MONTHS | lex.DAYS


def _spoken_by(context: Context, first: int, end: int, *, at: int) -> Link | None:
    """The source of a participle, named after "by"."""
    phrase = origin(context.words[first + (context.words[first].lower in _OWNERS) : end]).source
    agent = agent_of(phrase, context.text) if phrase else None
    if agent is None or not may_speak(agent, context.words[first:end], "accused"):
        return None
    if context.words[first].lower in _OWNERS:
        agent = replace(agent, indefinite=True)
    if agent.kind == "unnamed" and phrase[-1].lower.endswith("ing"):
        return None
    cue = f"{context.words[at].lower} by"
    link = context.source(agent, phrase, cue=cue, at=context.words[at].start)
    return link if link and not link.agent.is_pronoun else None


def _quoted_as(context: Context, stretch: Stretch, at: int) -> list[Statement] | None:
    """Read "was quoted by Y as saying …" and "Y quoted X as saying …"."""
    saying = _as_saying(context, at, stretch.high)
    if saying is None:
        return None
    content = context.cues.content_after(saying, stretch.high)
    chain = quoted_chain(context, stretch, at, saying=saying)
    if content is None or not chain:
        return None
    outer = relays(context, Stretch(stretch.low, content), saying)
    return context.parse(stretch.part(content, stretch.high).said_by(*outer, *chain))


def _as_saying(context: Context, at: int, high: int) -> int | None:
    """Where "saying" stands in "quoted … as saying"."""
    if context.words[at].lower not in QUOTED:
        return None
    for i in range(at + 1, min(high - 1, at + _FARTHEST_AS)):
        word, follows = context.words[i].lower, context.words[i + 1].lower
        if word == "as" and follows in sayings.PARTICIPLE_CUES:
            return i + 1
        if word in sayings.PARTICIPLE_CUES and _is_heard(context, at, i):
            return i
        if word in {",", "that"}:
            return None
    return None


def _is_heard(context: Context, at: int, saying: int) -> bool:
    """Whether somebody stands between the verb and "saying": "has the pilot saying"."""
    if context.words[at].lower not in _HEARD:
        return False
    between = context.words[at + 1 : saying]
    verb = any(lex.looks_finite(w.lower) and not w.is_capital for w in between)
    return not verb and not any(w.lower in lex.PREPOSITIONS for w in between[-1:])


def quoted_chain(
    context: Context, stretch: Stretch, at: int, *, saying: int | None = None
) -> tuple[Link, ...]:
    """Who is quoted and by whom, for "quoted" at ``at`` before "as saying"."""
    words = context.words
    saying = _as_saying(context, at, stretch.high) if saying is None else saying
    subject = context.phrases.before(verb_of(context, stretch, at), stretch.low)
    if saying is None or subject is None:
        return ()
    cue = " ".join(word.lower for word in (words[at], *words[saying - 1 : saying + 1]))
    if _is_passive(context, stretch, at):
        links = context.links(subject, cue, saying)
        if words[at + 1].lower != "by" or not links:
            return links
        outlet = _spoken_by(context, at + 2, saying - 1, at=at)
        return (_relaying(outlet), *links) if outlet else links
    last = saying - (words[saying - 1].lower == "as")
    agent = context.agent(at + 1, last) if last > at + 1 else None
    if agent is None:
        return ()
    speaker = context.links(Subject(at + 1, agent, last), cue, saying)
    outer = context.links(subject, words[at].lower, at)
    return (*map(_relaying, outer), *speaker) if outer and speaker else ()


def verb_of(context: Context, stretch: Stretch, at: int) -> int:
    """The form of "be" before a participle, else the verb itself."""
    if not _is_passive(context, stretch, at):
        return at
    return next(i for i in range(at - 1, stretch.low, -1) if context.words[i].lower in lex.BE)


def _relaying(link: Link) -> Link:
    return Link(link.agent, link.cue, link.at, relays=True, named=link.named)
