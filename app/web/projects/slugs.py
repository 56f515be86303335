"""A short name for a project, made of its title."""

import re
import unicodedata
from collections.abc import Collection

MAX_SLUG = 60
NAMELESS = "project"


def suggested_slug(title: str, *, taken: Collection[str]) -> str:
    """A free short name for this title, which may be in any script."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    stem = "-".join(re.findall(r"[a-z0-9]+", plain))[:MAX_SLUG].strip("-") or NAMELESS
    slug, number = stem, 1
    while slug in taken:
        number += 1
        ending = f"-{number}"
        slug = stem[: MAX_SLUG - len(ending)].rstrip("-") + ending
    return slug
