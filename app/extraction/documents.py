"""Who stands behind a document: its publisher, and the outlet that saw it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from app.extraction import lexicon as lex
from app.extraction import outlet_names
from app.extraction.agents import bare
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

# "documents seen by X", "analysts polled by X": X passes their words on.
_TAKEN = word_set("""seen obtained viewed reviewed leaked acquired examined heard accessed cited quoted polled surveyed
    interviewed canvassed consulted contacted translated verified reported""")
# "a report published by X": the words are X's.
# "a memo leaked to X".
_PASSED = word_set("leaked given provided shown sent supplied")
_MADE = word_set("""published released issued conducted led compiled commissioned carried produced written filed
    posted sent signed collected gathered prepared authored run done made shared drafted out""")
_TIMES = (
    lex.DAYS | lex.MONTHS | word_set("on today yesterday this last earlier late early in tonight")
)
_ENDS = word_set(
    "to about on over published released into against with that who which seen obtained"
)
# The court or the platform that a document lies with does not say what is in it.
_HELD_ELSEWHERE = word_set("""filing filings complaint indictment lawsuit affidavit transcript document documents record
    records post posts tweet tweets video videos memo memos
    message messages letter letters email emails e-mail e-mails log logs recording recordings tape""")
# "the office release", "company figures": whoever stands before speaks in them.
_OWN_WORDS = word_set("release statement announcement figures data estimates estimate blog readout")
# "city figures", "state data": no city speaks.
_PLACES = word_set("city state county district town health census")
_FIGURES = word_set("figures data estimates records")
_KINDS_OF_OUTLET = outlet_names.NOUNS | {"news", "tv", "television", "radio"}
_NAMELESS = word_set("unnamed anonymous unidentified")
_UNNAMED = _NAMELESS | {"a", "an", "the"}
_COURTS = {"news", "court", "courts", "internal", "official", "new", "recent"}
_LONGEST_BETWEEN = 2
_LETTERS = word_set("letter letters email e-mail memo message note tweet post")
_WRITERS = lex.SPEAKERS | lex.ORGANISATION_WORDS | lex.BODY_WORDS | lex.COMPANY_WORDS
_LONGEST_MAKER = 6
_IN_NAMES = frozenset({"paper", "papers", "post", "posts", "message", "leaf", "records"})


class Origin(NamedTuple):
    """The tokens that name the source, and those that name an outlet between it and the reader."""

    source: Sequence[Token]
    relay: Sequence[Token] = ()


def origin(phrase: Sequence[Token]) -> Origin:
    """Whose words a noun phrase stands for: the institute of "a report by the institute"."""
    phrase = _unlabelled(phrase)
    taken = _by(phrase, _TAKEN | _PASSED)
    relay = phrase[taken + 2 :] if taken is not None else ()
    if relay and any(token.is_capital for token in relay):
        return Origin(_publisher(_trimmed(phrase[:taken])), _trimmed(relay))
    return Origin(_publisher(phrase))


def _unlabelled(phrase: Sequence[Token]) -> Sequence[Token]:
    """The name in "state news agency EFE", and "engineer" of "an unnamed engineer"."""
    for at, token in enumerate(phrase[:-1]):
        labels = token.lower in outlet_names.NOUNS and not token.is_capital
        if labels and all(t.is_capital for t in phrase[at + 1 :]):
            return phrase[at + 1 :]
    if len(phrase) > 1 and phrase[-1].lower in outlet_names.NOUNS:
        named = [t for t in phrase if t.is_capital and t.lower not in {"a", "an", "the"}]
        last = phrase.index(named[-1]) if named else 0
        if named and all(t.lower in _KINDS_OF_OUTLET for t in phrase[last + 1 :]):
            return phrase[: last + 1]
    first = next((at for at, t in enumerate(phrase) if t.lower not in _UNNAMED), 0)
    labelled = any(token.lower in _NAMELESS for token in phrase[:first])
    return phrase[first:] if labelled else phrase


def _by(phrase: Sequence[Token], participles: frozenset[str]) -> int | None:
    """Where one of the participles stands right before "by"."""
    return next(
        (
            at
            for at in range(1, len(phrase) - 2)
            if phrase[at].lower in participles
            and phrase[at + 1].lower == ("to" if phrase[at].lower in _PASSED else "by")
        ),
        None,
    )


def _publisher(phrase: Sequence[Token]) -> Sequence[Token]:
    made = _made_by(phrase)
    if made:
        return made
    head = _head(phrase)
    if head is None:
        return phrase
    return (
        _named_after(phrase, head) or _owner(phrase[:head], phrase[head]) or _undated(phrase, head)
    )


def _made_by(phrase: Sequence[Token]) -> Sequence[Token]:
    """Who made it in "a report the ministry published", "a memo that Lee wrote for her staff"."""
    for at, token in enumerate(phrase[:-2]):
        first = at + 1 + (phrase[at + 1].lower in {"that", "which"})
        if bare(token) not in lex.DOCUMENT_WORDS or first + 1 >= len(phrase):
            continue
        if not (phrase[first].is_capital or phrase[first].lower in lex.DETERMINERS | {"the"}):
            continue
        near = range(first + 1, min(len(phrase), first + _LONGEST_MAKER))
        made = next((i for i in near if phrase[i].lower in _MADE | {"wrote"}), None)
        if made is not None and not any(w.lower in lex.PREPOSITIONS for w in phrase[first:made]):
            helped = phrase[made - 1].lower in {"has", "have", "had"}
            return phrase[first : made - helped]
    return ()


def is_document(phrase: Sequence[Token]) -> bool:
    """Whether a noun phrase has a document at its head."""
    return _head(phrase) is not None


def _head(phrase: Sequence[Token]) -> int | None:
    """The document at the head of a phrase."""
    stop = next(
        (
            at
            for at, token in enumerate(phrase)
            if at and (token.lower in lex.PREPOSITIONS | _MADE or token.text == ",")
        ),
        len(phrase),
    )
    found = [at for at in range(stop) if _is_paper(phrase, at)]
    return found[-1] if found and found[-1] == stop - 1 else None


def _is_paper(phrase: Sequence[Token], at: int) -> bool:
    """Whether a word means a document, and is no part of a firm's name: "Harbour Paper"."""
    if bare(phrase[at]) not in lex.DOCUMENT_WORDS:
        return False
    named = at > 0 and phrase[at].is_capital and phrase[at - 1].is_capital
    return not (named and bare(phrase[at]) in _IN_NAMES)


