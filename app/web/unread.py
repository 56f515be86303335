"""How many notices a reader has not read: one question, for the head of every page."""

from flask import Flask, g, request

from app.auth import identity
from app.storage import notices
from app.web.transactions import READS, database, db


def install(app: Flask) -> None:
    """Make the number known to the templates."""
    app.jinja_env.globals.update(unread=unread)


def unread() -> int:
    """The number for this page; where something was written, without holding up who writes."""
    if "unread" not in g:
        actor = identity.load()
        if actor is None or not identity.has_unread():
            g.unread = 0
        elif request.method in READS:
            g.unread = notices.unread(db(), actor)
        else:
            with database().reading() as session:
                g.unread = notices.unread(session, actor)
    number: int = g.unread
    return number
