"""What refusals about pages that are fetched say. Part of ``sentences``."""

from collections.abc import Mapping

# Marks a sentence for the translators' tools; the door that shows it translates it.
N_ = str

FETCHING: Mapping[str, str] = {
    "fetch.address": N_(
        "This address lies in a network that is not open to all: it is not fetched."
    ),
    "fetch.gone": N_("There is no such page any more."),
}
