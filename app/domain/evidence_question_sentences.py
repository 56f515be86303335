"""What refusals about questions and their answers say. Part of ``sentences``."""

from collections.abc import Mapping

# Marks a sentence for the translators' tools; the door that shows it translates it.
N_ = str

QUESTIONS: Mapping[str, str] = {
    "question.answer": N_("Write the answer, or say that none could be found."),
    "question.text": N_("Write the question that this answers."),
    "question.many": N_("A check can have %(limit)s questions at most."),
    "question.many-answers": N_("A question can have %(limit)s answers at most."),
    "question.long": N_("This is longer than %(limit)s characters."),
    "question.boolean": N_("Say whether the answer is yes or no."),
    "question.boolean-text": N_(
        "A yes or a no stands alone: write the rest into the field that says why."
    ),
    "question.explanation": N_("Write why the answer is yes or no."),
    "question.explained": N_(
        "Only a yes or a no is explained: write this into the answer, or leave it out."
    ),
    "question.unanswerable": N_(
        "No answer could be found: then there is none to write, and no source that it is in. Leave "
        "this out, or choose another kind of answer."
    ),
    "question.source": N_("Choose the source that the answer was read from."),
    "question.source-blank": N_(
        "Nothing is filled in at this source: choose another, or fill it in."
    ),
    "question.medium": N_("Choose what the answer was read from."),
    # What the format of AVeriTeC has no place for
    "averitec.label": N_("AVeriTeC has no label that says the same as this verdict."),
    "averitec.question": N_("No check of it recorded a question."),
    "averitec.date": N_("On which day the claim was made is not known."),
    "averitec.kept-back": N_("An answer rests on a source that is not on record."),
    "averitec.address": N_("An answer rests on a source without a web address."),
}
