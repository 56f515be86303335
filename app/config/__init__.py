"""The settings: read once from ASSAY_* variables, then frozen. A bad value stops the start."""

import ipaddress
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.config.connections import Connections, connections
from app.config.fetching import MEGABYTE, FetchRules, fetch_rules
from app.config.reading import bad, number, public_url, text
from app.config.services import (
    LONGEST_MODEL,
    LOOPBACK,
    ChatService,
    MailServer,
    chat_service,
    mail_server,
)

__all__ = [
    "LONGEST_MODEL",
    "LOOPBACK",
    "MEGABYTE",
    "ChatService",
    "Connections",
    "FetchRules",
    "MailServer",
    "Settings",
    "ensure_secret_key",
]

MIN_SECRET = 32
KEY_FILE = "secret_key"
KEY_PATIENCE_SECONDS = 2.0
# What people copy out of examples; a key that others know is no key.
EXAMPLE_WORDS = ("changeme", "change-me", "change_me", "example", "secret-key", "your-secret")


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
        connections: how a process is connected to a database server.
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
    connections: Connections = field(default_factory=Connections)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings that these variables describe.

        Raises:
            Refused: ``settings.bad`` with the ``name`` of the variable and the ``reason``.
        """
        instance = Path(text(environ, "ASSAY_INSTANCE", "instance")).expanduser().absolute()
        port = text(environ, "ASSAY_PORT", "")
        return cls(
            instance=instance,
            database_url=_database_url(environ, instance),
            secret_key=_secret_key(environ, instance),
            host=_host(environ),
            port=number(environ, "ASSAY_PORT", 0, within=(1, 65535)) if port else None,
            workers=number(environ, "ASSAY_WORKERS", 2, within=(1, 64)),
            url=public_url(environ),
            proxies=number(environ, "ASSAY_PROXIES", 0, within=(0, 10)),
            max_upload_bytes=MEGABYTE
            * number(environ, "ASSAY_MAX_UPLOAD_MB", 20, within=(1, 1024)),
            mail=mail_server(environ),
            chat=chat_service(environ),
            fetch=fetch_rules(environ),
            connections=connections(environ),
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


def _host(environ: Mapping[str, str]) -> str:
    host = text(environ, "ASSAY_HOST", "127.0.0.1")
    if "/" in host or any(c.isspace() for c in host):
        raise bad("ASSAY_HOST", f"“{host}” is not the name or number of a machine.")
    if ":" in host:
        try:
            ipaddress.IPv6Address(host)
        except ValueError:
            raise bad("ASSAY_HOST", f"“{host}”: the port belongs in ASSAY_PORT.") from None
    return host


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = text(environ, "ASSAY_DATABASE_URL", f"sqlite:///{instance / 'assay.db'}")
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
    key = text(environ, "ASSAY_SECRET_KEY", "")
    if not key:
        return _stored_key(instance / KEY_FILE)
    _check_key(key, where="It")
    return key


def _check_key(key: str, *, where: str) -> None:
    if len(key) < MIN_SECRET:
        raise bad("ASSAY_SECRET_KEY", f"{where} must have at least {MIN_SECRET} characters.")
    if any(word in key.lower() for word in EXAMPLE_WORDS) or len(set(key)) < 8:
        raise bad("ASSAY_SECRET_KEY", f"{where} is an example that others know. Make one up.")
