"""How a claim is worded; what it said before is kept."""

from sqlmodel import Session

from app.domain.errors import Invalid
from app.storage.tables import Claim, ClaimWording

MAX_TEXT = 2_000


def checked_wording(text: str) -> str:
    """A wording on one line.

    Raises:
        Invalid: it is blank or too long.
    """
    text = " ".join(text.split())
    if not text:
        raise Invalid("claim.text", field="text")
    if len(text) > MAX_TEXT:
        raise Invalid("claim.long", field="text", limit=MAX_TEXT)
    return text


def reword(session: Session, row: Claim, text: str) -> None:
    """Give a claim other words; the old ones stay under the version that they belonged to.

    What extraction had added is not told apart in words that a person chose.
    """
    session.add(ClaimWording(claim_id=row.key, version=row.version, text=row.text))
    row.text = text
    row.additions = []