def _named_after(phrase: Sequence[Token], head: int) -> Sequence[Token]:
    """Who is named after "by" or "from": "figures released by the ministry on Monday"."""
    spoken = bare(phrase[head]) in _OWN_WORDS | _LETTERS
    writers = _WRITERS if spoken else lex.SPEAKERS
    for at in range(head + 1, len(phrase) - 1):
        if phrase[at].lower not in {"by", "from"}:
            continue
        first = at + 1
        after = range(first + 1, len(phrase))
        end = next((i for i in after if _ends_name(phrase, i)), len(phrase))
        named = phrase[first:end]
        links = (i for i in range(1, len(named)) if named[i].lower in lex.NOUN_LINKS)
        noun = named[next(links, len(named)) - 1]
        if any(token.is_capital for token in named) or bare(noun) in writers:
            return () if named[0].lower in _TIMES else named
    return ()


def _ends_name(phrase: Sequence[Token], at: int) -> bool:
    """Whether a name ends before a token: before "to", ",", "from public logs", "in May"."""
    token = phrase[at]
    if token.lower in _ENDS or token.text == "," or token.lower in lex.DAYS:
        return True
    if token.lower not in lex.PREPOSITIONS - {"of"} or at + 1 >= len(phrase):
        return False
    nexts = [word for word in phrase[at + 1 : at + 3] if word.lower != "the"]
    return bool(nexts) and (not nexts[0].is_capital or nexts[0].lower in lex.MONTHS)


def _owner(before: Sequence[Token], head: Token) -> Sequence[Token]:
    """Who is named before the document: "the institute's new report", "an Institute report"."""
    at = next((i for i in range(len(before) - 1, -1, -1) if _is_possessive(before[i])), None)
    if at is not None:
        owner = [*before[:at], without_ending(before[at])]
        speaks = bare(owner[-1]) in lex.SPEAKERS | lex.ORGANISATION_WORDS
        return owner if owner[-1].is_capital or speaks else ()
    if bare(head) in _HELD_ELSEWHERE:
        return ()
    if len(before) == 1 and before[0].lower in _PLACES and bare(head) in _FIGURES:
        return ()
    if before and bare(head) in _OWN_WORDS and bare(before[-1]) in lex.ORGANISATION_WORDS:
        # "A company statement" is one of many, the company is the one that was named.
        return before[1:] if before[0].lower in {"a", "an"} else before
    return _institution(before)


def _is_possessive(token: Token) -> bool:
    return token.lower.endswith(("'s", "s'"))


def _institution(before: Sequence[Token]) -> Sequence[Token]:
    """The institution whose name stands near the end of the words before a document."""
    last = len(before)
    while last > 0 and not before[last - 1].is_capital:
        last -= 1
    first = last
    while first > 0 and (before[first - 1].is_capital or before[first - 1].lower == "of"):
        first -= 1
    if len(before) - last > _LONGEST_BETWEEN:
        return ()
    run = before[first:last]
    led = run[-1].lower.removesuffix("-led") if run else ""
    if run and led != run[-1].lower:
        return [*run[:-1], replace(run[-1], text=run[-1].text[:-4], lower=led, end=run[-1].end - 4)]
    return run if _is_institution(run) else ()


def without_ending(token: Token) -> Token:
    """A word without its possessive ending, at its place."""
    cut = 2 if token.lower.endswith("'s") else 1
    return replace(token, text=token.text[:-cut], lower=token.lower[:-cut], end=token.end - cut)


def _is_institution(run: Sequence[Token]) -> bool:
    blocked = lex.NATIONS | lex.PLACE_WORDS | lex.MONTHS | lex.DAYS | lex.DETERMINERS | _COURTS
    names = [token for token in run if token.lower not in blocked and token.lower != "of"]
    if not names or run[0].lower == "of":
        return False
    acronym = len(names[0].text) > 1 and names[0].text.isupper()
    return len(run) > 1 or acronym or bare(names[0]) in lex.ORGANISATION_WORDS


def _undated(phrase: Sequence[Token], head: int) -> Sequence[Token]:
    """The phrase without when it came out: "a study published on Monday"."""
    for at in range(head + 1, len(phrase)):
        token = phrase[at]
        follows = phrase[at + 1].lower if at + 1 < len(phrase) else "on"
        if token.text == "," or (token.lower in _MADE and follows in _TIMES - {"in"}):
            return phrase[:at]
    return phrase


def _trimmed(phrase: Sequence[Token]) -> Sequence[Token]:
    """The phrase without marks and days at its end."""
    end = len(phrase)
    while end and (phrase[end - 1].kind != "word" or phrase[end - 1].lower in lex.DAYS | {"on"}):
        end -= 1
    return phrase[:end]
