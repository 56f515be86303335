"""Who said it: peels the sources off a sentence, from the one nearest the reader inwards."""

from collections.abc import Sequence

from app.extraction.announced import announced
from app.extraction.colons import after_colon
from app.extraction.introduced import introduced
from app.extraction.sources import citing_source, leading_source, trailing_source
from app.extraction.statements import Context, Resolve, Statement, Stretch
from app.extraction.tags import tagged
from app.extraction.tokens import Token
from app.extraction.turns import in_turn

_DEEPEST = 4
# Tried in this order: what frames a sentence lies outside of what stands in it.
_RULES = (
    announced,
    leading_source,
    in_turn,
    trailing_source,
    tagged,
    citing_source,
    introduced,
    after_colon,
)


def statements(text: str, words: Sequence[Token], resolve: Resolve) -> list[Statement]:
    """The statements of one sentence in reading order, each with its sources, outermost first."""
    context = Context(text, words, resolve)

    def parse(stretch: Stretch) -> list[Statement]:
        inner = context.trim(stretch)
        if inner.high <= inner.low:
            return []
        for rule in _RULES if len(inner.links) < _DEEPEST else ():
            found = rule(context, inner)
            if found is not None:
                return found
        return [context.statement(inner)]

    context.parse = parse
    return sorted(parse(Stretch(0, len(words))), key=lambda statement: statement.span)
