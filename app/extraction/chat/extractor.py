"""The extractor called ``chat``: the article in parts, each asked about once, or twice at most."""

import time

from app.domain.chat import Answer, Ask, Message, tokens_in
from app.domain.errors import Refused
from app.extraction.candidate import Asked
from app.extraction.chat import prompt
from app.extraction.chat.answers import AnswerError, proposals
from app.extraction.chat.parts import parts
from app.extraction.proposals import Proposal, Proposed
from app.extraction.registry import CHAT
from app.extraction.sentences import Span

# What a question has besides the text and the prompt: title, publisher, date, marks; and, when it is
# asked again, how the answer began and what was wrong with it.
_AROUND = 700
# Nobody was reached, or the question was turned away: that costs nothing.
_FREE = frozenset(
    f"chat.{why}" for why in ("unreachable", "untrusted", "key", "busy", "moved", "refused", "long")
)


class ChatExtractor:
    """Asks a model about an article; make one for each article, ``asked`` tells what it took."""

    name = CHAT
    version = prompt.VERSION

    def __init__(self, ask: Ask, *, model: str, most_tokens: int) -> None:
        self.ask = ask
        self.asked = Asked(model, prompt.SHA256)
        self.most_answer = most_tokens // 2
        self.most_text = max(
            100, most_tokens - self.most_answer - tokens_in(prompt.PROMPT) - _AROUND
        )

    def extract(
        self,
        text: str,
        *,
        url: str | None = None,  # noqa: ARG002 - as every extractor is asked
        publisher: str | None = None,
        date: str | None = None,
        title: str | None = None,
        language: str | None = None,
    ) -> Proposed:
        """What the model proposes.

        Raises:
            Refused: it cannot be asked, or gives no usable answer.
        """
        found: list[Proposal] = []
        for part in parts(text, most_tokens=self.most_text):
            words = text[part.start : part.end]
            asked = prompt.question(words, title=title, publisher=publisher, date=date)
            found += [_placed(text, part, one) for one in self._answered(asked)]
        return Proposed(tuple(found), language=language or "", asked=self.asked)

    def at_most(self, text: str) -> tuple[int, int]:
        """Tokens of questions and of answers, if every part had to be asked about twice."""
        number = len(parts(text, most_tokens=self.most_text))
        each = tokens_in(prompt.PROMPT) + _AROUND
        once = tokens_in(text) + number * each
        return 2 * once + number * self.most_answer, 2 * number * self.most_answer

    def _answered(self, asked: list[Message]) -> list[Proposal]:
        answer = self._ask(asked)
        try:
            return proposals(answer.text)
        except AnswerError as error:
            answer = self._ask(prompt.again(asked, answer.text, str(error)))
        try:
            return proposals(answer.text)
        except AnswerError:
            raise Refused("chat.unusable") from None

    def _ask(self, messages: list[Message]) -> Answer:
        began, so_far = time.monotonic(), self.asked
        try:
            answer = self.ask(messages)
        except Refused as refusal:
            # What it took is not known; a model may have written all that it was allowed to.
            is_free = refusal.code in _FREE
            sent = 0 if is_free else sum(tokens_in(one.text) for one in messages)
            self._count(so_far.model, sent, 0 if is_free else self.most_answer, began)
            raise
        self._count(answer.model, answer.tokens_in, answer.tokens_out, began)
        return answer

    def _count(self, model: str, tokens: int, tokens_out: int, began: float) -> None:
        so_far = self.asked
        self.asked = Asked(
            model,
            so_far.prompt_sha256,
            so_far.tokens_in + tokens,
            so_far.tokens_out + tokens_out,
            round(so_far.seconds + time.monotonic() - began, 3),
        )


def _placed(text: str, part: Span, proposal: Proposal) -> Proposal:
    """The proposal with where its quote stands in its own part of the article."""
    at = text.find(proposal.quote, part.start, part.end) if proposal.quote else -1
    start = at if at >= 0 else part.start
    return Proposal(
        proposal.quote,
        start,
        start + len(proposal.quote),
        text=proposal.text,
        attribution=proposal.attribution,
    )
