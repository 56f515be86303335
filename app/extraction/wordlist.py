"""Writes a set of words the way a person reads one: as a line of text."""


def word_set(line: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(line.split())
