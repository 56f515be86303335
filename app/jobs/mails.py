"""Telling somebody by e-mail that there is a notice: that there is one, never what it says."""

from collections.abc import Mapping
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from app import languages
from app.domain.ids import now
from app.domain.words import NoticeKind
from app.fetching import mail
from app.jobs.desk import Desk
from app.storage import notices
from app.storage.notices import NoticeMail
from app.workflow.notices import note_mailed

# Marks a sentence for the translators' tools; it is translated for whoever is written to.
N_ = str

HAPPENED: dict[NoticeKind, str] = {
    NoticeKind.ASKED: N_("Somebody asks you about a claim."),
    NoticeKind.ANSWERED: N_("Somebody answered you."),
    NoticeKind.MENTIONED: N_("Somebody mentions you in a comment."),
    NoticeKind.RETURNED: N_("A check of yours came back with a question."),
    NoticeKind.ASSIGNED: N_("A claim was given to you to check."),
    NoticeKind.LAPSING: N_("A claim that you hold is about to go back to the others."),
    NoticeKind.GOLD_MISSED: N_("A claim with a known answer was answered otherwise."),
}
HELLO = N_("Hello %(name)s,")
READ = N_("Read it here:")
WHY = N_("You get this mail because your account asks for it. You can switch it off there:")
# In the standard that Python has these were other letters: mails to straße.example went to strasse.example.
LETTERS_NOW = frozenset("ßς")
# Who may not see it yet is told once they may; how often that is looked at.
TRY_AGAIN = timedelta(hours=1)


def send_notice(desk: Desk, payload: Mapping[str, Any]) -> timedelta | None:
    """Send the mail of one notice; a pause where its reader may not see yet what it is about."""
    server, base = desk.settings.mail, desk.settings.url
    if server is None or base is None:
        return None
    with desk.database.reading() as session:
        found = notices.mail_of(session, str(payload["notice"]))
    if found is None:
        return None
    if found.is_hidden:
        return TRY_AGAIN
    mail.send(server, written(found, sender=server.sender, base=base))
    with desk.database.write() as session:
        note_mailed(session, found.public_id)
    return None


def written(notice: NoticeMail, *, sender: str, base: str) -> EmailMessage:
    """The mail in the language of its reader; the same notice is always the same message."""
    said = languages.words_in(notice.locale).gettext
    happened = said(HAPPENED[notice.kind])
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = _reader(notice)
    message["Subject"] = happened
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<notice-{notice.public_id}@{urlsplit(base).hostname}>"
    # No answering machine answers a machine.
    message["Auto-Submitted"] = "auto-generated"
    parts = (
        said(HELLO) % {"name": notice.name},
        happened,
        f"{said(READ)}\n{base}/notices#notice-{notice.public_id}",
        f"-- \n{said(WHY)}\n{base}/account",
    )
    message.set_content("\n\n".join(parts) + "\n")
    return message


def _reader(notice: NoticeMail) -> Address:
    """Whom a mail goes to, by what every server understands."""
    # What looks like an encoded word would be read as one, line breaks and all.
    name = notice.name.replace("=?", "= ?")
    account, _, host = notice.email.rpartition("@")
    try:
        host = _in_ascii(host)
    except UnicodeError:
        # No such host can be: the server says so.
        return Address(name, addr_spec=notice.email)
    return Address(name, addr_spec=f"{account}@{host}")


def _in_ascii(host: str) -> str:
    """The name of a host as mail has it."""
    if LETTERS_NOW.isdisjoint(host):
        return host.encode("idna").decode("ascii")
    parts = [
        part.encode("idna") if LETTERS_NOW.isdisjoint(part) else b"xn--" + part.encode("punycode")
        for part in host.split(".")
    ]
    return b".".join(parts).decode("ascii")
