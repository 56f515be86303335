"""What a refusal says, in one sentence with its way out; the doors share this table.

The web translates the sentence before it fills the values in; the command line says it as it is.
"""

from collections.abc import Mapping

from app.domain.errors import Refused


def _(sentence: str) -> str:
    """Mark a sentence for the tools that collect what is to be translated."""
    return sentence


SENTENCES: Mapping[str, str] = {
    # who may
    "not-allowed": _("You are not allowed to do that."),
    "sign-in.wrong": _("Address and password do not fit together."),
    "sign-in.throttled": _("Too many failed attempts: try again in %(minutes)s minutes."),
    "link.missing": _("This link was used already, or is too old: ask for a new one."),
    "password.short": _("The password needs at least %(limit)s characters."),
    "password.long": _("The password may have at most %(limit)s characters."),
    "password.email": _("The password must not be the e-mail address."),
    # people
    "person.missing": _("There is no such person."),
    "person.email": _("Give an e-mail address, such as ada@example.org."),
    "person.email-taken": _("Somebody has this e-mail address already."),
    "person.name": _("Give a name of at most %(limit)s characters."),
    "person.inactive": _("This person may not enter: let them in again first."),
    "person.last-admin": _("Nobody could manage people then: make somebody else an admin first."),
    # projects
    "project.missing": _("There is no such project."),
    "project.slug": _(
        "A project's short name is made of small letters, digits and hyphens, such as budget-2026."
    ),
    "project.slug-taken": _("Another project has this short name already."),
    "project.title": _("Give the project a title."),
    "project.reviews": _("A claim can have from 1 to %(limit)s checks."),
    "project.one-check": _("Several checks for each claim need independent checkers."),
    "project.open-from": _("The mark for opening claims is a number from 0 to 1."),
    "project.lease": _("A check is lent for at least one minute."),
    "scheme.unknown": _("There is no scale called %(value)s."),
    # articles and claims
    "article.missing": _("There is no such article."),
    "article.empty": _("There is no text in this."),
    "article.long": _("The text is longer than %(limit)s characters: leave a part out."),
    "article.binary": _("This is not a text: choose a .txt or .html file."),
    "article.encoding": _("The characters of this file cannot be read: save it as UTF-8."),
    "article.kind": _("Only .txt, .html and .csv files can be taken in."),
    "claim.missing": _("There is no such claim."),
    "claim.text": _("Write down the claim."),
    "claim.long": _("A claim may have at most %(limit)s characters."),
    "claim.state": _("Somebody has moved this claim on: that can no longer be done with it."),
    "claim.stale": _("Somebody has changed this claim since you opened it."),
    "quote.blank": _("Mark the words that the claim was taken from."),
    "quote.missing": _("These words do not stand in the article."),
    "chain.long": _("A chain can have at most %(limit)s links."),
    "chain.name": _("Everybody in the chain needs a name of at most %(limit)s characters."),
    # checks
    "review.missing": _("There is no such check."),
    "review.stale": _("You have sent a newer version of this check from another window."),
    "review.state": _("This check is no longer in a state in which that can be done."),
    "review.claim-closed": _("This claim has been settled or dropped in the meantime."),
    "review.barred": _("You have seen others' answers to this claim and cannot check it."),
    "review.taken-over": _("Somebody else has taken this check over; what you wrote is kept."),
    "review.question": _("Write down the question that goes back with it."),
    "review.verdict": _("Choose an answer to “Is it so?”."),
    "review.attribution-verdict": _("Choose an answer to “Was it said?”."),
    "review.needs-source": _("“%(label)s” needs at least one source."),
    "review.long": _("A text may have at most %(limit)s characters."),
    "draft.long": _("The draft is longer than %(limit)s characters."),
    "draft.stale": _("A newer draft was kept from another window."),
    # sources, links, dates
    "source.many": _("A check can have at most %(limit)s sources."),
    "source.url": _("A web page needs its address."),
    "source.title": _("Say what the source is."),
    "source.long": _("A source's fields may have at most %(limit)s characters each."),
    "link.long": _("The address is longer than %(limit)s characters."),
    "link.shape": _("This is not a web address."),
    "link.scheme": _("Only addresses that begin with http:// or https:// can be linked."),
    "link.credentials": _("The address has a user name or password in it: take it out."),
    "date.shape": _("“%(value)s” is not a date such as 2025-09-04, 2025-09 or 2025."),
    # settling
    "ruling.stale": _("Somebody has settled this claim since you opened it."),
    "ruling.early": _("%(done)s of %(wanted)s checks are in: it cannot be settled yet."),
    "ruling.blind": _("You check this claim blind: it cannot be you who settles it."),
    "ruling.own-check": _("It is your own check: another person decides."),
    "ruling.short-text": _("The short wording may have at most %(limit)s characters."),
    "ruling.reason": _("Say why the verdict is changed."),
    # formats
    "format.unknown": _("There is no format called %(name)s; there are %(known)s."),
    # the machine
    "settings.bad": _("%(name)s: %(reason)s"),
    "database.address": _("The database's address (ASSAY_DATABASE_URL) cannot be understood."),
    "database.unreachable": _("The database cannot be opened: %(reason)s."),
    "database.newer": _(
        "The database was made by a newer version of Assay (step %(revision)s): start that one."
    ),
    "database.unmigrated": _(
        "The database is not ready for this version of Assay: run assay db upgrade first."
    ),
    "database.references": _("Rows of the table %(table)s point at nothing: restore a backup."),
    "database.not-sqlite": _(
        "The database is on a PostgreSQL server: use its own pg_dump and pg_restore."
    ),
    "database.no-file": _("There is no file %(path)s."),
    "database.not-a-database": _("%(path)s is not a database of Assay; nothing was changed."),
    "database.in-the-way": _("%(path)s exists already: choose another name."),
    "database.damaged": _("The database is damaged: %(reason)s. Restore a backup."),
    "database.busy": _("Somebody else was writing for too long: try again."),
    "instance.unwritable": _(
        "The folder %(path)s cannot be written to: set ASSAY_INSTANCE to one that can."
    ),
    "port.taken": _("Port %(port)s is taken: set ASSAY_PORT to another one."),
    "file.unreadable": _("The file %(path)s cannot be read: %(reason)s."),
    "file.unwritable": _("The file %(path)s cannot be written: %(reason)s."),
}


def sentence(error: Refused) -> str:
    """The refusal in English, filled in; a code without a sentence is said as it is."""
    try:
        return SENTENCES[error.code] % error.values
    except KeyError:
        return f"That cannot be done ({error.code})."
