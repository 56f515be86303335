"""Lines of a page that are not its article: headings, links, prompts, credits, summaries."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from app.extraction.sentences import Paragraph

_BULLET = re.compile(r"\A\s*+[•◦▪●‣*·–-]\s++")
_SUMMARY_HEAD = re.compile(
    r"(?:the\s+)?(?:key\s+(?:points|takeaways|facts|findings)|highlights|at a glance|in brief|summary"
    r"|what (?:you need )?to know|takeaways|the gist|quick read|tl;?dr|in this (?:article|story)"
    r"|story highlights|main points|top lines?)\s*:?$",
    re.IGNORECASE,
)
_LINK_HEAD = re.compile(
    r"(?:related(?: (?:articles?|stor(?:y|ies)|content|topics|links|coverage))?|read (?:more|also|next)"
    r"|also read|see also|more on this(?: story)?|more (?:from|like this|stories)|recommended"
    r"|you (?:may|might) (?:also )?like|don[’']t miss|most (?:read|popular)|trending|watch|listen"
    r"|editors?[’']? (?:picks?|choice)|up next|further reading|more:?)\s*:?$",
    re.IGNORECASE,
)
_LINK_LINE = re.compile(
    r"(?:read (?:more|also|next|the full)|also read|see also|related|more|watch|opinion|listen"
    r"|profile|timeline|explainer|analysis|live|video|gallery|in pictures)\s?[:|»>]\s?\S",
    re.IGNORECASE,
)
_PROMPT = re.compile(
    r"\b(?:sign up (?:for|to|here|now)|subscribe (?:to|now|here|for)|click (?:here|the)|follow us"
    r"|(?:like|find) us on|download (?:the|our) \w*\s?app|join the conversation|looking for comments"
    r"|(?:leave|post|add|view|find|read) (?:a |the |your |all )?comments?|get (?:the|our) (?:latest|best"
    r"|daily|free)|all rights reserved|this (?:article|story|post|report) (?:was (?:originally|first"
    r"|updated|corrected|produced)|has been (?:updated|corrected)|originally appeared|may not be)"
    r"|in your inbox|our newsletter|this newsletter|share this|advertisement|sponsored content|cookies?"
    r" policy|terms of (?:use|service)|privacy policy|support our journalism|become a member|donate"
    r" (?:now|today)|scroll (?:down|to)|story continues below|continue reading|skip (?:to|past)"
    r"|contributed to this (?:report|story|article)|send (?:us )?(?:your )?tips?|got a (?:tip|story)"
    r"|do you have a (?:tip|story)|if you or someone you know)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:©|\(c\)\s|copyright\b|photo(?:graph)?s?(?: credit| by|:)|image(?: credit| source|s?:)"
    r"|(?:main|featured|top|cover|lead) (?:image|photo)|pictured?:|picture:|file (?:photo|image|pic)"
    r"|credit:|caption|reporting by|editing by|additional reporting|writing by|with files from"
    r"|graphic:|source:|published|updated|last (?:updated|modified)|posted (?:on|at)|first published"
    r"|correction:|editor[’']s note|note:|disclaimer|follow \w+ on twitter"
    r"|by\s+(?:[A-Z][\w.’'-]+\s*){1,4}(?:$|,|\||and\s))",
    re.IGNORECASE,
)
_CREDIT_END = re.compile(
    r"(?:\((?:[^()]*\b(?:getty|reuters|ap|afp|shutterstock|photo|file|images?|epa|pa)\b[^()]*)\)"
    r"|(?:getty images|shutterstock|via (?:ap|getty|reuters)|/\s?(?:ap|afp|reuters|getty))[^.]{0,20})\.?$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"[—–-]{1,2}\s?[^\s].{0,60}$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
# A post ends in its picture: "We lost. pic.twitter.com/ab12".
_LAST_LINK = re.compile(r"(?<=[.!?…”\"]) (?:https?://|pic\.twitter\.com/|t\.co/)\S+$")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"”’')\]»]*$|[\"”»]$")
_SPEECH_START = '"“‘«'
_LONGEST_HEADING = 16
_SHORTEST_POST = 6
_LONGEST_QUESTION = 14
_WORD = re.compile(r"[^\W\d_]{4,}|\d[\d.,]*")
_SAME_WORDS = 0.6
# What is longer is prose, or nothing that a pattern for short lines should walk over.
_LONGEST_FURNITURE = 2_000
# More bullets are a list that the article is made of, and no summary of it.
_MOST_BULLETS = 100


@dataclass(frozen=True, slots=True)
class Sorted:
    """The paragraphs of a page: those of the article, and bullets that say them in short."""

    body: tuple[Paragraph, ...]
    summary: tuple[Paragraph, ...]


def sort_out(text: str, paragraphs: Sequence[Paragraph], posts: Set[int] = frozenset()) -> Sorted:
    """Tell the article itself from the lines around it and from its own summary.

    Args:
        text: the article.
        paragraphs: its paragraphs, each line of it.
        posts: those which are somebody's post; they need no full stop to belong to the article.
    """
    lines = [text[p.start : p.end] for p in paragraphs]
    links = _link_lines(lines)
    dropped = links | _summaries(lines)
    said = {at for at in posts if at < len(lines) and len(lines[at].split()) >= _SHORTEST_POST}
    dropped |= {at for at, line in enumerate(lines) if at not in said and is_furniture(line)}
    body = [at for at in range(len(lines)) if at not in dropped and not _BULLET.match(lines[at])]
    repeats = _repeats(lines, [at for at in range(len(lines)) if at not in dropped], body)
    # A bullet is often a line without a full stop, which by itself looks like a heading.
    bullets = {at for at in dropped - links | repeats if _BULLET.match(lines[at])}
    return Sorted(
        tuple(p for at, p in enumerate(paragraphs) if at not in dropped | repeats),
        tuple(paragraphs[at] for at in sorted(bullets)),
    )


def is_furniture(line: str) -> bool:
    """Whether a line by itself can be told from a sentence of the article."""
    plain = _LAST_LINK.sub("", _BULLET.sub("", line, count=1)).strip() or line.strip()
    if not any(letter.isalpha() for letter in plain) or _ADDRESS.match(plain):
        return True
    if len(plain) > _LONGEST_FURNITURE:
        return False
    words = len(plain.split())
    if words <= 40 and (_PROMPT.search(plain) and not plain.startswith(tuple(_SPEECH_START))):
        return True
    if _CREDIT.match(plain) or _LINK_LINE.match(plain) or _SIGNATURE.match(line.strip()):
        return words <= 30
    return _is_heading(plain, words) or (words <= 40 and bool(_CREDIT_END.search(plain)))


def _is_heading(plain: str, words: int) -> bool:
    if plain.startswith(tuple(_SPEECH_START)) and words > 4:
        return False
    if (
        plain.endswith("?")
        and words <= _LONGEST_QUESTION
        and "," not in plain
        and ". " not in plain
    ):
        return True
    return words <= _LONGEST_HEADING and not _SENTENCE_END.search(plain)


def _link_lines(lines: Sequence[str]) -> set[int]:
    """A "Related" line and the headlines under it."""
    found: set[int] = set()
    was_head = listed = False
    for at, line in enumerate(lines):
        plain = line.strip()
        goes_on = (was_head or listed) and not plain.endswith((".", "”", '"'))
        listed = goes_on and (was_head or _is_heading(plain, len(plain.split())))
        was_head = bool(_LINK_HEAD.match(plain))
        if was_head or listed:
            found.add(at)
    return found


def _summaries(lines: Sequence[str]) -> set[int]:
    """A "Key points" line and the bullets under it: the article says them again in full."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if _SUMMARY_HEAD.match(line.strip()):
            found.add(at)
            after = at + 1
            while after < len(lines) and _BULLET.match(lines[after]):
                found.add(after)
                after += 1
    return found


def _repeats(lines: Sequence[str], kept: Sequence[int], body: Sequence[int]) -> set[int]:
    """Bullets most of whose words stand in one paragraph of the body."""
    bullets = [at for at in kept if _BULLET.match(lines[at])]
    if len(bullets) > _MOST_BULLETS:
        return set()
    bags = [telling_words(lines[at]) for at in body]
    found: set[int] = set()
    for at in bullets:
        words = telling_words(lines[at])
        if words and any(len(words & bag) >= _SAME_WORDS * len(words) for bag in bags):
            found.add(at)
    return found


def telling_words(line: str) -> set[str]:
    """The words and figures by which two lines are known to say the same."""
    return {word.lower() for word in _WORD.findall(line)}
