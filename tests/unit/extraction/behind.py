"""Who stands behind a clause of a text, for the tests of several files."""

from app.extraction.chains import hops
from app.extraction.reading import read, split
from app.extraction.sentences import paragraphs


def agents_behind(text, words):
    """The agents of the one clause that holds these words, outermost first."""
    chains = [
        [hop.agent for hop in hops(piece.statement.links, span, this.sentence.quoted, own=set())]
        for this in read(text, split(text, paragraphs(text)))
        for piece in this.pieces
        for span in [piece.clause.span]
        if words in text[span.start : span.end]
    ]
    assert len(chains) == 1, (words, chains)
    return chains[0]
