"""The extractor that asks the service of the settings, for commands."""

import os

import click

from app.config import ChatService, Settings
from app.domain.errors import Refused
from app.extraction.chat import ChatExtractor
from app.extraction.registry import CHAT, Extractor, extractor
from app.fetching.chat import Line


def named(name: str, text: str) -> Extractor:
    """The extractor of that name, ready to read a text; where the text goes is said.

    Raises:
        Missing: there is no such extractor.
        Refused: it does not work, or no service is set up.
    """
    if name != CHAT:
        return extractor(name)
    service = Settings.read(os.environ).chat
    if service is None:
        raise Refused("chat.off")
    made = ChatExtractor(Line(service), model=service.model, most_tokens=service.max_tokens)
    if service.budget is not None and service.cost(*made.at_most(text)) > service.budget:
        raise Refused("chat.budget")
    tell_where(service)
    return made


def tell_where(service: ChatService) -> None:
    """Say where a text is sent, before it is."""
    click.echo(f"The text goes to {service.model} at {service.host}.", err=True)
