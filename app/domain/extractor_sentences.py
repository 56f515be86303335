"""What refusals about extractors say, and what went wrong when one was asked."""

from collections.abc import Mapping

# Marks a sentence for the translators' tools; the door that shows it translates it.
N_ = str

EXTRACTORS: Mapping[str, str] = {
    "extractor.missing": N_("There is no extractor “%(name)s” on this desk."),
    "extractor.broken": N_("The extractor “%(name)s” does not work (%(reason)s)."),
}
