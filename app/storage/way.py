"""Of the threads of a process one may hold a file that all processes write to: the others let it be done.

Python runs one thread at a time. Whoever holds the file and is kept from going on by a page that another
thread of its process makes keeps waiting every process that wants to write. A thread that makes a page
looks here before each question that goes to the driver and before what takes longest, and stands still
while another one writes: it would not get on faster otherwise, as both need the same interpreter.
"""

from threading import Event, get_ident

# A write takes a few milliseconds. Whoever waited this long goes on all the same.
LONGEST_SECONDS = 0.03


class Way:
    """Whether a thread of this process writes, and which."""

    def __init__(self) -> None:
        self._is_free = Event()
        self._is_free.set()
        self._writer = 0

    def take(self) -> None:
        """This thread holds the file from now on."""
        self._writer = get_ident()
        self._is_free.clear()

    def free(self) -> None:
        """It is let go of: SQLAlchemy says so as it begins to commit."""
        self._writer = 0
        self._is_free.set()

    def give(self) -> None:
        """Stand still while another thread writes, for no longer than that each time."""
        if not self._is_free.is_set() and self._writer != get_ident():
            self._is_free.wait(LONGEST_SECONDS)


_way = Way()
take, free, give = _way.take, _way.free, _way.give
