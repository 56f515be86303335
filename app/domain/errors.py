"""Everything that Assay refuses, as a code with named values.

A rule or a verb raises one of these; a door (web page, command line) puts it into words. The
message of the exception is for a log: it names the code and never an article's or a person's words.
"""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """Something that was asked for is not done.

    Attributes:
        code: what was wrong, as ``noun.reason``.
        values: named values for the sentence that a door makes of it.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Missing(Refused):
    """The thing does not exist, or the actor may not know that it does."""


class NotAllowed(Refused):
    """The actor may see the thing, but not do this to it."""


class WrongState(Refused):
    """The thing is no longer, or not yet, in a state in which this can be done."""


class Stale(Refused):
    """The thing was changed after the actor last saw it; both texts are kept."""


class Invalid(Refused):
    """A value is not acceptable; ``values`` may name the ``field`` and a ``limit``."""
