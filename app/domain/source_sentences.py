"""What refusals about sources, saved copies and flags say. Part of ``sentences``."""

from collections.abc import Mapping

# Marks a sentence for the translators' tools; the door that shows it translates it.
N_ = str

SOURCES: Mapping[str, str] = {
    "source.many": N_("A check can have at most %(limit)s sources."),
    "source.url": N_("A web page needs its address."),
    "source.title": N_("Say what the source is."),
    "source.long": N_("A source's fields may have at most %(limit)s characters each."),
    "source.missing": N_("There is no such source, or it is not for you to see."),
    "copy.missing": N_("There is no such saved copy, or it is not for you to see."),
    "flag.note": N_("Say what came of it: why the verdict stands, or what was done."),
    "flag.cleared": N_("Somebody else has looked at it again meanwhile; the mark is gone."),
    "flag.missing": N_("There is no such mark, or it is not for you to see."),
    "intake.missing": N_("There is no such list of addresses, or it is not for you to see."),
}
