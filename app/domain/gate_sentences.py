"""What refusals about the rules that a verdict has to meet say. Part of ``sentences``."""

from collections.abc import Mapping

# Marks a sentence for the translators' tools; the door that shows it translates it.
N_ = str

GATES: Mapping[str, str] = {
    "gate.unmet": N_(
        "Not met here: %(rules)s. Mend it, or write why the verdict is given all the same."
    ),
    "gate.number": N_("Write a whole number from 1 to %(limit)s."),
}
