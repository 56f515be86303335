"""What refusals about extractors say, and what went wrong when one was asked."""

from collections.abc import Mapping

# Marks a sentence for the translators' tools; the door that shows it translates it.
N_ = str

EXTRACTORS: Mapping[str, str] = {
    "extractor.missing": N_("There is no extractor “%(name)s” on this desk."),
    "extractor.broken": N_("The extractor “%(name)s” does not work (%(reason)s)."),
    # a service that is asked
    "chat.off": N_("No service is set up that could be asked for claims."),
    "chat.timeout": N_("The service did not answer in time."),
    "chat.unreachable": N_("The service cannot be reached."),
    "chat.untrusted": N_("The service does not prove who it is: its certificate is not good."),
    "chat.moved": N_("The service sends elsewhere, and texts do not go there."),
    "chat.key": N_("The service does not accept the key of this desk."),
    "chat.busy": N_("The service takes no more questions for now. Try again later."),
    "chat.failed": N_("The service has a fault of its own. Try again later."),
    "chat.refused": N_("The service refuses the question: its address or the model may be wrong."),
    "chat.long": N_("The service says that the question is too long."),
    "chat.large": N_("The answer is larger than anything that is read."),
    "chat.cut-off": N_("The answer broke off."),
    "chat.nonsense": N_("What came back is no answer of such a service."),
    "chat.unfinished": N_("The model had more to say than an answer may hold."),
    "chat.unusable": N_(
        "The answer did not have the form that was asked for, the second one neither."
    ),
    "extraction.no-text": N_("There is no text of this article to read."),
    "extraction.changed": N_("The text changed while it was read. Ask again."),
    "extraction.broken": N_(
        "The extractor does not work. Whoever runs this desk finds more in the log."
    ),
    "chat.budget": N_("What may be spent in a day would be exceeded."),
}
