"""A settled claim as copy for a publishing system: HTML or Markdown, made of nothing internal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.domain.claim_parts import HopRecord
from app.domain.evidence_words import SourceType
from app.domain.findings import Finding, PublicReply, PublicRuling, PublicSource
from app.domain.words import Stance, TranslatedBy
from app.exporters.prose import (
    Block,
    Line,
    Paragraph,
    Points,
    Quote,
    Title,
    Words,
    as_html,
    as_markdown,
    paragraphs,
)

# Marks a sentence for the translators' tools; the voice translates it.
N_ = str

STANCES = {
    Stance.SUPPORTS: N_("Backs it"),
    Stance.REFUTES: N_("Contradicts it"),
    Stance.CONTEXT: N_("Context"),
}
TYPES = {
    SourceType.PRIMARY: N_("at first hand"),
    SourceType.SECONDARY: N_("at second hand"),
    SourceType.EXPERT: N_("an expert"),
    SourceType.OFFICIAL_DATA: N_("official data"),
    SourceType.MEDIA: N_("a report in the media"),
    SourceType.ACADEMIC: N_("a scholarly work"),
}
TRANSLATED = {
    TranslatedBy.HUMAN: N_("translated:"),
    TranslatedBy.MACHINE: N_("translated by a machine:"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The language of a copy: how it says our sentences, and how it writes a date."""

    say: Callable[[str], str] = str
    day: Callable[[str], str] = str


ENGLISH = Voice()


def html(finding: Finding, voice: Voice = ENGLISH) -> str:
    """The copy as HTML."""
    return as_html(blocks(finding, voice))


def markdown(finding: Finding, voice: Voice = ENGLISH) -> str:
    """The copy as Markdown."""
    return as_markdown(blocks(finding, voice))


def blocks(finding: Finding, voice: Voice) -> Iterator[Block]:
    """The copy, part by part; what is not known is left out."""
    yield Title(finding.text)
    yield from _origin(finding, voice)
    yield from _verdict(finding.ruling, voice)
    yield from _texts(voice.say(N_("Why")), _why(finding))
    yield from _texts(voice.say(N_("What we could not find out")), finding.not_known)
    yield from _points(voice.say(N_("Sources")), [_source(s, voice) for s in finding.sources])
    yield from _replies(finding, voice)
    yield from _points(
        voice.say(N_("Corrections")), [_correction(one, voice) for one in finding.corrections]
    )
    yield from _end(finding, voice)


def _named(name: str, line: Line) -> Paragraph:
    return Paragraph([Words(name, is_strong=True), Words(" "), *line])


def _origin(finding: Finding, voice: Voice) -> Iterator[Block]:
    if finding.hops:
        yield _named(voice.say(N_("Who said it:")), list(_chain(finding.hops, voice)))
    seen = finding.article_url or finding.seen_at_url
    name = finding.article_title or seen
    if name:
        line = [Words(name, url=seen)]
        if finding.article_publisher:
            line.append(Words(f", {finding.article_publisher}"))
        yield _named(voice.say(N_("Where it stands:")), line)
    said_on = finding.said_on or (finding.claimant.said_on if finding.claimant else None)
    if said_on:
        yield _named(voice.say(N_("When it was said:")), [Words(voice.day(said_on))])


def _chain(hops: tuple[HopRecord, ...], voice: Voice) -> Iterator[Words]:
    """From the one who made the claim back to the one nearest the reader."""
    for number, hop in enumerate(reversed(hops)):
        if number:
            yield Words(f", {voice.say(N_('according to'))} ")
        yield Words(hop.agent, url=hop.url)
        if hop.role:
            yield Words(f" ({hop.role})")


def _verdict(ruling: PublicRuling, voice: Voice) -> Iterator[Block]:
    asked = (
        (voice.say(N_("Was it said?")), ruling.attribution),
        (voice.say(N_("Is it so?")), ruling.content),
    )
    for question, label in asked:
        if label is not None:
            meaning = f": {label.definition}" if label.definition else ""
            yield _named(question, [Words(label.name, is_strong=True), Words(meaning)])
    if ruling.short_text:
        yield _named(voice.say(N_("In short:")), [Words(ruling.short_text)])
    yield from _texts(voice.say(N_("Conclusion")), (ruling.conclusion,))


