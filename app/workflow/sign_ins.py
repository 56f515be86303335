"""Counting failed sign-ins, so that guessing takes years.

An attempt is written down before the password is looked at and struck out when it was right: two
attempts at the same moment cannot both be the last one that is allowed. No history is written;
accounts and addresses are here as keyed hashes only, and no longer than they count.
"""

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session, col, delete, select

from app.domain.errors import WrongState
from app.domain.ids import now
from app.storage.tables import SigninFailure

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS = 100
# Any number will do, as long as nothing else uses it.
COUNTING_LOCK = 7_301_955


def check_attempts(session: Session, *, account: str, address: str) -> None:
    """Go on while neither the account nor the address has failed too often.

    Raises:
        WrongState: too often; ``minutes`` says how long to wait.
    """
    # What lies farther ahead than a clock goes wrong by is left from before it was set back.
    since, until = now() - WINDOW, now() + WINDOW
    limits = (
        (col(SigninFailure.account) == account, PER_ACCOUNT),
        (col(SigninFailure.address) == address, PER_ADDRESS),
    )
    for who, limit in limits:
        recent = (
            select(SigninFailure.at)
            .where(who, col(SigninFailure.at) > since, col(SigninFailure.at) < until)
            .order_by(col(SigninFailure.at).desc())
            .limit(limit)
        )
        times = session.exec(recent).all()
        if len(times) >= limit:
            raise WrongState("sign-in.throttled", minutes=_minutes_left(times[-1]))


def begin_attempt(session: Session, *, account: str, address: str) -> int:
    """Write an attempt down as failed until it is struck out; answers its key.

    Raises:
        WrongState: too many have failed.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(
            text("SELECT pg_advisory_xact_lock(:key)"), {"key": COUNTING_LOCK}
        )
    session.exec(delete(SigninFailure).where(col(SigninFailure.at) <= now() - WINDOW))
    check_attempts(session, account=account, address=address)
    row = SigninFailure(account=account, address=address)
    session.add(row)
    session.flush()
    return row.key


def strike_attempt(session: Session, attempt: int) -> None:
    """The password was right: this was no failure."""
    session.exec(delete(SigninFailure).where(col(SigninFailure.id) == attempt))


def _minutes_left(oldest: datetime) -> int:
    left = oldest + WINDOW - now()
    return max(1, -int(-left.total_seconds() // 60))
