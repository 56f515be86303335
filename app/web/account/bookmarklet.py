"""A bookmark that takes the page before one's eyes, with the marked words, to one's check."""

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.auth.guard import needs

# Cut in the browser, since an address has an end: what is longer is added on the page.
MOST_QUOTED = 400
MOST_TITLE = 100
# As written in an address, where a letter outside of English takes up to twelve characters.
MOST_QUOTED_ENCODED = 2_400
MOST_TITLE_ENCODED = 600
PROGRAM = (
    "javascript:(()=>{{const e=encodeURIComponent,"
    "cut=(t,n,m)=>{{const c=[...t.trim()].slice(0,n);while(e(c.join('')).length>m)c.pop();"
    "return e(c.join(''))}},"
    "u='{address}?url='+e(location.href)"
    "+'&title='+cut(document.title,{title},{title_encoded})"
    "+'&quote='+cut(String(getSelection()),{quote},{quote_encoded});"
    "open(u)||(location.href=u)}})()"
)


def install(blueprint: Blueprint) -> None:
    """Give the page its address."""
    blueprint.add_url_rule("/bookmarklet", "bookmarklet", show)


@needs("signed-in")
def show() -> ResponseReturnValue:
    """The text of the bookmark, and how a browser takes it."""
    return render_template(
        "account/bookmarklet.html", text=text_of(desk_address()), most=MOST_QUOTED
    )


def desk_address() -> str:
    """Where the desk is reached: as it is set, else as this page was asked for."""
    base = current_app.config["SETTINGS"].url or request.host_url.rstrip("/")
    return f"{base}{url_for('reviews.new_source')}"


def text_of(address: str) -> str:
    """The bookmark that leads to this address."""
    return PROGRAM.format(
        address=address,
        title=MOST_TITLE,
        title_encoded=MOST_TITLE_ENCODED,
        quote=MOST_QUOTED,
        quote_encoded=MOST_QUOTED_ENCODED,
    )
