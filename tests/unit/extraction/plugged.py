"""Extractors as other packages might bring them: one that works, and many that do not."""

from importlib.metadata import EntryPoint

from app.extraction import Extraction, Hop, Proposal, Proposed, registry


class Echo:
    """Proposes the first words of an article, and tells what it was given."""

    name = "echo"
    version = "1"

    def extract(self, text, **given):
        return Extraction((Proposal(text[:40]),), "en", str(sorted(given)), "somebody else")


class Judging:
    """Proposes as a program would that judges as well."""

    version = "2"

    def extract(self, text, **_):
        quote = text.split(".")[0]
        hop = {"agent": "FALSE-VERDICT", "cue": "falsely", "mode": "direct"}
        return Proposed(
            (
                {
                    "quote": quote,
                    "verdict": "FALSE-VERDICT",
                    "rating": "FALSE-VERDICT",
                    "text": "FALSE-VERDICT: it is false that " + quote,
                    "attribution": [hop],
                    "checkworthiness": 0.9,
                    "reasons": ["false, a hoax", "a figure"],
                    "kinds": ["FALSE-VERDICT"],
                    "marks": ["FALSE-VERDICT"],
                    "grounds": [{"kind": "FALSE-VERDICT", "words": quote}],
                    "signals": {"FALSE-VERDICT": 1.0},
                    "context": "FALSE-VERDICT",
                },
            )
        )


class Raising:
    def extract(self, text, **_):
        raise RuntimeError("a secret of the article: " + text)


class Nonsense:
    def extract(self, _text, **_):
        return ["a", "list"]


class Hollow:
    def extract(self, _text, **_):
        return Extraction(None, None, 7, None)


class Deaf:
    """Takes the text alone."""

    def extract(self, _text):
        return Extraction((), "en", None, "deaf")


class Mute:
    """Has no way to be asked."""


class Unmade:
    def __init__(self):
        raise OSError


class Astray:
    """Points somewhere else than its quotes stand, and at what is not there."""

    def extract(self, text, **_):
        return Proposed(
            (
                Proposal(text[6:40], start=99_999, end=-3),
                Proposal("Words that nobody ever wrote anywhere", start=0, end=5),
                Proposal(
                    text[:30],
                    attribution=(
                        Hop("x", "", "direct", named=True, kind="person", start=9, end=3),
                    ),
                ),
            )
        )


CLASSES = (Echo, Judging, Raising, Nonsense, Hollow, Deaf, Mute, Unmade, Astray)
BROKEN = ("raising", "nonsense", "hollow", "deaf", "mute", "unmade", "vanished")


def install(monkeypatch):
    """Have these extractors installed, and one whose module is gone."""
    entries = [
        EntryPoint(kind.__name__.lower(), f"{__name__}:{kind.__name__}", registry.GROUP)
        for kind in CLASSES
    ]
    entries.append(EntryPoint("vanished", "no_such_module_here:Gone", registry.GROUP))
    # Names that are Assay's own are not theirs to take.
    entries += [
        EntryPoint(name, f"{__name__}:Raising", registry.GROUP) for name in ("rules", "chat")
    ]

    def entry_points(*, group, name=None):
        return [entry for entry in entries if name in {None, entry.name}]

    monkeypatch.setattr(registry, "entry_points", entry_points)
