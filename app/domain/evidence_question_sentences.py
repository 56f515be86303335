"""What refusals about questions and their answers say. Part of ``sentences``."""

from collections.abc import Mapping

# Marks a sentence for the translators' tools; the door that shows it translates it.
N_ = str

QUESTIONS: Mapping[str, str] = {
    "question.answer": N_("Write the answer, or say that none could be found."),
}
