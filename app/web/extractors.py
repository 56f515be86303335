"""Which extractors a project can choose, and what pages call them."""

from flask_babel import gettext as _

from app.auth import identity
from app.extraction.registry import BUILT_IN, names


def offered() -> list[tuple[str, str]]:
    """The extractors of this desk, and the one that the project has if it is gone."""
    present = identity.project().extractor
    known = list(names())
    if present not in known:
        known.append(present)
    return [(name, said(name, is_here=name in names())) for name in known]


def said(name: str, *, is_here: bool = True) -> str:
    """What a page calls an extractor."""
    if name == BUILT_IN:
        return str(_("The grammar that comes with Assay"))
    return name if is_here else str(_("%(name)s (not on this desk any more)", name=name))
