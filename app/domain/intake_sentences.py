"""What refusals about articles that come in by their addresses say. Part of ``sentences``."""

from collections.abc import Mapping

# Marks a sentence for the translators' tools; the door that shows it translates it.
N_ = str

INTAKES: Mapping[str, str] = {
    "intake.missing": N_("There is no such list of addresses, or it is not for you to see."),
    "intake.none": N_("Write at least one address, or that of a feed."),
    "intake.many": N_("A list can have %(limit)s addresses at most: make two of it."),
    "intake.line": N_(
        "Line %(line)s is no web address: write it as http://… or https://…, without blanks."
    ),
    "intake.line-long": N_("The address in line %(line)s is longer than %(limit)s characters."),
    "intake.line-credentials": N_(
        "The address in line %(line)s holds a name or a password: leave them out."
    ),
    "intake.none-failed": N_("None of these addresses failed: there is nothing to try again."),
    # what came of one address
    "intake.leave": N_("Whoever asked for it may not add articles here any more."),
    "intake.gone": N_("The server says that there is no such page."),
    "intake.closed": N_("The server shows this page only to those whom it knows."),
    "intake.busy": N_("The server has a fault or too much to do. Try again later."),
    "intake.status": N_("The server did not answer with a page."),
    "intake.kind": N_(
        "This is no text that can be read: only web pages, plain texts and PDF files are."
    ),
    "intake.is-feed": N_("This is a feed: write its address into the field for feeds."),
    "intake.far": N_("The address leads on and on, or to one that is too long."),
    "intake.empty": N_("There is no text in what the server sent."),
    "intake.no-article": N_("No article was found in this page."),
    "intake.slow": N_("Reading this page takes too long. Copy its text, and add that."),
    "intake.unreadable": N_("There is no text in this PDF file that can be read."),
    "intake.encoding": N_("The characters of this page cannot be read."),
    "intake.large": N_("The page is larger than any article."),
    "intake.crowded": N_("The page holds far more than one article."),
    "intake.long": N_("The text is longer than any article."),
    "intake.broken": N_(
        "Something broke while it was taken in. Whoever runs this desk finds more in the log."
    ),
    "feed.none": N_("This is no feed: neither RSS nor Atom."),
    "feed.doctype": N_("This feed defines words of its own (a DTD): such feeds are not read."),
    "feed.large": N_("This feed is larger than any that is read."),
    "feed.encoding": N_("The characters of this feed cannot be read."),
    "feed.empty": N_("There is no address of an article in this feed."),
}
