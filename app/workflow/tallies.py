"""Keeping the counts of agreement right while answers come in, change and are settled.

A verb that changes what is compared says for which claims; each is counted anew once, at the end
of the transaction, after everything that the verb locks.
"""

from sqlmodel import Session

CHANGED = "claims to count anew"


def count_anew(session: Session, claim_id: int) -> None:
    """Have a claim's agreement counted anew before the transaction is committed."""
    session.info.setdefault(CHANGED, set()).add(claim_id)
