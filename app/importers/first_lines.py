"""In which line a value came first, for a million values in little memory."""

from array import array

# Of so many places at most every second one is taken.
FEWEST = 1 << 12


class FirstLines:
    """The line of each value, kept by the value's hash of 64 bits and not by the value itself.

    Two of a million values have the same hash once in some ten million files.
    """

    def __init__(self) -> None:
        self._count = 0
        self._hashes, self._lines = array("q", [0]) * FEWEST, array("I", [0]) * FEWEST

    def first(self, value: object, line: int) -> int:
        """The line in which the value came first: this one, if it did not come before."""
        place = self._place(hash(value))
        if not self._lines[place]:
            self._hashes[place], self._lines[place] = hash(value), line
            self._count += 1
            if 2 * self._count > len(self._lines):
                self._grow()
            return line
        return self._lines[place]

    def _place(self, wanted: int) -> int:
        """Where a hash is, or the free place where it goes."""
        hashes, lines = self._hashes, self._lines
        last = len(lines) - 1
        place = wanted & last
        while lines[place] and hashes[place] != wanted:
            place = (place + 1) & last
        return place

    def _grow(self) -> None:
        before = zip(self._hashes, self._lines, strict=True)
        size = 2 * len(self._lines)
        self._hashes, self._lines = array("q", [0]) * size, array("I", [0]) * size
        for kept, line in before:
            if line:
                place = self._place(kept)
                self._hashes[place], self._lines[place] = kept, line
