"""Pages as they are fetched, without fetching any."""

import hashlib
import io
from collections.abc import Callable

from app.domain.fetched import Exchange, Fetched
from app.domain.ids import now
from app.exporters.warc import page_records
from app.jobs.copying import match_quotes
from app.jobs.desk import Desk
from app.workflow.looking import Look

REQUEST = b"GET / HTTP/1.1\r\nHost: stats.example\r\n"


def fetched(
    body: bytes | str = "Bread is dear.",
    *,
    url: str = "https://stats.example/t4",
    status: int = 200,
    media_type: str = "text/plain",
) -> Fetched:
    """A page as the fetcher answers it, after one redirect."""
    data = body.encode() if isinstance(body, str) else body
    sent = {"address": "93.184.216.34", "request": REQUEST}
    first = Exchange(
        url=url, status=301, reason="Moved", headers=(("Location", url + "/"),), body=b"", **sent
    )
    headers = (("Content-Type", media_type), ("Transfer-Encoding", "chunked"))
    last = Exchange(url=url + "/", status=status, reason="OK", headers=headers, body=data, **sent)
    return Fetched(
        url=url,
        final_url=url + "/",
        status=status,
        media_type=media_type,
        charset="utf-8",
        body=data,
        exchanges=(first, last),
        seconds=0.1,
    )


def look(text: str, **values) -> Look:
    """What was seen of a page that says this."""
    page = fetched(text)
    facts = {
        "final_url": page.final_url,
        "status": 200,
        "media_type": "text/plain",
        "size": len(page.body),
        "sha256": hashlib.sha256(page.body).hexdigest(),
        "warc": page_records(page, at=now()),
        "text": text,
    }
    return Look(**(facts | values))


def looked(scene) -> None:
    """Quotes are looked for in the newest copy of every source."""
    from app.storage.tables import Source

    for source in scene.rows(Source):
        match_quotes(Desk(None, scene.database), {"source": source.public_id})


def answering(*answers) -> Callable[..., Fetched]:
    """A fetcher that gives these answers one after the other, raising those that are refusals."""
    left = list(answers)

    def fetch(_url, _rules):
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    return fetch


def file_like(data: bytes) -> io.BytesIO:
    """Bytes to be read as a file."""
    return io.BytesIO(data)
