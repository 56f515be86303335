"""The extractor that asks the service of the settings, for commands."""

import os
from dataclasses import dataclass, field

import click

from app.config import ChatService, Settings
from app.domain.errors import Refused
from app.extraction.chat import ChatExtractor
from app.extraction.registry import CHAT, Extractor, extractor
from app.fetching.chat import Line


@dataclass(slots=True)
class Purse:
    """What one command had read by a service so far, and so may have to pay."""

    made: list[ChatExtractor] = field(default_factory=list)

    def spent(self, service: ChatService) -> float:
        """What that cost."""
        return sum(service.cost(one.asked.tokens_in, one.asked.tokens_out) for one in self.made)


def named(name: str, text: str, *, purse: Purse) -> Extractor:
    """The extractor of that name, ready to read a text; where the texts go is said once.

    Raises:
        Missing: there is no such extractor.
        Refused: it does not work, no service is set up, or the command would spend too much.
    """
    if name != CHAT:
        return extractor(name)
    service = Settings.read(os.environ).chat
    if service is None:
        raise Refused("chat.off")
    made = ChatExtractor(Line(service), model=service.model, most_tokens=service.max_tokens)
    at_most = purse.spent(service) + service.cost(*made.at_most(text))
    if service.budget is not None and at_most > service.budget:
        raise Refused("chat.budget")
    if not purse.made:
        tell_where(service)
    purse.made.append(made)
    return made


def tell_where(service: ChatService) -> None:
    """Say where a text is sent, before it is."""
    click.echo(f"The text goes to {service.model} at {service.host}.", err=True)
