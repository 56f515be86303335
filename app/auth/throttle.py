"""The throttle of sign-in: failures are counted by account and by address.

In transactions of their own, so that a request that is rolled back still counts.
"""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass

from app.storage.session import Database
from app.workflow import sign_ins


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try, known by keyed hashes; ``key`` is that of its row."""

    database: Database
    key: int

    def succeeded(self) -> None:
        """Strike the attempt out."""
        with self.database.write() as session:
            sign_ins.strike_attempt(session, self.key)


def attempt(database: Database, secret: str, *, email: str, address: str) -> Attempt:
    """Count a try as failed until it says that it succeeded.

    Raises:
        WrongState: too many failed; ``minutes`` says how long to wait.
    """
    who = {
        "account": _keyed(secret, "account", email.strip().lower()),
        "address": _keyed(secret, "address", _network(address)),
    }
    # Asked by reading first: somebody who is shut out does not hold up those who write.
    with database.reading() as session:
        sign_ins.check_attempts(session, **who)
    with database.write() as session:
        return Attempt(database, sign_ins.begin_attempt(session, **who))


def _network(address: str) -> str:
    """An address as one customer of a network has it: IPv6 hands out a whole /64 to each."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((int(found), 64), strict=False))


def _keyed(secret: str, kind: str, value: str) -> str:
    message = f"{kind}:{value}".encode("utf-8", "surrogateescape")
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
