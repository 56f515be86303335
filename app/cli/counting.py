"""How many of something, as the console says it."""


def counted(number: int, one: str, many: str) -> str:
    """The number with what follows it for one or for several: "1 claim", "2 claims"."""
    return f"{number} {one if number == 1 else many}"
