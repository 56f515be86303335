"""Every list first, three pages on and near its end, search, agreement and the lead's page, by size.

The desks are up together and asked in turn. The floor is a raw query of fifty claims by their keys.
"""

import base64
import json
import re
import sqlite3
import time
from contextlib import ExitStack
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from tests.load import prose
from tests.load.desks import LEAD, ME, PASSWORD, SLUG
from tests.load.figures import spread
from tests.load.files import Files
from tests.load.serving import Serving, desk
from tests.load.wire import Wire

ROUNDS = 24
# A page that takes longer is asked less often.
SECONDS = 3.0
# Nobody waits longer.
PATIENCE = 30.0
NEXT = re.compile(r'href="([^"]*[?&;]after=([\w-]+)[^"]*)"')
CLAIMS = f"/projects/{SLUG}/claims"
LISTS = {
    "claims, newest first": CLAIMS,
    "… first due first": f"{CLAIMS}?sort=due",
    "… overdue": f"{CLAIMS}?due=overdue&sort=due",
    "… due in a week": f"{CLAIMS}?due=week&sort=due",
    "… without a date": f"{CLAIMS}?due=none",
    "… suggested": f"{CLAIMS}?state=suggested",
    "… to check": f"{CLAIMS}?state=to-do",
    "… checked by me": f"{CLAIMS}?state=mine-done",
    "… to settle": f"{CLAIMS}?state=waiting",
    "… checked": f"{CLAIMS}?state=settled",
    "… by verdict": f"{CLAIMS}?verdict=true",
    "… by tag": f"{CLAIMS}?tag=EU",
    "… by article": f"{CLAIMS}?article={{article}}",
    "… by claimant": f"{CLAIMS}?claimant={{agent}}",
    "… mine": f"{CLAIMS}?person=me",
    "… not mine": f"{CLAIMS}?person=not-me",
    "… of a colleague": f"{CLAIMS}?person={{colleague}}",
    "search: a word that many have": f"{CLAIMS}?text=council",
    "search: a word that one has": f"{CLAIMS}?text={{rare}}",
    "search: a word that none has": f"{CLAIMS}?text=zeppelin",
    "500 at once, looked at": f"{CLAIMS}/act?all=1",
    "suggestions to pick": f"/projects/{SLUG}/pick",
    "articles": f"/projects/{SLUG}/articles",
    "one article": "/articles/{article}",
    "sources": f"/projects/{SLUG}/sources",
    "one source that many use": "/sources/{source}",
    "agents": f"/projects/{SLUG}/agents",
    "my checks": f"/projects/{SLUG}/reviews",
    "to settle": f"/projects/{SLUG}/settle",
    "one claim with its history": "/claims/{claim}",
}
LEADS = {
    "agreement": f"/projects/{SLUG}/agreement",
    "the lead's page": f"/projects/{SLUG}/",
    "all projects": "/",
    "batches": f"/projects/{SLUG}/batches",
    "report": f"/projects/{SLUG}/report",
    "claims on which two answers met": f"{CLAIMS}?met=true,false",
}
NAMES = {
    "article": "SELECT public_id FROM article ORDER BY id LIMIT 1",
    "agent": "SELECT public_id FROM agent ORDER BY id LIMIT 1",
    "source": "SELECT public_id FROM source ORDER BY id LIMIT 1",
    "claim": "SELECT public_id FROM claim WHERE state = 'settled' ORDER BY id LIMIT 1",
    "colleague": "SELECT public_id FROM person WHERE email = 'r05@example.org'",
}
FLOOR = (
    "SELECT id, public_id, text, state, due_at, article_id FROM claim WHERE project_id = 1"
    " AND id < ? ORDER BY id DESC LIMIT 50"
)


@dataclass
class Reader:
    """Somebody who reads the pages of one desk."""

    server: Serving
    wire: Wire
    names: dict[str, str]

    def read(self, address: str) -> tuple[float, str, int]:
        """One page: the seconds it took, what it says, how long it was on the wire."""
        began = time.perf_counter()
        try:
            answer = self.wire.get(address)
        except TimeoutError:
            # It counts as long as we waited; its server's thread goes on with it.
            self.wire.close()
            return PATIENCE, "", 0
        took = time.perf_counter() - began
        assert answer.status == 200, f"{address}: {answer.status}"
        return took, answer.body, answer.size


