"""Real articles with their claims marked: places and grades are kept here, the text is not.

    python tools/annotated.py make FIELD_DATA/data/article-extraction OUT [--set NAME]

writes OUT/<id>.txt, <id>.gold.json and <id>.meta.json, a folder that the scorer beside the
guidelines of the annotation reads. ``keep`` is the way back: it reads such a folder and writes the
places into tests/annotated/, one file an article, without a word of it.

A name is kept as the place at which the article has it; one that stands nowhere in the article (an
annotator's own words for somebody) is kept as it is.
"""

import argparse
import hashlib
import json
import unicodedata
from pathlib import Path
from typing import Any

Marked = dict[str, Any]
KEPT = Path(__file__).parent.parent / "tests" / "annotated"


def texts(pages: Path) -> dict[str, tuple[str, str]]:
    """The articles of the benchmark with their address, by the first eight letters of their name."""
    found = json.loads((pages / "ground-truth.json").read_text(encoding="utf-8"))
    return {name[:8]: (_normal(page["articleBody"]), page["url"]) for name, page in found.items()}


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _name_at(text: str, name: str) -> list[int] | str:
    """Where the article has a name, else the name."""
    at = text.find(name)
    return name if at < 0 else [at, at + len(name)]


def _name(text: str, kept: list[int] | str) -> str:
    return kept if isinstance(kept, str) else text[kept[0] : kept[1]]


def placed(text: str, claim: Marked) -> Marked:
    """A marked claim without the words of the article."""
    start = text.index(claim["anchor"])
    return {
        "at": [start, start + len(claim["anchor"])],
        "worthy": claim["worthy"],
        "claimant": None if claim["claimant"] is None else _name_at(text, claim["claimant"]),
        "aliases": [_name_at(text, name) for name in claim["aliases"]],
        "via": [_name_at(text, name) for name in claim["via"]],
        "mode": claim["mode"],
        "quantities": claim["quantities"],
    }


def worded(text: str, kept: Marked) -> Marked:
    """A marked claim in the words of the article."""
    return {
        "anchor": text[slice(*kept["at"])],
        "worthy": kept["worthy"],
        "claimant": None if kept["claimant"] is None else _name(text, kept["claimant"]),
        "aliases": [_name(text, name) for name in kept["aliases"]],
        "via": [_name(text, name) for name in kept["via"]],
        "mode": kept["mode"],
        "quantities": kept["quantities"],
    }


def keep(folder: Path, pages: Path, name: str) -> None:
    """Write the places of a folder of marked articles into the repository."""
    known = texts(pages)
    (KEPT / name).mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text, _url = known[gold["id"]]
        claims = [placed(text, claim) for claim in gold["claims"]]
        lines = ",\n".join(json.dumps(claim, ensure_ascii=False) for claim in claims)
        head = json.dumps({"id": gold["id"], "outlet": gold["outlet"], "sha256": _sha256(text)})
        (KEPT / name / f"{gold['id']}.json").write_text(
            f'{head[:-1]}, "claims": [\n{lines}\n]}}\n', encoding="utf-8"
        )


def make(pages: Path, out: Path, name: str) -> None:
    """Write marked articles as the scorer reads them; an article whose text changed is refused."""
    known = texts(pages)
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted((KEPT / name).glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        text, url = known[kept["id"]]
        if _sha256(text) != kept["sha256"]:
            raise SystemExit(f"{kept['id']}: the text is not the one that was marked")
        gold: Marked = {"id": kept["id"], "outlet": kept["outlet"]}
        gold["claims"] = [worded(text, claim) for claim in kept["claims"]]
        (out / f"{kept['id']}.txt").write_bytes(text.encode())
        _write(out / f"{kept['id']}.gold.json", gold)
        _write(out / f"{kept['id']}.meta.json", {"id": kept["id"], "url": url})


def _write(path: Path, value: Marked) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("do", choices=("make", "keep"))
    parser.add_argument("pages", type=Path, help="the folder with ground-truth.json")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", default="real", dest="name", help="a folder of tests/annotated")
    said = parser.parse_args()
    if said.do == "make":
        make(said.pages, said.folder, said.name)
    else:
        keep(said.folder, said.pages, said.name)


if __name__ == "__main__":
    main()