def _why(finding: Finding) -> tuple[str, ...]:
    """The reasons, unless the conclusion says them in the same words."""
    return tuple(text for text in finding.why if text != finding.ruling.conclusion.strip())


def _texts(title: str, texts: tuple[str, ...]) -> Iterator[Block]:
    parts = [part for text in texts for part in paragraphs(text)]
    if parts:
        yield Title(title)
    yield from (Paragraph([Words(part)]) for part in parts)


def _points(title: str, lines: list[Line]) -> Iterator[Block]:
    if lines:
        yield Title(title)
        yield Points(lines)


def _source(source: PublicSource, voice: Voice) -> Line:
    if source.is_search:
        return _search(source, voice)
    stance = voice.say(STANCES[source.stance])
    if not source.is_named:
        return [Words(f"{stance}: "), Words(voice.say(N_("a source known to us")))]
    name = source.title or source.url or voice.say(N_("a source known to us"))
    line = [Words(f"{stance}: "), Words(name, url=source.url)]
    line += [Words(f", {part}") for part in _described(source, voice) if part]
    if source.quote:
        line.append(Words(f": “{' '.join(paragraphs(source.quote))}”"))
    if source.translated_by and source.quote_translation:
        words = " ".join(paragraphs(source.quote_translation))
        line.append(Words(f" ({voice.say(TRANSLATED[source.translated_by])} “{words}”)"))
    if source.interests:
        words = " ".join(paragraphs(source.interests))
        line.append(Words(f" ({voice.say(N_('Interests: %(text)s')) % {'text': words}})"))
    if source.archive_url:
        line += [Words(" "), Words(voice.say(N_("Saved copy")), url=source.archive_url)]
    return line


def _described(source: PublicSource, voice: Voice) -> tuple[str | None, ...]:
    """Who made it and when, how near it is to what it tells of, and where in it."""
    day = voice.day(source.published) if source.published else ""
    kind = voice.say(TYPES[source.source_type]) if source.source_type else ""
    return source.author, source.publisher, day, kind, source.locator


def _search(source: PublicSource, voice: Voice) -> Line:
    """That nothing was found is told as what it is: no page backs or contradicts the claim."""
    day = voice.day(source.searched_on or "")
    said = voice.say(N_("We searched for %(what)s on %(day)s (%(where)s) and found nothing."))
    told = said % {"what": source.title, "day": day, "where": source.locator}
    line = [Words(told)]
    if source.url:
        line += [Words(" "), Words(source.url, url=source.url)]
    return line


def _replies(finding: Finding, voice: Voice) -> Iterator[Block]:
    if finding.replies:
        yield Title(voice.say(N_("Asked for a reply")))
    for reply in finding.replies:
        yield Paragraph([Words(_answered(reply, voice))])
        if reply.answer is not None:
            yield Quote(reply.answer)


def _answered(reply: PublicReply, voice: Voice) -> str:
    if reply.answer is not None:
        return voice.say(N_("%(name)s said:")) % {"name": reply.whom}
    day = voice.day(reply.day or "")
    return voice.say(N_("%(name)s did not answer by %(day)s.")) % {"name": reply.whom, "day": day}


def _correction(ruling: PublicRuling, voice: Voice) -> Line:
    note = " ".join(paragraphs(ruling.public_note))
    return [Words(f"{voice.day(ruling.decided_on)}: ", is_strong=True), Words(note)]


def _end(finding: Finding, voice: Voice) -> Iterator[Block]:
    first = voice.day(finding.rulings[-1].decided_on)
    line = [Words(voice.say(N_("Checked on %(day)s.")) % {"day": first})]
    if finding.publisher_name:
        name = Words(f"{finding.publisher_name}.", url=finding.publisher_url)
        line = [name, Words(" "), *line]
    if finding.corrections_url:
        words = voice.say(N_("Something is wrong? Tell us."))
        line += [Words(" "), Words(words, url=finding.corrections_url)]
    yield Paragraph(line)
