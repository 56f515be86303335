"""The settings: read once from ASSAY_* variables, then frozen. A bad value stops the start."""

import ipaddress
import os
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from app.domain.errors import Refused

MIN_SECRET = 32
KEY_FILE = "secret_key"
KEY_PATIENCE_SECONDS = 2.0
MEGABYTE = 1024 * 1024
MILLION = 1_000_000
# What people copy out of examples; a key that others know is no key.
EXAMPLE_WORDS = ("changeme", "change-me", "change_me", "example", "secret-key", "your-secret")
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


@dataclass(frozen=True, slots=True)
class FetchRules:
    """How pages are fetched from elsewhere.

    Attributes:
        seconds: how long one page may take, redirects included.
        max_bytes: of one answer, as sent and after decompression.
        allow: addresses of the house's own network that may be reached though they are private,
            each with a port or None for any.
    """

    seconds: int = 30
    max_bytes: int = 20 * MEGABYTE
    allow: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside.

    Attributes:
        instance: the folder of everything that Assay writes.
        secret_key: signs cookies; empty until ``ensure_secret_key`` has made one.
        port: None when nobody asked for one; 5000 or the next free one is taken then.
        url: the public address (scheme and host, no trailing slash), where there is one.
        proxies: how many reverse proxies stand in front.
        max_upload_bytes: the largest request that is read.
        mail: where mails are handed over; None where none are sent.
        chat: which service is asked for claims; None where none is.
        fetch: within which limits pages are fetched.
    """

    instance: Path
    database_url: str
    secret_key: str = field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int | None = None
    workers: int = 2
    url: str | None = None
    proxies: int = 0
    max_upload_bytes: int = 20 * MEGABYTE
    mail: MailServer | None = None
    chat: ChatService | None = None
    fetch: FetchRules = field(default_factory=FetchRules)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings that these variables describe.

        Raises:
            Refused: ``settings.bad`` with the ``name`` of the variable and the ``reason``.
        """
        instance = Path(_text(environ, "ASSAY_INSTANCE", "instance")).expanduser().absolute()
        port = _text(environ, "ASSAY_PORT", "")
        return cls(
            instance=instance,
            database_url=_database_url(environ, instance),
            secret_key=_secret_key(environ, instance),
            host=_host(environ),
            port=_number(environ, "ASSAY_PORT", 0, within=(1, 65535)) if port else None,
            workers=_number(environ, "ASSAY_WORKERS", 2, within=(1, 64)),
            url=_public_url(environ),
            proxies=_number(environ, "ASSAY_PROXIES", 0, within=(0, 10)),
            max_upload_bytes=MEGABYTE
            * _number(environ, "ASSAY_MAX_UPLOAD_MB", 20, within=(1, 1024)),
            mail=_mail(environ),
            chat=_chat(environ),
        )

    @property
    def is_https(self) -> bool:
        """Whether browsers reach the desk over https only."""
        return self.url is not None and self.url.startswith("https://")

    @property
    def is_local(self) -> bool:
        """Whether only this machine can connect."""
        return self.host in LOOPBACK


def ensure_secret_key(settings: Settings) -> Settings:
    """The settings with a secret key, which is made and kept when there is none.

    The process that starts the others calls this once; a second caller reads what the first made.

    Raises:
        Refused: the folder or the file cannot be written or read.
    """
    if settings.secret_key:
        return settings
    path = settings.instance / KEY_FILE
    try:
        settings.instance.mkdir(parents=True, exist_ok=True)
        _make_key(path)
        key = _patient_key(path)
    except OSError as error:
        raise bad("ASSAY_INSTANCE", f"{path} cannot be written: {error.strerror}.") from error
    return replace(settings, secret_key=key)


def bad(name: str, reason: str) -> Refused:
    """The refusal of a setting, with a sentence for whoever starts the program."""
    return Refused("settings.bad", name=name, reason=reason)


def _make_key(path: Path) -> None:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")


def _patient_key(path: Path) -> str:
    """The key in the file; whoever made the file a moment ago may still be writing it."""
    until = time.monotonic() + KEY_PATIENCE_SECONDS
    while not (key := _stored_key(path)) and time.monotonic() < until:
        time.sleep(0.01)
    if not key:
        raise bad("ASSAY_SECRET_KEY", f"{path} is empty. Delete the file and start again.")
    return key


def _stored_key(path: Path) -> str:
    """The key in the file, or nothing while there is none."""
    try:
        key = path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise bad("ASSAY_SECRET_KEY", f"{path} cannot be read.") from error
    if key:
        _check_key(key, where=f"The key in {path}")
    return key


def _text(environ: Mapping[str, str], name: str, default: str) -> str:
    """A variable without blanks around it; one that is set to nothing counts as unset."""
    return environ.get(name, "").strip() or default


