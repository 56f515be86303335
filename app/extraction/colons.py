"""A quotation after a colon where no verb of saying stands: "Lee was blunt: “It sank.”"."""

from app.extraction.agents import looks_like_person
from app.extraction.statements import SHORTEST, Context, Statement, Stretch
from app.extraction.subjects import Subject

_ON = frozenset({"on"})
_LONGEST_NAME = 4
_LEADS = frozenset({"more", "from", "here's", "here", "is", "and", "via", "also", "then"})


def after_colon(context: Context, stretch: Stretch) -> list[Statement] | None:
    """Peel the subject of the sentence off a quotation that ends it."""
    words, low, high = context.words, stretch.low, stretch.high
    colon = next((at for at in range(low, high - 1) if words[at].text == ":"), None)
    if colon is None or words[colon + 1].kind != "open":
        return None
    named = _name_only(context, low, colon)
    closed = next((at for at in range(colon, high) if words[at].kind == "close"), high)
    short = colon - low < SHORTEST and named is None
    if short or high - closed > SHORTEST or not context.has_finite(colon, high):
        return None
    subject = named or context.phrases.leading(low, colon) or _speaker_on(context, low, colon)
    if (
        subject is None
        or (named is None and subject.first != low)
        or not _may_be_quoted(context, low, colon)
    ):
        return None
    agent = context.resolve(subject.agent, words[low].start)
    if agent is None or agent.kind not in {"person", "organisation"}:
        return None
    links = context.links(subject, "said", low)
    if not links:
        return None
    left = context.parse(stretch.part(low, colon))
    return left + context.parse(stretch.part(colon + 1, high).said_by(*links))


def _name_only(context: Context, low: int, colon: int) -> Subject | None:
    """The person in "Ann Lee: “It is slow.”" and "More from Ann Lee: “It is slow.”"."""
    words = context.words
    first = low
    while first < colon and words[first].lower in _LEADS:
        first += 1
    return (
        Subject(first, agent, colon)
        if looks_like_person(words[first:colon])
        and (agent := context.agent(first, colon)) is not None
        and agent.kind == "person"
        else None
    )


def _speaker_on(context: Context, low: int, colon: int) -> Subject | None:
    """The person in "Lee on the ferry: “It is slow.”"."""
    on = context.index(_ON, low + 1, min(colon, low + _LONGEST_NAME + 1))
    agent = context.agent(low, on) if on is not None else None
    if on is None or agent is None or (agent.kind != "person" and on - low > 1):
        return None
    return Subject(low, agent, on)


def _may_be_quoted(context: Context, low: int, colon: int) -> bool:
    """Whether nobody else is named before the colon who may be the one quoted."""
    return not any(word.is_capital for word in context.words[low + 3 : colon])
