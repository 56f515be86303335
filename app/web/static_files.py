"""Style sheet, script and icon: addressed by their content, so that browsers keep them.

Each is read, named and packed once, and again only when the file has changed; whether it has is looked at
once a second at most, since every page has the addresses of ten files.
"""

import hashlib
import mimetypes
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from app.auth.guard import needs
from app.web.headers import WORTH_PACKING, YEAR_SECONDS, takes_packed, zipped

FOLDER = Path(__file__).resolve().parents[1] / "static"
FOREVER = f"public, max-age={YEAR_SECONDS}, immutable"
LOOKED_AT_FOR_SECONDS = 1
# Done once, so it may take its time.
SMALLEST = 9
# Style sheets that one kind of page needs together, served as one: fewer requests, and smaller.
TOGETHER = {"check.css": ("review.css", "comments.css", "guidelines.css", "replies.css")}
# Comments and indents are for those who read the files in the repository.
UNSEEN = {
    ".css": re.compile(rb"/\*.*?\*/|(?<=\n)\s+", re.DOTALL),
    ".js": re.compile(rb"^[ \t]*(?://.*\n|\n)|^[ \t]+", re.MULTILINE),
}


@dataclass(slots=True, eq=False)
class Held:
    """A file as it is kept in memory; ``packed`` is None where that would not make it smaller.

    Until the moment ``until`` it is taken for unchanged.
    """

    until: float
    changed: tuple[int, ...]
    digest: str
    kind: str
    plain: bytes
    packed: bytes | None


@dataclass(slots=True)
class Watch:
    """Whether files changed: by the ``number`` of changes so far, not looked at until a moment."""

    until: float = 0.0
    number: int = 0


_held: dict[str, Held] = {}
_watch = Watch()


def install(app: Flask) -> None:
    """Serve the files, and name their content in every address that is made of them."""
    app.add_url_rule("/static/<path:filename>", "static", serve)
    app.url_defaults(_name_content)


@needs("public")
def serve(filename: str) -> Response:
    """One file; for a year when the address names this very content."""
    found = file(filename)
    if found is None:
        raise NotFound
    packs = found.packed is not None and takes_packed()
    response = Response(found.packed if packs else found.plain, mimetype=found.kind)
    if found.packed is not None:
        response.vary.add("Accept-Encoding")
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(f"{found.digest}-{'gzip' if packs else 'plain'}")
    fresh = request.args.get("v") == found.digest
    response.headers["Cache-Control"] = FOREVER if fresh else "no-cache"
    return response.make_conditional(request)  # type: ignore[return-value]


def file(name: str) -> Held | None:
    """A file as it is now; None where the folder holds none of this name."""
    held, parts, moment = _held.get(name), TOGETHER.get(name, (name,)), time.monotonic()
    if held is not None and moment < held.until:
        return held
    try:
        if held is not None and _changed(parts) == held.changed:
            held.until = moment + LOOKED_AT_FOR_SECONDS
            return held
        if name not in TOGETHER and not _is_there(name):
            return None
        _watch.number += held is not None
        _held[name] = held = _read(name, parts)
    except FileNotFoundError:
        return None
    return held


def _is_there(name: str) -> bool:
    path = safe_join(str(FOLDER), name)
    # Not the method of Path: that one breaks down at a name that is longer than a file's can be.
    return path is not None and os.path.isfile(path)  # noqa: PTH113


def _changed(parts: Sequence[str]) -> tuple[int, ...]:
    return tuple((FOLDER / part).stat().st_mtime_ns for part in parts)


def _read(name: str, parts: Sequence[str]) -> Held:
    changed = _changed(parts)
    plain = b"\n".join((FOLDER / part).read_bytes() for part in parts)
    ending = Path(name).suffix
    if ending in UNSEEN:
        plain = UNSEEN[ending].sub(b"", plain)
    packed = zipped(plain, SMALLEST) if len(plain) >= WORTH_PACKING else None
    return Held(
        until=time.monotonic() + LOOKED_AT_FOR_SECONDS,
        changed=changed,
        digest=hashlib.sha256(plain).hexdigest()[:16],
        kind=mimetypes.guess_type(name)[0] or "application/octet-stream",
        plain=plain,
        packed=packed,
    )


def state() -> int:
    """A number that is another one once a file has changed whose address was handed out."""
    if time.monotonic() >= _watch.until:
        _watch.until = time.monotonic() + LOOKED_AT_FOR_SECONDS
        for name in tuple(_held):
            file(name)
    return _watch.number


def _name_content(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and (found := file(values["filename"])) is not None:
        values["v"] = found.digest