def _number(environ: Mapping[str, str], name: str, default: int, *, within: tuple[int, int]) -> int:
    low, high = within
    raw = _text(environ, name, str(default))
    if not (raw.isascii() and raw.isdigit() and low <= int(raw) <= high):
        raise bad(name, f"“{raw}” is not a whole number from {low} to {high}.")
    return int(raw)


def _amount(environ: Mapping[str, str], name: str) -> float | None:
    """A sum with a decimal point; None where nothing is set."""
    raw = _text(environ, name, "")
    if not raw:
        return None
    if not re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", raw):
        raise bad(name, f"“{raw}” is no amount such as 0.15.")
    return float(raw)


def _host(environ: Mapping[str, str]) -> str:
    host = _text(environ, "ASSAY_HOST", "127.0.0.1")
    if "/" in host or any(c.isspace() for c in host):
        raise bad("ASSAY_HOST", f"“{host}” is not the name or number of a machine.")
    if ":" in host:
        try:
            ipaddress.IPv6Address(host)
        except ValueError:
            raise bad("ASSAY_HOST", f"“{host}”: the port belongs in ASSAY_PORT.") from None
    return host


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = _text(environ, "ASSAY_DATABASE_URL", f"sqlite:///{instance / 'assay.db'}")
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise bad(
            "ASSAY_DATABASE_URL",
            "It must begin with sqlite:/// and a file, or with postgresql:// and a server.",
        )
    return url


def _secret_key(environ: Mapping[str, str], instance: Path) -> str:
    key = _text(environ, "ASSAY_SECRET_KEY", "")
    if not key:
        return _stored_key(instance / KEY_FILE)
    _check_key(key, where="It")
    return key


def _check_key(key: str, *, where: str) -> None:
    if len(key) < MIN_SECRET:
        raise bad("ASSAY_SECRET_KEY", f"{where} must have at least {MIN_SECRET} characters.")
    if any(word in key.lower() for word in EXAMPLE_WORDS) or len(set(key)) < 8:
        raise bad("ASSAY_SECRET_KEY", f"{where} is an example that others know. Make one up.")


def _public_url(environ: Mapping[str, str]) -> str | None:
    raw = _text(environ, "ASSAY_URL", "")
    if not raw:
        return None
    try:
        parts = urlsplit(raw)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise bad("ASSAY_URL", f"“{raw}” is not a web address.") from None
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise bad("ASSAY_URL", f"“{raw}” must look like https://desk.example.org.")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise bad("ASSAY_URL", "It must end with the host; Assay has an address of its own.")
    return f"{parts.scheme}://{parts.netloc}"


def _mail(environ: Mapping[str, str]) -> MailServer | None:
    """Where mails go; what is wrong is said without the address, which may hold a password."""
    raw = _text(environ, "ASSAY_SMTP_URL", "")
    if not raw:
        return None
    try:
        parts = urlsplit(raw)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise bad("ASSAY_SMTP_URL", "This is not an address.") from None
    if parts.scheme not in MAIL_PORTS or not host or parts.path not in {"", "/"}:
        raise bad("ASSAY_SMTP_URL", "It must look like smtp://user:password@mail.example.org:587.")
    if _public_url(environ) is None:
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
    sender = _text(environ, "ASSAY_MAIL_FROM", "")
    _name, address = parseaddr(sender)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address) or not sender.isprintable():
        raise bad(
            "ASSAY_MAIL_FROM", "It must be the address that mails come from: desk@example.org."
        )
    return sender


def _chat(environ: Mapping[str, str]) -> ChatService | None:
    """Which service is asked for claims; what is wrong is said without the key."""
    raw = _text(environ, "ASSAY_CHAT_URL", "")
    if not raw:
        return None
    model, key = _text(environ, "ASSAY_CHAT_MODEL", ""), _text(environ, "ASSAY_CHAT_KEY", "")
    if not model or len(model) > LONGEST_MODEL or not model.isprintable():
        raise bad("ASSAY_CHAT_MODEL", "With ASSAY_CHAT_URL, say which model is asked.")
    if not re.fullmatch(r"[!-~]*", key):
        raise bad("ASSAY_CHAT_KEY", "It must be letters, digits and signs without blanks.")
    budget = _amount(environ, "ASSAY_CHAT_BUDGET")
    prices = [_amount(environ, f"ASSAY_CHAT_PRICE_{way}") or 0.0 for way in ("IN", "OUT")]
    if budget is not None and not any(prices):
        raise bad("ASSAY_CHAT_BUDGET", "It limits nothing without ASSAY_CHAT_PRICE_IN and _OUT.")
    return ChatService(
        url=_chat_url(raw),
        model=model,
        key=key,
        seconds=_number(environ, "ASSAY_CHAT_SECONDS", 60, within=(1, 300)),
        max_tokens=_number(environ, "ASSAY_CHAT_MAX_TOKENS", 8_000, within=(2_000, 1_000_000)),
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
