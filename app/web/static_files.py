"""Style sheet, script and icon: addressed by their content, so that browsers keep them."""

import hashlib
import mimetypes
import os.path
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from app.auth.guard import needs
from app.web.headers import YEAR_SECONDS, packed

FOLDER = Path(__file__).resolve().parents[1] / "static"
FOREVER = f"public, max-age={YEAR_SECONDS}, immutable"


def install(app: Flask) -> None:
    """Serve the files, and name their content in every address that is made of them."""
    app.add_url_rule("/static/<path:filename>", "static", serve)
    app.url_defaults(_name_content)


@needs("public")
def serve(filename: str) -> Response:
    """One file; for a year when the address names this very content."""
    path = _path_of(filename)
    if path is None:
        raise NotFound
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    response = packed(Response(path.read_bytes(), mimetype=kind))
    digest = _digest(path, path.stat().st_mtime_ns)
    encoding = response.headers.get("Content-Encoding", "plain")
    response.set_etag(f"{digest}-{encoding}")
    fresh = request.args.get("v") == digest
    response.headers["Cache-Control"] = FOREVER if fresh else "no-cache"
    return response.make_conditional(request)  # type: ignore[return-value]


def _path_of(filename: str) -> Path | None:
    joined = safe_join(str(FOLDER), filename)
    # Not the method of Path: that one breaks down at a name that is longer than a file's can be.
    if joined is None or not os.path.isfile(joined):  # noqa: PTH113
        return None
    return Path(joined)


def _name_content(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and (path := _path_of(values["filename"])) is not None:
        values["v"] = _digest(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _digest(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
