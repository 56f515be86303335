"""What stands before the main clause: "While A, B", "Despite A, B", "It comes as B", "A: B"."""

from collections.abc import Iterator

from app.extraction import lexicon as lex
from app.extraction.syntax import RELATIVES, Piece, Syntax
from app.extraction.units import NUMBER_WORDS
from app.extraction.wordlist import word_set

_SHORTEST = 4
NUMBERS = frozenset(NUMBER_WORDS)
# A lead-in of so many words that dates or places the clause stays with it.
_LONGEST_KEPT = 10
OPENERS = word_set("""and but or yet so however separately meanwhile also still nevertheless moreover furthermore
    additionally nonetheless instead then later indeed consequently therefore thus besides likewise
    whereas""")
_SUBORDINATE = word_set("as while though although whereas because since when once after before")
_CONDITIONS = word_set("if unless until without unlike within like under by")
_MODALS = word_set("may can could might should would must can't will")
# They set the scene for a thought and not for the fact: cut off whatever their length.
_ASIDES = tuple(
    tuple(line.split())
    for line in """despite|in spite of|in addition|instead of|alongside|besides|apart from|aside from
as part of|as well as|in response|in an effort|in an attempt|in a bid|in a sign|in a move|in a reflection
in a blow|in a boost|in a statement|in order to|for good measure|in fact|in other words|for example
for instance|of course|in short|as a result|in turn|in contrast|by contrast|by comparison|in general
on the other hand|on the one hand|on top of|to be sure|to be clear|to date|as usual|as such|as expected
above all|at the same time|in reality|in theory|in practice|no wonder|in the meantime|in any case
that being said|that said|what's more|what is more|more importantly|most importantly|not surprisingly
after all|first of all|in particular|for now|right now|even so|in essence|rather than""".replace(
        "\n", "|"
    ).split("|")
)
# Adverbs that say where, when or how widely it holds; the others are the writer's voice.
_SCOPE = word_set("""nationally globally locally internationally regionally statewide recently previously formerly
    annually monthly weekly daily hourly historically currently initially typically usually generally
    officially originally traditionally collectively combined overall yearly quarterly early
    july italy only early family""")
_COMES = word_set("comes came come coming follows followed")
_AFTER = word_set("as after before amid")
_TELLING_NOUNS = word_set("""reason catch problem fact truth upshot point trouble difference irony explanation news
    result consequence assumption argument finding advantage drawback downside effect bottom-line lesson idea thinking theory message conclusion answer""")
_NOTED = word_set("""noted said stressed remembered added emphasised emphasized stated noting saying stressing
    remembering adding mentioning mentioned clear known recalled recalling""")
_TURNS = word_set("emerged appears appeared seems seemed transpired clear evident true apparent")
_IT = word_set("it that this which")
_INSIDE = word_set("that which who where when whether how what why as he she it they we i")
_APPROXIMATE = word_set("about around over under between")
_OTHER_LEADS = word_set(
    "to following given not out up along amid beyond until per versus past off inside"
)
_BE = word_set("is was it's that's")


def at_frames(syntax: Syntax, piece: Piece) -> Iterator[Piece]:
    """Leave out a main clause that only presents another: "It comes as …", "That means …"."""
    content = _presented(syntax, piece)
    if content is not None:
        yield piece._replace(low=content)
        return
    low, high = piece.low, piece.high
    for at in range(low + 3, high - 3):
        if syntax.words[at].text == ":" and _is_sentence(syntax, at + 1, high):
            yield piece._replace(high=at)
            yield from after_leads(syntax, piece._replace(low=at + 1))
            return
    yield piece


def _is_sentence(syntax: Syntax, low: int, high: int) -> bool:
    """Whether a clause begins, or a lead-in with a capital and its clause: "Although it …, it …"."""
    if syntax.is_clause(low, high):
        return True
    capital = syntax.words[low].is_capital and syntax.lower(low) in _SUBORDINATE | {
        "these",
        "those",
    }
    return capital and syntax.verbs.any(low + 1, high)


def _presented(syntax: Syntax, piece: Piece) -> int | None:
    """Where the presented clause begins."""
    low, high, *_ = piece
    verb = syntax.verbs.first(low, min(high, low + 9))
    if verb >= min(high, low + 9):
        return None
    content = (
        _after_comes(syntax, verb, high)
        if syntax.lower(verb) in _COMES
        else _after_telling(syntax, low, verb, high=high)
    )
    return content if content and syntax.is_clause(content, high) else None


def _after_comes(syntax: Syntax, verb: int, high: int) -> int | None:
    """Past "comes as", "came a day after", "comes just weeks before"."""
    ahead = range(verb + 1, min(high, verb + 6))
    at = next((i for i in ahead if syntax.lower(i) in _AFTER), None)
    return None if at is None else at + 1


def _after_telling(syntax: Syntax, low: int, verb: int, *, high: int) -> int | None:
    """Past "The reason is that", "That means", "It was clear"."""
    at = verb + 1
    if syntax.lower(verb) in {"means", "meant"}:
        return at + (syntax.lower(at) == "that")
    if syntax.lower(verb) in _BE:
        nouns = {syntax.lower(i) for i in range(low, verb)}
        if nouns & _TELLING_NOUNS and syntax.lower(at) in {"that", ","}:
            return at + 1
        verb = syntax.past_adverbs(at, high)
        at = verb + 1
    noted = _past_note(syntax, low, high)
    if noted is not None:
        return noted
    subject = syntax.lower(low) in _IT or syntax.lower(low) in _BE
    if not subject or syntax.lower(verb) not in _TURNS or verb - low > 4:
        return None
    return at + (syntax.lower(at) == "that")


