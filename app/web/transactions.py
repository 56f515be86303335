"""One transaction a request, opened when first asked for and committed in this one place.

A GET gets a session that cannot write.
"""

from typing import TYPE_CHECKING

from flask import Flask, Response, g, request

from app.auth.identity import READS, reading_session
from app.auth.identity import desk_database as database

if TYPE_CHECKING:
    from sqlmodel import Session

__all__ = ["READS", "database", "db", "install"]


def db() -> "Session":
    """The request's session; a verb that is given it writes when the answer is no refusal."""
    if request.method in READS:
        return reading_session()
    if "session" not in g:
        g.session = database().writing()
    session: Session = g.session
    return session


def install(app: Flask) -> None:
    """End the transaction of every request."""
    app.after_request(_finish)
    app.teardown_request(_close)


def _finish(response: Response) -> Response:
    session: Session | None = g.pop("session", None)
    if session is not None:
        with session:
            if request.method not in READS and response.status_code < 400:
                session.commit()
    return response


def _close(_error: BaseException | None) -> None:
    """A request that broke before its answer was made leaves nothing behind."""
    session: Session | None = g.pop("session", None)
    if session is not None:
        session.close()
