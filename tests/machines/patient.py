"""A reviewer's browser over a door behind which machines die: what is not answered is sent again."""

import http.client
import time
from collections import Counter

from tests.load.reviewers import Answer, Board, Wire

# What says that nobody knows, or that somebody was in the way: press again.
AGAIN = frozenset({502, 503, 504})
PAUSE = 1.0
MOST = 5


class PatientWire(Wire):
    """Counts what its user would notice: a press that had to be made again, and how often the same."""

    def __init__(self, base: str, board: Board) -> None:
        super().__init__(base, board)
        self.noticed: Counter[int] = Counter()
        self.statuses: Counter[int] = Counter()

    def _sent(self, path: str, body: str | None) -> Answer:
        answer = super()._sent(path, body)
        again = 0
        while answer.status in AGAIN and again < MOST:
            self.statuses[answer.status] += 1
            again += 1
            time.sleep(PAUSE)
            answer = super()._sent(path, body)
        if again:
            self.noticed[again] += 1
        return answer

    def post_twice(self, path: str, fields: dict[str, str]) -> tuple[Answer, Answer]:
        first, second = super().post_twice(path, fields)
        return tuple(
            self.post(path, fields) if one.status in AGAIN else one for one in (first, second)
        )

    def _answer(self, connection: http.client.HTTPConnection) -> Answer:
        answer = super()._answer(connection)
        if answer.status in AGAIN:
            # It is answered by being sent again, and looked at here.
            with self.board.lock:
                self.board.statuses[answer.status] -= 1
        return answer