def _past_note(syntax: Syntax, low: int, high: int) -> int | None:
    """Past "It should be noted that", "It is worth remembering that"."""
    if syntax.lower(low) != "it":
        return None
    that = next((i for i in range(low, min(high, low + 7)) if syntax.lower(i) == "that"), None)
    told = that is not None and syntax.lower(that - 1)
    # "It is said that" names a source, though none that is known; "it must be said" does not.
    if that is None or told not in _NOTED or (told == "said" and syntax.lower(that - 2) != "be"):
        return None
    return that + 1


def after_leads(syntax: Syntax, piece: Piece) -> Iterator[Piece]:
    """Cut "While A, B" and "Despite A, B" into A and B; a short date stays with B."""
    low = _past_openers(syntax, piece.low, piece.high)
    piece = piece._replace(low=low)
    first = low + (syntax.lower(low) in {"even", "just"} and syntax.lower(low + 1) in _SUBORDINATE)
    aside = _is_aside(syntax, low)
    main = _main_after(syntax, first, piece.high)
    if main is None and syntax.lower(first) in _SUBORDINATE and not _has_comma(syntax, piece):
        # The main clause was a source's: "As they left the hall, the mayor said …".
        yield piece._replace(low=first + 1, form="leading")
        return
    if main is None or not _is_cut(syntax, first, main, aside=aside, high=piece.high):
        yield piece
        return
    whole = syntax.lower(first) in _SUBORDINATE and syntax.verbs.any(first + 1, main - 1)
    if _has_claim(syntax, first, main - 1):
        yield Piece(first + whole, main - 1, "leading")
    yield from after_leads(syntax, piece._replace(low=main))


def _has_comma(syntax: Syntax, piece: Piece) -> bool:
    return bool(syntax.commas(piece.low, piece.high))


def _past_openers(syntax: Syntax, low: int, high: int) -> int:
    """Past "But", "Meanwhile,", "Unfortunately," and other words that only link."""
    at = low
    while at + _SHORTEST < high:
        lower, after = syntax.lower(at), syntax.words[at + 1].text
        link = lower in OPENERS and syntax.lower(at + 1) != "as"
        comma = after == ","
        voice = comma and (
            (lower.endswith("ly") and lower not in _SCOPE)
            or lower in {"regardless", "concerned", "perhaps", "why"}
        )
        if syntax.words[at].text == "," or voice or (link and (comma or lower in {"and", "but"})):
            at += 1
        else:
            break
    return at


def _is_aside(syntax: Syntax, low: int) -> bool:
    longest = [syntax.lower(low + i) for i in range(4)]
    return any(tuple(longest[: len(aside)]) == aside for aside in _ASIDES)


def _main_after(syntax: Syntax, first: int, high: int) -> int | None:
    """Where the main clause begins after a lead-in."""
    lower = syntax.lower(first)
    leads = (
        lower in _SUBORDINATE
        or (lower in lex.PREPOSITIONS and not _is_amount(syntax, first))
        or lower in _OTHER_LEADS
        or _is_aside(syntax, first)
        or (lower.endswith("ing") and len(lower) > 5)
    )
    if not leads:
        return None
    commas = syntax.commas(first + 1, high - 3)
    needs_verb = lower in {"as", "while", "though", "although", "whereas", "because"} and (
        syntax.lower(first + 1) not in {"of", "part", "a"}
    )
    for comma in commas[:4]:
        has_verb = syntax.verbs.any(first + 1, comma)
        if needs_verb and not has_verb:
            continue
        if has_verb and lower not in _SUBORDINATE and not _holds_clause(syntax, first, comma):
            return None
        if syntax.opens_clause(comma + 1, high):
            return comma + 1
    return None


def _is_amount(syntax: Syntax, at: int) -> bool:
    """Whether a preposition only tells how many: "about a dozen", "over 40"."""
    after = syntax.lower(at + 1)
    number = after[:1].isdigit() or after in {"a", "half"} | NUMBERS
    return number and syntax.lower(at) in _APPROXIMATE


def _holds_clause(syntax: Syntax, low: int, high: int) -> bool:
    """Whether the verb of a lead-in belongs to a clause inside of it: "in a city that lost …"."""
    verb = syntax.verbs.first(low, high)
    return any(syntax.lower(i) in _INSIDE for i in range(low, verb))


def _is_cut(syntax: Syntax, first: int, main: int, *, aside: bool, high: int) -> bool:
    """Whether the lead-in is more than a date, a place or a condition of the clause."""
    lower = syntax.lower(first)
    if aside:
        return True
    if lower in _CONDITIONS:
        return False
    if lower in {"when", "once", "as"} and syntax.lower(syntax.verbs.first(main, high)) in _MODALS:
        return False
    if lower in _SUBORDINATE and syntax.verbs.any(first + 1, main - 1):
        return True
    if lower == "to" or (lower.endswith("ing") and lower not in {"following", "during"}):
        return True
    place = syntax.commas(first, main)[0]
    if lower in lex.PREPOSITIONS and syntax.lower(place + 1) in RELATIVES:
        # "At the junction, where …, the report …": what is told of the place is no lead-in.
        main = place + 1
    return main - 1 - first > _LONGEST_KEPT


def _has_claim(syntax: Syntax, low: int, high: int) -> bool:
    """Whether a lead-in says something that could be checked by itself."""
    measured = any(word.kind == "number" for word in syntax.words[low:high])
    return high - low > _SHORTEST and (measured or syntax.verbs.any(low, high))
