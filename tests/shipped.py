"""The scales of a usual project, written down before any test.

A desk writes a scale down when a project first asks for it. Nearly every test makes a project, and
each would write the same sixteen rows.
"""

from app.domain.label_presets import DEFAULT_ATTRIBUTION, DEFAULT_CONTENT
from app.domain.words import SchemeKind
from app.storage.session import Database
from app.workflow.scales import scheme_id_of


def write_scales(url: str) -> None:
    """Write them into the database at an address."""
    database = Database(url)
    with database.write() as session:
        scheme_id_of(session, DEFAULT_CONTENT, SchemeKind.CONTENT)
        scheme_id_of(session, DEFAULT_ATTRIBUTION, SchemeKind.ATTRIBUTION)
    database.dispose()
