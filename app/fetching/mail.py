"""Sending a mail through the server of the settings."""

import smtplib
import ssl
from email.message import EmailMessage

from app.config import LOOPBACK, MailServer
from app.fetching.patience import hang_up, in_time

TIMEOUT_SECONDS = 10
# All of it may take so many times as long as one answer: a byte now and then is no answer.
MOST_ANSWERS = 6
# How a server begins that takes mails.
GREETING = 220


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
    call = _Call(server, message, timeout)
    in_time(call.run, seconds=MOST_ANSWERS * timeout, leave=call.end)


class _Call:
    """One mail, handed over in a thread of its own so that it can be left."""

    def __init__(self, server: MailServer, message: EmailMessage, timeout: float) -> None:
        self.server, self.message, self.timeout = server, message, timeout
        self._line: smtplib.SMTP | None = None
        self._is_left = False

    def end(self) -> None:
        """Hang up, from whatever thread; whoever is reached later is given nothing any more."""
        self._is_left = True
        line = self._line
        if line is not None:
            hang_up(line.sock)

    def run(self) -> None:
        """Hand it over."""
        context = ssl.create_default_context()
        with self._connected(context) as line:
            line.ehlo_or_helo_if_needed()
            is_encrypted = self.server.is_tls
            if not is_encrypted and line.has_extn("starttls"):
                line.starttls(context=context)
                is_encrypted = True
            if self.server.user:
                if not is_encrypted and self.server.host not in LOOPBACK:
                    raise Unprotected
                line.login(self.server.user, self.server.password)
            if not self._is_left:
                line.send_message(self.message)

    def _connected(self, context: ssl.SSLContext) -> smtplib.SMTP:
        # Named by the sender's domain: asking the network for our own name can take long.
        own_name = self.server.sender.rpartition("@")[2].strip("> ") or "localhost"
        if self.server.is_tls:
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                local_hostname=own_name, timeout=self.timeout, context=context
            )
        else:
            line = smtplib.SMTP(local_hostname=own_name, timeout=self.timeout)
        # Told a server when it is made, a line reads its greeting before anybody could hang up. Whom the
        # certificate is for it knows from nothing else.
        line._host = self.server.host  # type: ignore[attr-defined]  # noqa: SLF001 - nothing public sets it
        self._line = line
        code, said = line.connect(self.server.host, self.server.port)
        if self._is_left or code != GREETING:
            line.close()
            raise smtplib.SMTPConnectError(code, said)
        return line
