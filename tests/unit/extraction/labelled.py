"""Small labelled sets for tests, written into a folder."""

import json

TEXT = (
    "Town sells its bus company\n\n"
    "The council sold the bus company for 1.2 million euros in March, the mayor said on Monday. "
    "It was a lovely spring day. The council meets again on Tuesday at seven.\n\n"
    "Nobody can know what the buyer will do with the depot."
)
MARKS = (
    ("The council sold the bus company for 1.2 million euros in March", 2),
    ("It was a lovely spring day", 0),
    ("The council meets again on Tuesday at seven", 1),
    ("Nobody can know what the buyer will do with the depot", 0),
)
TOPICS = (
    *("bus", "ferry", "tram", "school", "clinic", "port", "theatre", "library", "market", "bridge"),
    *("quarry", "museum", "station", "harbour", "prison", "stadium", "farm", "mill", "brewery"),
)


def write_article(folder, known="a1", *, text=TEXT, marks=MARKS):
    """An article and its marks as two files; answers the one with the marks."""
    folder.mkdir(parents=True, exist_ok=True)
    claims = [{"anchor": anchor, "worthy": grade} for anchor, grade in marks]
    gold = {"id": known, "outlet": "The Kelmouth Post", "genre": "local council", "claims": claims}
    (folder / f"{known}.txt").write_text(text, encoding="utf-8")
    path = folder / f"{known}.gold.json"
    path.write_text(json.dumps(gold, indent=1), encoding="utf-8")
    return path


def write_sentences(path, lines):
    """Lines of a file, each ended."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def graded():
    """Sentences of which what was sold is worth checking, and what is lovely is not."""
    for topic in TOPICS:
        yield f"2\tThe council sold the {topic} for 1.2 million euros."
        yield f"1\tThe council met on Monday to talk about the {topic}."
        yield f"0\tI think the {topic} is a lovely place to be."
