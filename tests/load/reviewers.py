"""Reviewers of known skill, who check claims of a desk through HTTP and not always as they should.

Each is a thread with a connection of its own that is kept open. What the desk has acknowledged is
written down on this side, to be held against what it has kept.
"""

import http.client
import re
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from random import Random
from typing import NamedTuple

LABELS = {
    "true": "True",
    "mostly-true": "Mostly true",
    "half-true": "Half true",
    "mostly-false": "Mostly false",
    "false": "False",
    "unproven": "Unproven",
}
CODES = tuple(LABELS)
WEAKEST, STRONGEST = 0.55, 0.95
PATIENCE = 120
PAUSE = 0.2
START = "/projects/desk/review"
FORM = "application/x-www-form-urlencoded"
# How often a check is not simply answered. What is left is sent once, and its answer is read.
SKIPS, PUTS_OFF, DRAFTS, DROPS, DOUBLES = 0.02, 0.03, 0.15, 0.05, 0.05
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
TOKEN = re.compile(r'name="csrf_token"\s+value="([^"]+)"')
CLAIM = re.compile(r'<h1 id="claim".*?Town (\d+) ', re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How many check how much; ``seconds`` is the time after which something is wrong.

    Where ``away`` is set, a fifth of the reviewers hold a check for so long, in seconds, and the
    last of them does not come back.
    """

    reviewers: int
    claims: int
    wanted: int = 2
    seconds: int
    away: float = 0
    seed: int = 4

    @property
    def truth(self) -> dict[int, str]:
        """The right answer to each claim, by its number."""
        draw = Random(self.seed)
        return {number: draw.choice(CODES) for number in range(self.claims)}

    def skill(self, number: int) -> float:
        """How often a reviewer finds the right answer."""
        return WEAKEST + (STRONGEST - WEAKEST) * number / max(1, self.reviewers - 1)

    def is_called_away(self, number: int) -> bool:
        """Whether a reviewer leaves a check lying for longer than it is lent."""
        return self.away > 0 and number % 5 == 4

    def never_returns(self, number: int) -> bool:
        """Whether a reviewer leaves for good."""
        return self.is_called_away(number) and number + 5 >= self.reviewers


class Answer(NamedTuple):
    """What the desk answered."""

    status: int
    body: str
    place: str


class Given(NamedTuple):
    """A check that the desk has acknowledged."""

    reviewer: str
    claim: int
    verdict: str
    rationale: str


@dataclass
class Board:
    """What all reviewers see: how much is acknowledged, and when to give up."""

    wanted: int
    until: float
    given: dict[str, Given] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_over(self) -> bool:
        """Whether everything wanted is acknowledged, or time is up."""
        return len(self.given) >= self.wanted or bool(self.trouble) or self.is_late

    @property
    def is_late(self) -> bool:
        return time.monotonic() > self.until

    def count(self, what: str) -> None:
        with self.lock:
            self.told[what] += 1

    def keep(self, review: str, given: Given) -> None:
        with self.lock:
            assert self.given.setdefault(review, given) == given, f"{review} was given twice"


class Wire:
    """A browser of one person: cookies, and one connection that is kept open."""

    def __init__(self, base: str, board: Board) -> None:
        self.host = base.removeprefix("http://")
        self.board = board
        self.cookies: dict[str, str] = {}
        self.connection = self._new()

    def _new(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.host, timeout=PATIENCE)

    def get(self, path: str) -> Answer:
        return self._sent(path, None)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        return self._sent(path, urllib.parse.urlencode(fields))

    def post_twice(self, path: str, fields: dict[str, str]) -> tuple[Answer, Answer]:
        """Press a button twice: the second request is on its way before the first is answered."""
        body = urllib.parse.urlencode(fields)
        other = self._new()
        self._ask(self.connection, path, body)
        self._ask(other, path, body)
        answers = self._answer(self.connection), self._answer(other)
        other.close()
        return answers

    def post_and_lose(self, path: str, fields: dict[str, str], wait: float) -> None:
        """Send a form and lose the connection before the answer has come."""
        self._ask(self.connection, path, urllib.parse.urlencode(fields))
        time.sleep(wait)
        self.close()

    def close(self) -> None:
        """Let go of the connection; the next request makes another."""
        self.connection.close()

    def _sent(self, path: str, body: str | None) -> Answer:
        try:
            self._ask(self.connection, path, body)
            return self._answer(self.connection)
        except (http.client.RemoteDisconnected, ConnectionError, http.client.CannotSendRequest):
            # The server lets go of a connection that was silent for a while.
            self.close()
            self._ask(self.connection, path, body)
            return self._answer(self.connection)

    def _ask(self, connection: http.client.HTTPConnection, path: str, body: str | None) -> None:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": kept, **({"Content-Type": FORM} if body is not None else {})}
        connection.request("GET" if body is None else "POST", path, body, headers)

    def _answer(self, connection: http.client.HTTPConnection) -> Answer:
        answer = connection.getresponse()
        body = answer.read().decode()
        for line in answer.msg.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        with self.board.lock:
            self.board.statuses[answer.status] += 1
        return Answer(answer.status, body, answer.headers.get("Location", ""))


class Reviewer:
    """One of those who check."""

    def __init__(self, number: int, plan: Plan, board: Board, wire: Wire) -> None:
        self.number, self.plan, self.board, self.wire = number, plan, board, wire
        self.name = name_of(number)
        self.draw = Random(f"{plan.seed}, {number}")
        self.truth = plan.truth
        self.token = ""
        self.done = 0
        # Somewhere in the first half of one's share.
        self.leaves_at = plan.claims * plan.wanted // plan.reviewers // 3

    def work(self, email: str, password: str) -> None:
        """Check until nothing is left to do for anybody."""
        try:
            self._sign_in(email, password)
            place = self._start()
            while not self.board.is_over and place != "gone":
                if place == START:
                    time.sleep(PAUSE)
                    place = self._start()
                else:
                    place = self._check(place)
        except Exception as error:
            self.board.trouble.append(f"{self.name}: {error!r}")
            raise
        finally:
            self.wire.connection.close()

    def _sign_in(self, email: str, password: str) -> None:
        self._look("/sign-in")
        fields = {"csrf_token": self.token, "email": email, "password": password}
        answer = self.wire.post("/sign-in", fields)
        assert answer.status == 303, answer.body
        self._look("/account")

    def _look(self, path: str) -> str:
        answer = self.wire.get(path)
        found = TOKEN.search(answer.body)
        assert found, f"{path}: {answer.status}"
        self.token = unescape(found[1])
        return answer.body

    def _start(self) -> str:
        answer = self.wire.post(START, {"csrf_token": self.token})
        assert answer.status == 303, answer
        return answer.place

    def _check(self, place: str) -> str:
        """Do something with the check in hand. Answers where to go on."""
        began = time.perf_counter()
        page = self._look(place)
        taken = time.perf_counter() - began
        claim = int(CLAIM.search(page)[1])
        form = {name: unescape(value) for name, value in HIDDEN.findall(page)}
        form["csrf_token"] = self.token
        if self.plan.is_called_away(self.number) and self.done == self.leaves_at:
            self.done += 1
            return self._go_away(place, form, claim)
        mood = self.draw.random()
        if mood < SKIPS:
            reason = {"do": "skip", "skip_reason": "outside-field", "skip_note": ""}
            return self._press("skipped", place, form | reason)
        if mood < SKIPS + PUTS_OFF:
            return self._press("put off", place, form | {"do": "later"})
        return self._submit(place, self._filled(form, claim), claim, taken)

    def _filled(self, form: dict[str, str], claim: int) -> dict[str, str]:
        right = self.truth[claim]
        others = [code for code in CODES if code != right]
        is_right = self.draw.random() < self.plan.skill(self.number)
        verdict = right if is_right else self.draw.choice(others)
        said = {"verdict": verdict, "rationale": f"{self.name} on {claim}, “{self.done}”."}
        return form | said

    def _press(self, what: str, place: str, form: dict[str, str]) -> str:
        answer = self.wire.post(place, form)
        assert answer.status == 303, answer
        self.board.count(what)
        return answer.place

    def _go_away(self, place: str, form: dict[str, str], claim: int) -> str:
        """Leave a check lying until others may have it; then send it after all."""
        self.board.count("left lying")
        if self.plan.never_returns(self.number):
            return "gone"
        self.wire.close()
        time.sleep(self.plan.away)
        filled = self._filled(form, claim)
        answer = self.wire.post(place, filled)
        if answer.status == 409:
            self.board.count("taken over")
            return self._start()
        self._acknowledged(place, filled, claim, answer)
        return answer.place

    def _submit(self, place: str, form: dict[str, str], claim: int, taken: float) -> str:
        if self.draw.random() < DRAFTS:
            form = self._drafted(place, form)
        began = time.perf_counter()
        way = self.draw.random()
        if way < DROPS:
            self.wire.post_and_lose(place, form, self.draw.choice((0, 0.05)))
            self.board.count("sent again")
            answer = self.wire.post(place, form)
        elif way < DROPS + DOUBLES:
            answer, second = self.wire.post_twice(place, form)
            self.board.count("sent twice at once")
            assert answer == second, (answer.status, second.status)
        else:
            answer = self.wire.post(place, form)
            with self.board.lock:
                self.board.times.append(taken + time.perf_counter() - began)
        self._acknowledged(place, form, claim, answer)
        self.done += 1
        return answer.place

    def _drafted(self, place: str, form: dict[str, str]) -> dict[str, str]:
        """Type something else first, and have it kept."""
        half = {**form, "verdict": "", "rationale": "Half a thought."}
        answer = self.wire.post(f"{place}/draft", half)
        assert answer.status == 204, answer
        self.board.count("drafts")
        return form | {"draft_version": str(int(form["draft_version"]) + 1)}

    def _acknowledged(self, place: str, form: dict[str, str], claim: int, answer: Answer) -> None:
        assert answer.status == 303, (self.name, place, answer.status, answer.body[:2000])
        given = Given(self.name, claim, form["verdict"], form["rationale"])
        self.board.keep(place.rpartition("/")[2], given)


def name_of(number: int) -> str:
    """What a reviewer is called."""
    return f"Reviewer {number:02}"


def email_of(number: int) -> str:
    """The address that a reviewer signs in with."""
    return f"r{number:02}@example.org"


def check_all(plan: Plan, base: str, password: str) -> tuple[Board, float]:
    """Let all of them check at once; what they saw, and the seconds it took."""
    board = new_board(plan)
    took = all_check(plan, password, [Wire(base, board) for _ in range(plan.reviewers)], board)
    return board, took


def new_board(plan: Plan) -> Board:
    """A board on which nothing stands yet; time runs from now on."""
    return Board(wanted=plan.claims * plan.wanted, until=time.monotonic() + plan.seconds)


def all_check(plan: Plan, password: str, wires: Sequence[Wire], board: Board) -> float:
    """Let all of them check at once, each over a wire; the seconds it took."""
    began = time.monotonic()
    everybody = [Reviewer(number, plan, board, wire) for number, wire in enumerate(wires)]
    with ThreadPoolExecutor(plan.reviewers) as pool:
        begun = [pool.submit(one.work, email_of(one.number), password) for one in everybody]
    took = time.monotonic() - began
    for one in begun:
        one.result()
    return took
