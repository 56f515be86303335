"""What is left to do with claims that are on their way."""

from enum import StrEnum


class Left(StrEnum):
    """One thing that a claim still wants.

    ``SECOND_CHECK``: some of its checks are in, not all. ``UPDATE``: the verdict was corrected
    since it was published. ``PUBLISHING``: it is settled, and stands nowhere yet. ``NOBODY``: more
    checks than there are people who could give them.
    """

    SECOND_CHECK = "second-check"
    UPDATE = "update"
    PUBLISHING = "publishing"
    NOBODY = "nobody"
