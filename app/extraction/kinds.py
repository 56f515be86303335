"""What sort of statement a clause is, with the words that each sort rests on, and its marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.words import ClaimKind
from app.extraction import lexicon as lex
from app.extraction.candidate import Ground, Hop, Quantity
from app.extraction.marks import Uttered, marks, norm
from app.extraction.predicate import is_past_participle, predicate
from app.extraction.quotation import touching
from app.extraction.sentences import Span
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

_ORDER = [kind.value for kind in ClaimKind]
_LONGEST_GROUND = 60
_SHORTEST_QUOTED = 3

_CAUSAL = re.compile(
    r"\b(?:because(?: of)?|caus(?:e|ed|es|ing)|due to(?! (?:be|open|begin|start|appear|meet|take|return"
    r"|end|close|run|expire|vote|hear|decide|arrive|leave|play|speak|give|face|become|go|launch|make"
    r"|visit|host|hold|publish|finish|retire|report|come|join|sign|travel|resume|stand)\b)"
    r"|le(?:d|ads|ading|ad) to|result(?:s|ed|ing)? in|result(?:s|ed|ing) from|as a (?:result|consequence)"
    r"|the (?:result|consequence)s? of|linked to|thanks to|owing to|contribut(?:e|ed|es|ing) to|prevent(?:s|ed|ing)?"
    r"|blamed (?:on|for)|attribut(?:ed|able) to|stem(?:s|med|ming) from|triggered|sparked|prompted"
    r"|brought about|fuel(?:l)?ed by|driven by|on account of|the reason (?:for|why|that)"
    r"|(?:effect|effects|impact|influence) (?:of|on)|push(?:ed|es|ing) (?:up|down|prices|costs)"
    r"|responsible for|forc(?:ed|ing) (?:\w+ ){1,4}to)\b",
    re.IGNORECASE,
)
_NUMBER = (
    r"(?:[$£€]|\d|an? |half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty"
    r"|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|billions?)"
)
_TREND_END = r"(?= (?:by|from|(?:sharply|slightly|steadily|steeply|rapidly|further|again)\b|(?:to )?(?:about |nearly |almost )?[\d$£€]|since|over the|in the (?:first|second|third|fourth|last|past)))"
_GRADED = (
    r"(?:more|less|fewer|higher|lower|larger|smaller|bigger|greater|older|younger|faster|slower"
    r"|longer|shorter|cheaper|better|worse|stronger|weaker|earlier|later)"
)
_COMPARISON = re.compile(
    rf"\b(?:(?:more|less|fewer) (?!than)[\w-]+ than|(?!other|rather|later|sooner|earlier)\w+er than"
    rf"|(?:more|less|fewer|worse) than(?! {_NUMBER})|{_GRADED}(?: \w+){{1,5}} than(?! {_NUMBER})|(?:was|were|is|are) (?:flat|unchanged)|compared (?:to|with)|in comparison|relative to"
    r"|twice as|(?:twice|double|triple) (?:the|that|its|their|what)|half (?:that of|as|the (?:size|number|rate|price|amount|level|average|length|value))|times (?:more|higher|as|larger|the|that|what)"
    r"|as (?!well|soon|far|long|many|much|little|few|early|late|recently|low|high|of)\w+ as"
    r"|(?:rose|risen|increase[sd]?|increasing|decrease[sd]?|decreasing|doubled|tripled|trebled|quadrupled"
    r"|halved|soared|surged|plunged|plummeted|slumped|shrank|shrunk|dwindled|outnumber(?:s|ed)?|outpaced"
    r"|exceed(?:s|ed)?|surpass(?:es|ed)?|overt(?:ook|aken)|outperform(?:s|ed)?|worsened|(?:grew|grown)(?! up))"
    rf"|(?:fell|fallen|falls|rises|grows|dropped|drops|climbed|climbs|jumped|declined|declines|slipped|slowed|accelerated|eased|widened|narrowed|rebounded|recovered|edged (?:up|down)|cut){_TREND_END}"
    r"|(?:up|down) (?=\d)|(?:up|down) (?:from|by|on)|the same as|similar to|equal to"
    r"|(?:second|third|fourth|fifth)[- ](?:\w+est|most|least)"
    r"|(?:larg|bigg|high|low|small|long|short|old|young|deadli|fast|slow|cheap|rich|poor|strong|weak"
    r"|tall|deep|hott|cold|wett|dri|heavi|earli|busi|great|few)est|worst|the (?:most|least) (?!recent)\w+"
    r"|record (?:high|low|number|level|profit|loss|sum|amount|[$£€\d])|a record)\b",
    re.IGNORECASE,
)
_RULE_NOUN = (
    r"(?:laws?|bills?|measures?|proposals?|reforms?|legislation|acts?|statutes?|constitution|rules?|regulations?|ordinance|directive|decree"
    r"|code|treaty|by-?laws?|amendment|policy|guidelines?|guidance|provisions?|charter|mandate|order)"
)
_DEONTIC = (
    r"(?:requires?|required|ban(?:s|ned)?|bar(?:s|red)?|prohibit(?:s|ed)?|forbids?|forbade|allow(?:s|ed)?"
    r"|permit(?:s|ted)?|oblige[sd]?|mandate[sd]?|criminali[sz]e[sd]?|outlaw(?:s|ed)?|restrict(?:s|ed)?"
    r"|limit(?:s|ed)?|entitle[sd]?|guarantee[sd]?|exempt(?:s|ed)?|makes? it (?:illegal|a crime|an offence))"
)
_RULE = re.compile(
    rf"\b(?:{_RULE_NOUN}\b(?: [^\s,;]+){{0,6}}? (?P<ground>{_DEONTIC})\b"
    r"|(?P<plain>(?:illegal|unlawful|against the law|a criminal offen[cs]e|a crime) (?:to|for|in|under)"
    r"|against the law|required by law|(?:is|are|be|being|been) (?:not )?(?:allowed|permitted|required"
    r"|obliged|entitled|forbidden) (?:to|by)|(?:is|are|be|being|been) (?:prohibited|banned|barred) from"
    r"|violat(?:e|es|ed|ing) (?:\w+ ){0,4}"
    rf"{_RULE_NOUN}|under (?:[^\s,;]+ ){{0,4}}?(?:laws?|act|rules|regulations|legislation|constitution"
    r"|statute|treaty))\b)",
    re.IGNORECASE,
)
_MUST = re.compile(r"\b(?:must(?: not)?|mustn[’']t|may not) [a-z]+", re.IGNORECASE)
_STANCES = word_set("""urges urged urging demands demanded demanding supports supported backs backed opposes
    opposed favours favors favoured favored welcomes welcomed condemns condemned criticises criticizes
    criticised criticized endorses endorsed insists insisted argues argued objects objected disagrees
    disagreed recommends recommended advocates advocated prefers preferred support oppose back favour
    favor welcome condemn criticise criticize endorse argue object disagree recommend advocate prefer
    want wants denounced denounces deplored praised praises""")
_POSITION_CUES = word_set("""urges urged advises advised recommends recommended argues argued argue arguing contends
    contended insists insisted""")
_STATES = lex.AUXILIARIES | word_set("""remains remained remain owns owned costs cost contains contained includes
    included include requires required knows knew know wants wanted want needs needed need seems
    seemed appears appeared believes believed belongs belonged consists consisted depends depended
    exists existed lies lacks lacked means meant represents represented owes owed weighs weighed
    measures measured equals suggests suggested accounts accounted stands stood lives lived holds
    held keeps feels felt thinks thought hopes hoped expects expected fears feared prefers preferred
    likes liked loves loved hates hated plans planned intends intended aims aimed rose fell grew
    rises falls grows increased decreased declined dropped climbed soared surged plunged slumped
    opposes supports backs favours favors demands urges insists argues objects endorses advocates
    recommends disagrees faces faced face
    doubled tripled halved estimated concerned involved supposed interested used""")


@dataclass(frozen=True, slots=True)
class Nature:
    """The kinds of a clause, the words that each rests on, and its marks."""

    kinds: tuple[str, ...]
    grounds: tuple[Ground, ...]
    marks: tuple[str, ...]


def nature(
    text: str,
    span: Span,
    words: Sequence[Token],
    *,
    hops: tuple[Hop, ...] = (),
    quantities: tuple[Quantity, ...] = (),
    quoted: tuple[Span, ...] = (),
) -> Nature:
    """What sort of statement ``text[span.start:span.end]`` is; always at least one kind.

    ``words`` are the tokens of the span, ``quoted`` the quotations of its paragraph.
    """
    quote = text[span.start : span.end]
    after = text[span.end : span.end + 2]
    uttered = Uttered(quote, words, span.start, hops, after, predicate(words))
    marked = marks(uttered)
    found = {kind: said for kind, said in _kinds(uttered, marked) if said}
    if hops:
        spoken = _spoken(text, span, quoted)
        if spoken:
            found["quotation"] = spoken
    grounds = [Ground("quantity", raw) for raw in dict.fromkeys(q.raw for q in quantities)]
    if not found and not grounds:
        found["event"] = uttered.verb_words
    grounds += [Ground(kind, shortened(said)) for kind, said in found.items()]
    grounds.sort(key=lambda ground: _ORDER.index(ground.kind))
    kinds = tuple(dict.fromkeys(ground.kind for ground in grounds))
    return Nature(kinds, tuple(grounds), tuple(marked))


def _kinds(uttered: Uttered, marked: dict[str, str]) -> list[tuple[str, str | None]]:
    rule = _ruled(uttered)
    return [
        ("event", _happened(uttered)),
        ("causal", _first(_CAUSAL, uttered.quote)),
        ("comparison", _first(_COMPARISON, uttered.quote)),
        ("rule", rule),
        ("position", marked.get("opinion") or _stance(uttered)),
        ("forecast", marked.get("forecast") or marked.get("promise")),
    ]


def _first(pattern: re.Pattern[str], quote: str) -> str | None:
    found = pattern.search(quote)
    return found[0].strip() if found else None


def _happened(uttered: Uttered) -> str | None:
    """The verb, where the clause tells what somebody did or what happened."""
    if uttered.verb is None:
        return None
    first, main = (uttered.words[at] for at in (uttered.verb.first, uttered.verb.main))
    if main.lower in _STATES:
        return None
    is_alone = main is first
    helped = first.lower in lex.BE | {"has", "have", "had", "did", "didn't", "wasn't", "weren't"}
    done = is_past_participle(main) or main.lower.endswith("ing")
    is_done = is_alone or (helped and (done or first.lower.startswith("did")))
    return uttered.verb_words if is_done else None


def _ruled(uttered: Uttered) -> str | None:
    """Words that say what a law or a rule asks or forbids."""
    found = _RULE.search(uttered.quote)
    if found:
        return found["ground"] or found["plain"]
    must = _MUST.search(uttered.quote)
    heads = uttered.heads()
    # What a person says must be done is a wish; what the article or an office says is a rule.
    return must[0] if must and heads and not norm(uttered, heads[0]) else None


def _stance(uttered: Uttered) -> str | None:
    """Words that say where somebody stands."""
    if uttered.cue() & _POSITION_CUES:
        return uttered.verb_words
    if uttered.verb is None:
        return None
    words, at = uttered.words, uttered.verb.main
    follows = words[at + 1].lower if at + 1 < len(words) else ""
    if words[at].lower in {"called", "calls", "calling", "call"} and follows in {"for", "on"}:
        return uttered.said(uttered.verb.first, at + 2)
    return uttered.verb_words if words[at].lower in _STANCES else None


def _spoken(text: str, span: Span, quoted: tuple[Span, ...]) -> str | None:
    """The longest stretch of the clause that stands in quotation marks, if it is more than a word."""
    inside = [(max(q.start, span.start), min(q.end, span.end)) for q in touching(quoted, span)]
    start, end = max(inside, key=lambda part: part[1] - part[0], default=(0, 0))
    words = text[start:end].strip(" \t\n,") if end > start else ""
    return words if len(words.split()) >= _SHORTEST_QUOTED else None


def shortened(said: str) -> str:
    """The first words of what is long, cut behind a word."""
    if len(said) <= _LONGEST_GROUND:
        return said
    cut = said[: _LONGEST_GROUND + 1]
    return cut.rsplit(maxsplit=1)[0] if len(cut.split()) > 1 else said[:_LONGEST_GROUND]
