"""Uses of sources as tests of their figures need them."""

from app.domain.records import EvidenceRecord
from app.domain.words import Answers, SourceKind, SourceRecord, Stance


def use(quote="", **fields):
    """A use of a source that says this."""
    said = {
        "source_id": "source",
        "kind": SourceKind.WEB,
        "record": SourceRecord.ON_RECORD,
        "url": "https://example.org/figures",
        "title": "Figures",
        "publisher": None,
        "published": None,
        "stance": Stance.SUPPORTS,
        "answers": Answers.SO,
        "locator": "",
        "note": "",
    }
    return EvidenceRecord(quote=quote, **{**said, **fields})
