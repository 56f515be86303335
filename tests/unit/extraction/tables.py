"""Tables of phrases and what is read in them, one a line: "40 boats sank => 40 boat"."""

import pytest


def rows(*tables):
    return [
        tuple(part.strip() for part in line.split("=>"))
        for t in tables
        for line in t.split("\n")
        if "=>" in line
    ]


def written(expected):
    """The "16 boat, 2.5 percent" of a table as values and units."""
    pairs = [one.strip().split(" ", 1) for one in expected.split(";") if one.strip()]
    return [(pytest.approx(float(value), rel=1e-4), unit) for value, unit in pairs]
