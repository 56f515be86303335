"""What refusals about pages that are fetched say. Part of ``sentences``."""

from collections.abc import Mapping

# Marks a sentence for the translators' tools; the door that shows it translates it.
N_ = str

FETCHING: Mapping[str, str] = {
    # the address
    "fetch.url": N_("This is not a web address. Copy it from the browser once more."),
    "fetch.long": N_("A web address can have %(limit)s characters at most."),
    "fetch.scheme": N_("Only addresses that begin with http:// or https:// are fetched."),
    "fetch.credentials": N_(
        "An address with a name or a password in it is not fetched. Take out all before the @."
    ),
    "fetch.port": N_("Pages are fetched from ports 80, 443 and 8000 to 8999 only."),
    "fetch.host": N_("This host is not named as hosts on the open net are: it is not fetched."),
    "fetch.address": N_(
        "This address lies in a network that is not open to all: it is not fetched."
    ),
    # the way there
    "fetch.unknown-host": N_("There is no such host. Look at the spelling of the address."),
    "fetch.unreachable": N_("The host does not answer. Try again later."),
    "fetch.timeout": N_("The page took too long. Try again later."),
    "fetch.untrusted": N_(
        "The host could not show that it is the one that was asked for: its certificate is not good."
    ),
    "fetch.redirects": N_("The address leads on too often."),
    "fetch.loop": N_("The address leads back to itself."),
    "fetch.downgrade": N_("The address leads from https to http, where others can read along."),
    # what came
    "fetch.nonsense": N_("What came back is not what a web server sends."),
    "fetch.headers": N_("What came before the page is too long."),
    "fetch.large": N_("The page has more than %(limit)s MB."),
    "fetch.cut-off": N_("The page broke off before its end. Try again later."),
    "fetch.encoding": N_("The page is packed in a way that is not read here."),
    "fetch.gone": N_("There is no such page any more."),
}