def measure(files: Files) -> dict[str, Any]:
    """Times of each page at each size, and how many bytes."""
    found: dict[str, Any] = {"floor": {str(size): floor(files.file(size)) for size in files.sizes}}
    with ExitStack() as stack:
        servers = {}
        for size in files.sizes:
            path, room = stack.enter_context(files.copy(size)), stack.enter_context(files.room())
            servers[size] = (stack.enter_context(desk(room, path)), names_of(path, size))
        for email, pages in ((ME, LISTS), (LEAD, LEADS)):
            readers = {size: reader(*server, email) for size, server in servers.items()}
            for name, address in pages.items():
                found[name] = in_turn(files, readers, address)
    return found


def names_of(path: Path, size: int) -> dict[str, str]:
    """The ids that addresses name, and a word that one claim has."""
    with sqlite3.connect(path) as rows:
        ids = {name: rows.execute(question).fetchone()[0] for name, question in NAMES.items()}
    return {**ids, "rare": prose.seldom((size - 1) // prose.SELDOM * prose.SELDOM + prose.AT)}


def reader(server: Serving, names: dict[str, str], email: str) -> Reader:
    wire = Wire(server.base, patience=PATIENCE)
    wire.sign_in(email, PASSWORD)
    return Reader(server, wire, names)


def in_turn(files: Files, readers: dict[int, Reader], address: str) -> dict[str, Any]:
    """A page at each size, and where it goes on: three pages on, and near the end."""
    places = {size: places_of(one, address.format(**one.names)) for size, one in readers.items()}
    found: dict[str, Any] = {}
    for place in ("first", "third", "end"):
        times: dict[int, list[float]] = {size: [] for size in readers}
        sizes = {}
        # The walk has read the first page, and not the others: what lies on the disk is read once.
        fresh = {
            size: one.read(places[size][place])[0]
            for size, one in readers.items()
            if place in places[size]
        }
        before = {size: one.server.cpu() for size, one in readers.items()}
        for _ in range(files.rounds(ROUNDS)):
            for size, one in readers.items():
                if place in places[size] and sum(times[size]) < SECONDS:
                    took, _page, sizes[size] = one.read(places[size][place])
                    times[size].append(took)
        for size, one in readers.items():
            if times[size]:
                cpu = (one.server.cpu() - before[size]) / len(times[size]) * 1_000
                figures = {**spread(times[size]), "cpu": cpu, "bytes": sizes[size]}
                figures["fresh"] = fresh[size]
                found.setdefault(place, {})[str(size)] = figures
    return found


def places_of(reader: Reader, address: str) -> dict[str, str]:
    """The addresses of a list's first page, of its fourth, and of one near its end."""
    found, at = {"first": address}, address
    for _ in range(3):
        took, page, _size = reader.read(at)
        links = NEXT.findall(page)
        if not links or took > SECONDS:
            return found
        link, place = links[-1]
        at = absolute(unescape(link), address)
    found["third"] = at
    end = near_the_end(place)
    if end is not None:
        found["end"] = at.replace(f"after={place}", f"after={end}")
    return found


def absolute(link: str, address: str) -> str:
    return link if link.startswith("/") else address.partition("?")[0] + link


def near_the_end(place: str) -> str | None:
    """Where a list of falling keys is nearly over; None for other lists."""
    key = json.loads(base64.urlsafe_b64decode(place + "=" * (-len(place) % 4)))
    if len(key) != 1 or not isinstance(key[0], int):
        return None
    return base64.urlsafe_b64encode(json.dumps([120]).encode()).decode().rstrip("=")


def floor(path: Path) -> dict[str, float]:
    """The same fifty rows without a desk."""
    times = []
    with sqlite3.connect(path) as rows:
        last = rows.execute("SELECT max(id) FROM claim").fetchone()[0]
        for turn in range(200):
            began = time.perf_counter()
            rows.execute(FLOOR, (last - turn * last // 250,)).fetchall()
            times.append(time.perf_counter() - began)
    return spread(times)
