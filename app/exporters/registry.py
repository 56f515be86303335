"""Every format that can be exported, by name. A new one is a module and a line here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.domain.errors import Missing
from app.exporters import (
    amendments_jsonl,
    articles_csv,
    averitec,
    batches_csv,
    claimreview,
    comments_csv,
    corrections_csv,
    gates_csv,
    gold_csv,
    groups_csv,
    publications_csv,
    questions_csv,
    replies_csv,
    reviews_csv,
    sources_csv,
    verdicts_csv,
)
from app.exporters.exporter import Exporter

EXPORTERS: Mapping[str, Exporter[Any]] = MappingProxyType(
    {
        exporter.name: exporter
        for exporter in (
            verdicts_csv.EXPORTER,
            reviews_csv.EXPORTER,
            sources_csv.EXPORTER,
            questions_csv.EXPORTER,
            articles_csv.EXPORTER,
            replies_csv.EXPORTER,
            publications_csv.EXPORTER,
            corrections_csv.EXPORTER,
            gates_csv.EXPORTER,
            claimreview.EXPORTER,
            averitec.EXPORTER,
            comments_csv.EXPORTER,
            groups_csv.EXPORTER,
            batches_csv.EXPORTER,
            gold_csv.EXPORTER,
            amendments_jsonl.EXPORTER,
        )
    }
)


def exporter_named(name: str) -> Exporter[Any]:
    """The exporter of that name.

    Raises:
        Missing: no format is called so.
    """
    if name not in EXPORTERS:
        raise Missing("format.unknown", name=name, known=", ".join(EXPORTERS))
    return EXPORTERS[name]
