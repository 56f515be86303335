"""Reviewers who check as fast as they are let, in a process of their own.

``python -m tests.load.checkers '{"base": …}'`` prints what came of it as JSON: a person signs in, takes
a claim, reads its page, sends a verdict with a reason, and is sent on to the next one.
"""

import json
import re
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from html import unescape

from tests.load.desks import PASSWORD, SLUG, email_of
from tests.load.wire import Answer, Wire

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
SAID = 'name="attribution_verdict"'
START = f"/projects/{SLUG}/review"
WARM = 5


@dataclass(frozen=True, kw_only=True)
class Task:
    """Who checks: ``people`` from the number ``first`` on, until the time is up or ``pairs`` done."""

    base: str
    first: int = 0
    people: int = 1
    seconds: float = 20
    pairs: int = 1_000_000
    sources: int = 0
    is_floor: bool = False


@dataclass
class Came:
    """What came of it: seconds for each page and each press, and what was answered oddly."""

    pages: list[float] = field(default_factory=list)
    presses: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0
    bytes: int = 0


class Checker:
    """One person at work."""

    def __init__(self, task: Task, number: int) -> None:
        self.task, self.number, self.done = task, number, 0
        self.wire = Wire(task.base)
        self.token = ""
        self.place = ""

    def begin(self) -> None:
        """Sign in and take the first claim."""
        self.token = self.wire.sign_in(email_of(self.number), PASSWORD)
        self.place = self.wire.post(START, {"csrf_token": self.token}).place

    def pair(self, came: Came) -> bool:
        """Read a claim's page and send a check of it; False where there is no claim."""
        if "/reviews/" not in self.place:
            return False
        began = time.perf_counter()
        page = self.wire.get(self.place)
        between = time.perf_counter()
        form = self.filled(page)
        ready = time.perf_counter()
        answer = self.wire.post(self.place, form)
        ended = time.perf_counter()
        if (page.status, answer.status) != (200, 303):
            came.errors.append(f"{self.place}: {page.status}, {answer.status}")
            self.place = self.wire.post(START, {"csrf_token": self.token}).place
            return True
        came.pages.append(between - began)
        came.presses.append(ended - ready)
        came.bytes += page.size + answer.size
        self.done += 1
        self.place = answer.place
        return True

    def filled(self, page: Answer) -> dict[str, str]:
        """The form of a page with an answer in it."""
        form = {name: unescape(value) for name, value in HIDDEN.findall(page.body)}
        return form | self._answer(is_asked=SAID in page.body)

    def _answer(self, *, is_asked: bool) -> dict[str, str]:
        verdict = ("true", "mostly-true", "false", "half-true")[(self.number + self.done) % 4]
        form = {"csrf_token": self.token, "verdict": verdict, "do": "submit"}
        form["rationale"] = f"The yearbook gives {self.done * 7} for this year, not more."
        if is_asked:
            form["attribution_verdict"] = "confirmed"
        for row in range(self.task.sources):
            form |= {
                f"sources-{row}-url": f"https://www.example.org/by/{self.number}/{self.done}-{row}",
                f"sources-{row}-title": "Yearbook of the statistical office",
                f"sources-{row}-quote": "So many were counted in that year.",
                f"sources-{row}-stance": "supports",
                f"sources-{row}-answers": "so",
            }
        return form


class FloorChecker(Checker):
    """One person at the floor's two views, which know nobody."""

    def begin(self) -> None:
        """Take the first claim."""
        self.place = self.wire.post("/reviews/0/0", self._answer(is_asked=False)).place

    def _answer(self, *, is_asked: bool) -> dict[str, str]:
        return {**super()._answer(is_asked=is_asked), "person": str(self.number + 2)}


def work(task: Task) -> Came:
    """Let them check; the time runs once everybody has signed in and warmed up."""
    kind = FloorChecker if task.is_floor else Checker
    everybody = [kind(task, task.first + at) for at in range(task.people)]
    warm = Came()
    for one in everybody:
        one.begin()
        for _ in range(WARM if task.people == 1 else 1):
            one.pair(warm)
    print("ready", flush=True)  # noqa: T201 - read by whoever began this process
    sys.stdin.readline()
    until = time.perf_counter() + task.seconds

    def go(one: Checker) -> Came:
        came = Came()
        while len(came.presses) < task.pairs and time.perf_counter() < until and one.pair(came):
            pass
        return came

    began = time.perf_counter()
    with ThreadPoolExecutor(task.people) as pool:
        parts = list(pool.map(go, everybody))
    return together([warm, *parts], time.perf_counter() - began)


def together(parts: Sequence[Came], seconds: float) -> Came:
    """What came of all; of the first, who only warmed up, nothing but errors."""
    whole = Came(seconds=seconds, errors=list(parts[0].errors))
    for part in parts[1:]:
        whole.pages += part.pages
        whole.presses += part.presses
        whole.errors += part.errors
        whole.bytes += part.bytes
    return whole


if __name__ == "__main__":
    print(json.dumps(asdict(work(Task(**json.loads(sys.argv[1]))))))  # noqa: T201 - the answer
