"""Reading single settings; whatever is wrong with one is said with its name."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from app.domain.errors import Refused


def bad(name: str, reason: str) -> Refused:
    """The refusal of a setting, with a sentence for whoever starts the program."""
    return Refused("settings.bad", name=name, reason=reason)


def text(environ: Mapping[str, str], name: str, default: str) -> str:
    """A variable without blanks around it; one that is set to nothing counts as unset."""
    return environ.get(name, "").strip() or default


def number(environ: Mapping[str, str], name: str, default: int, *, within: tuple[int, int]) -> int:
    """A whole number within limits, both included."""
    low, high = within
    raw = text(environ, name, str(default))
    if not (raw.isascii() and raw.isdigit() and low <= int(raw) <= high):
        raise bad(name, f"“{raw}” is not a whole number from {low} to {high}.")
    return int(raw)


def amount(environ: Mapping[str, str], name: str) -> float | None:
    """A sum with a decimal point; None where nothing is set."""
    raw = text(environ, name, "")
    if not raw:
        return None
    if not re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", raw):
        raise bad(name, f"“{raw}” is no amount such as 0.15.")
    return float(raw)


def public_url(environ: Mapping[str, str]) -> str | None:
    """The address that the desk is reached at; None where none is set."""
    raw = text(environ, "ASSAY_URL", "")
    if not raw:
        return None
    try:
        parts = urlsplit(raw)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise bad("ASSAY_URL", f"“{raw}” is not a web address.") from None
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise bad("ASSAY_URL", f"“{raw}” must look like https://desk.example.org.")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise bad("ASSAY_URL", "It must end with the host; Assay has an address of its own.")
    return f"{parts.scheme}://{parts.netloc}"
