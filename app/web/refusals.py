"""Every refusal as a sentence: what was wrong, and the way out.

Keys are the codes that rules and verbs raise; the values in a sentence are those they raise with.
"""

from typing import Any

from flask_babel import lazy_gettext as _

SENTENCES: dict[str, Any] = {
    "article.missing": _("There is no such article, or it belongs to a project you are not in."),
    "chain.long": _("Who said it can have %(limit)s steps at most."),
    "chain.name": _("Every step of who said it needs a name of at most %(limit)s characters."),
    "claim.long": _("A claim can have %(limit)s characters at most. Split it into several."),
    "claim.missing": _("There is no such claim, or it belongs to a project you are not in."),
    "claim.stale": _("Somebody changed this claim after you opened it. Look at it again."),
    "claim.state": _("This claim has moved on, and that cannot be done with it any more."),
    "claim.text": _("Write down what is claimed."),
    "date.shape": _("“%(value)s” is no date. Write 2025, 2025-09 or 2025-09-04."),
    "link.credentials": _("A web address must not contain a name or password."),
    "link.long": _("A web address can have %(limit)s characters at most."),
    "link.missing": _("This sign-in link was used, has expired or never existed."),
    "link.scheme": _("A web address must begin with http:// or https:// and a host."),
    "link.shape": _("This is not a web address."),
    "page.place": _("This part of the list does not exist. Begin at its first page."),
    "password.email": _("The password must be something else than the e-mail address."),
    "password.long": _("The password can have %(limit)s characters at most."),
    "password.old": _("This is not your present password."),
    "password.repeat": _("The two passwords are not the same."),
    "password.short": _("The password needs at least %(limit)s characters."),
    "person.email": _("Write an e-mail address such as name@example.org."),
    "person.email-taken": _("Somebody with this e-mail address is here already."),
    "person.inactive": _("This person is shut out. Let them in again first."),
    "person.last-admin": _("This is the last admin. Make somebody else an admin first."),
    "person.missing": _("There is no such person."),
    "person.name": _("Write a name of at most %(limit)s characters."),
    "project.lease": _("A claim must be lent for at least one minute."),
    "project.missing": _("There is no such project, or you are not in it."),
    "project.one-check": _("Only independent checking can want more than one check."),
    "project.open-from": _("Write a number from 0 to 1."),
    "project.reviews": _("Write a number of checks from 1 to %(limit)s."),
    "project.slug": _("The short name can have small letters, digits and single hyphens."),
    "project.slug-taken": _("Another project has this short name already."),
    "project.title": _("Give the project a title."),
    "quote.blank": _("The chosen words are blank. Choose some words of the article."),
    "quote.missing": _("These words do not stand in the article like this."),
    "review.missing": _("There is no such check, or it is not yours to see."),
    "scheme.unknown": _("There is no such scale."),
    "sign-in.throttled": _("Too many attempts failed. Try again in %(minutes)s minutes."),
    "sign-in.wrong": _("This e-mail address and password do not go together."),
}
