"""Sending a mail through the server of the settings."""

import smtplib
import ssl
from email.message import EmailMessage

from app.config import LOOPBACK, MailServer
from app.fetching.patience import in_time

TIMEOUT_SECONDS = 10
# All of it may take so many times as long as one answer: a byte now and then is no answer.
MOST_ANSWERS = 6


class Unprotected(Exception):  # noqa: N818 - it says what the connection is
    """The server offers no encryption, and a password would be read by others."""


def send(server: MailServer, message: EmailMessage, *, timeout: float = TIMEOUT_SECONDS) -> None:
    """Hand a mail over, encrypted where the server can; whatever fails is raised.

    Args:
        server: whom it is handed to.
        message: the mail.
        timeout: how long one answer of the server may take, in seconds.

    Raises:
        OSError: the server cannot be reached, is too slow, or its certificate is not good.
        SMTPException: the server refused something.
        Unprotected: the password would go over an open line.
    """
    in_time(lambda: _send(server, message, timeout), seconds=MOST_ANSWERS * timeout)


def _send(server: MailServer, message: EmailMessage, timeout: float) -> None:
    context = ssl.create_default_context()
    # Named by the sender's domain: asking the network for our own name can take long.
    own_name = server.sender.rpartition("@")[2].strip("> ") or "localhost"
    if server.is_tls:
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, own_name, timeout=timeout, context=context
        )
    else:
        line = smtplib.SMTP(server.host, server.port, own_name, timeout=timeout)
    with line:
        line.ehlo_or_helo_if_needed()
        is_encrypted = server.is_tls
        if not is_encrypted and line.has_extn("starttls"):
            line.starttls(context=context)
            is_encrypted = True
        if server.user:
            if not is_encrypted and server.host not in LOOPBACK:
                raise Unprotected
            line.login(server.user, server.password)
        line.send_message(message)
