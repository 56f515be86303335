"""Who else the desk talks to: a mail server, and a service that is asked for claims."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from app.config.reading import amount, bad, number, public_url, text

MILLION = 1_000_000
MAIL_PORTS = {"smtp": 587, "smtps": 465}
LONGEST_MODEL = 200
# What the OpenAI format calls the one thing that is asked here.
CHAT_PATH = "/chat/completions"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed over; ``is_tls``: encrypted from the first byte."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    is_tls: bool = False


@dataclass(frozen=True, slots=True)
class ChatService:
    """A service that is asked for claims; it speaks the OpenAI chat format.

    Attributes:
        url: the address that questions are posted to.
        seconds: how long one question may take, from the first byte to the last.
        max_tokens: of one question and its answer together; a longer text goes in parts.
        price_in: of a million tokens of questions, in whatever the budget counts.
        price_out: of a million tokens of answers.
        budget: what may be spent in a day (UTC); None for no limit.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: int = 60
    max_tokens: int = 8_000
    price_in: float = 0.0
    price_out: float = 0.0
    budget: float | None = None

    @property
    def host(self) -> str:
        """Where texts go, as a page says it."""
        return urlsplit(self.url).netloc

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """What so many tokens cost."""
        return round((tokens_in * self.price_in + tokens_out * self.price_out) / MILLION, 6)


def mail_server(environ: Mapping[str, str]) -> MailServer | None:
    """Where mails go; what is wrong is said without the address, which may hold a password."""
    raw = text(environ, "ASSAY_SMTP_URL", "")
    if not raw:
        return None
    try:
        parts = urlsplit(raw)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise bad("ASSAY_SMTP_URL", "This is not an address.") from None
    if parts.scheme not in MAIL_PORTS or not host or parts.path not in {"", "/"}:
        raise bad("ASSAY_SMTP_URL", "It must look like smtp://user:password@mail.example.org:587.")
    if public_url(environ) is None:
        raise bad("ASSAY_URL", "Mails hold links: with ASSAY_SMTP_URL, say where the desk is.")
    return MailServer(
        host=host,
        port=port or MAIL_PORTS[parts.scheme],
        sender=_sender(environ),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=parts.scheme == "smtps",
    )


def _sender(environ: Mapping[str, str]) -> str:
    sender = text(environ, "ASSAY_MAIL_FROM", "")
    _name, address = parseaddr(sender)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address) or not sender.isprintable():
        raise bad(
            "ASSAY_MAIL_FROM", "It must be the address that mails come from: desk@example.org."
        )
    return sender


def chat_service(environ: Mapping[str, str]) -> ChatService | None:
    """Which service is asked for claims; what is wrong is said without the key."""
    raw = text(environ, "ASSAY_CHAT_URL", "")
    if not raw:
        return None
    model, key = text(environ, "ASSAY_CHAT_MODEL", ""), text(environ, "ASSAY_CHAT_KEY", "")
    if not model or len(model) > LONGEST_MODEL or not model.isprintable():
        raise bad("ASSAY_CHAT_MODEL", "With ASSAY_CHAT_URL, say which model is asked.")
    if not re.fullmatch(r"[!-~]*", key):
        raise bad("ASSAY_CHAT_KEY", "It must be letters, digits and signs without blanks.")
    budget = amount(environ, "ASSAY_CHAT_BUDGET")
    prices = [amount(environ, f"ASSAY_CHAT_PRICE_{way}") or 0.0 for way in ("IN", "OUT")]
    if budget is not None and not any(prices):
        raise bad("ASSAY_CHAT_BUDGET", "It limits nothing without ASSAY_CHAT_PRICE_IN and _OUT.")
    return ChatService(
        url=_chat_url(raw),
        model=model,
        key=key,
        seconds=number(environ, "ASSAY_CHAT_SECONDS", 60, within=(1, 300)),
        max_tokens=number(environ, "ASSAY_CHAT_MAX_TOKENS", 8_000, within=(2_000, 1_000_000)),
        price_in=prices[0],
        price_out=prices[1],
        budget=budget,
    )


def _chat_url(raw: str) -> str:
    """Where questions are posted to: nobody may read along on the way there."""
    try:
        parts = urlsplit(raw)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise bad("ASSAY_CHAT_URL", "This is not a web address.") from None
    is_web = parts.scheme in {"http", "https"} and host and raw.isascii() and raw.isprintable()
    if not is_web or parts.username is not None or parts.fragment or " " in raw:
        raise bad("ASSAY_CHAT_URL", "It must look like https://chat.example.org/v1.")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise bad("ASSAY_CHAT_URL", "It must begin with https://, except on this very machine.")
    path = parts.path.rstrip("/")
    path = path if path.endswith(CHAT_PATH) else path + CHAT_PATH
    return parts._replace(path=path).geturl()
