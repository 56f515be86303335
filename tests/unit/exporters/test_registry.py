import csv
import io
import re
from pathlib import Path

import pytest

from app.domain.errors import Missing
from app.exporters import reviews_csv, sources_csv, verdicts_csv
from app.exporters.registry import EXPORTERS, exporter_named
from app.exporters.streaming import CHUNK, ROWS
from tests.cases import in_turn
from tests.unit.exporters.export_samples import REVIEW, SAMPLES, SOURCE, UNDECIDED, VERDICT

COLUMNS = {
    "verdicts.csv": (
        "claim_id, project, article_url, article_title, article_publisher, article_published,"
        " claim, quote, start, end, claimant, attribution_chain, kinds, checkworthiness, status,"
        " content_verdict, attribution_verdict, scheme, verdict_rank, decided_by, reviews,"
        " agreement, dissent, rationale, source_count, source_urls, decided_at, short_text,"
        " conclusion, language, said_on, tags, due_at, priority, published_url, external_id"
    ),
    "reviews.csv": (
        "review_id, claim_id, claim, reviewer, round, version, blind, content_verdict,"
        " attribution_verdict, scheme, confidence, rationale, not_known, source_urls, started_at,"
        " decided_at, active_seconds"
    ),
    "sources.csv": (
        "claim_id, review_id, url, title, publisher, published, kind, record, stance, answers,"
        " quote, locator, sha256, archived_at, linked_at, author, source_type, interests, origin,"
        " set, accessed_on, figure, note, standing, quote_found, quote_score, copy_state"
    ),
    "questions.csv": (
        "claim_id, review_id, question_number, question, answer_number, answer_type, answer,"
        " explanation, medium, source_url"
    ),
    "batches.csv": "claim_id, batch, pilot, guideline_version",
    "groups.csv": "claim_id, claim_group, settled_with",
    "gold.csv": (
        "claim_id, use, known_content_verdict, known_attribution_verdict, review_id, reviewer,"
        " content_verdict, attribution_verdict, right, decided_at"
    ),
    "articles.csv": (
        "article_id, url, title, publisher, published, language, candidate, open, settled,"
        " rejected, added_at"
    ),
    "comments.csv": (
        "comment_id, thread_id, claim_id, claim, author, asks, text, mentions, erased,"
        " written_at, closed_at"
    ),
    "replies.csv": (
        "reply_id, claim_id, claim, whom, channel, asked, status, sent_at, deadline_at,"
        " answered_at, answer, quotable, not_applicable_because"
    ),
    "publications.csv": (
        "publication_id, url, title, published_on, claim_id, ruling_version, sha256"
    ),
    "gates.csv": (
        "claim_id, ruling_version, rule, question, found, wanted, reason, decided_at, person"
    ),
    "corrections.csv": (
        "claim_id, version, kind, public_note, content_verdict_before, content_verdict,"
        " attribution_verdict_before, attribution_verdict, corrected_at, decided_by"
    ),
}
NAMES = sorted(name for name in EXPORTERS if name.endswith(".csv"))


def written(name, rows):
    return "".join(EXPORTERS[name].write(rows))


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@in_turn("name", NAMES)
def test_the_columns_stand_in_the_order_that_was_promised(name):
    assert written(name, []) == COLUMNS[name].replace(", ", ",") + "\r\n"


@in_turn("name", NAMES)
def test_every_column_holds_the_field_of_its_name(name):
    row = SAMPLES[name]
    assert list(row._fields) == COLUMNS[name].split(", ")

    cells = read(written(name, [row]))[0]
    for field, value in zip(row._fields, row, strict=True):
        if isinstance(value, str):
            assert cells[field] == value


@in_turn("name", NAMES)
def test_what_is_written_is_valid_and_no_row_is_lost(name):
    text = written(name, [SAMPLES[name]])
    assert EXPORTERS[name].validate([text]) == []
    assert len(read(text)) == 1


def test_a_claim_that_waits_has_blank_verdict_columns_and_says_how_many_checks_it_has():
    cells = read(written("verdicts.csv", [UNDECIDED]))[0]
    assert cells["reviews"] == "1/2"
    assert {cells[name] for name in ("content_verdict", "scheme", "dissent", "agreement")} == {""}
    assert EXPORTERS["verdicts.csv"].validate([written("verdicts.csv", [UNDECIDED])]) == []


def test_values_are_written_as_documented():
    cells = read(written("verdicts.csv", [VERDICT]))[0]
    assert cells["attribution_chain"] == "CBS News > White House official > Donald Trump"
    assert cells["kinds"] == "quantity; money"
    assert cells["checkworthiness"] == "0.85"
    assert cells["agreement"] == "0"
    assert cells["dissent"] == "False×1; Unproven×1"
    assert cells["source_urls"] == r"https://a.example/x; https://b.example/y\;v=1"
    assert cells["decided_at"] == "2025-09-04T14:02:11Z"
    assert cells["priority"] == "-1"


def test_a_check_is_written_as_documented():
    cells = read(written("reviews.csv", [REVIEW]))[0]
    assert (cells["blind"], cells["decided_at"]) == ("true", "2025-09-04T14:02:11Z")


@in_turn("field", ["claim", "rationale", "conclusion", "external_id", "claimant"])
def test_a_formula_from_the_public_does_not_run(field):
    cells = read(written("verdicts.csv", [VERDICT._replace(**{field: "=HYPERLINK(A1)"})]))[0]
    assert cells[field] == "'=HYPERLINK(A1)"


def test_commas_quotation_marks_and_newlines_stay_in_their_cells():
    nasty = 'He said "no", then\r\nleft;\nnobody\tknew'
    text = written("sources.csv", [SOURCE._replace(quote=nasty), SOURCE])
    assert [row["quote"] for row in read(text)] == [nasty, "7.3"]
    assert EXPORTERS["sources.csv"].validate([text]) == []


def test_lists_keep_the_order_they_were_given_in():
    rows = [VERDICT._replace(tags=("b", "a")), VERDICT._replace(tags=("a", "b"))]
    assert [row["tags"] for row in read(written("verdicts.csv", rows))] == ["b; a", "a; b"]


def test_labels_that_contain_the_joining_characters_stay_apart():
    rows = [
        VERDICT._replace(dissent=(("a; b", 1),)),
        VERDICT._replace(dissent=(("a", 1), ("b", 1))),
    ]
    cells = [row["dissent"] for row in read(written("verdicts.csv", rows))]
    assert cells == [r"a\; b×1", "a×1; b×1"]


def test_a_big_file_leaves_in_chunks_and_only_so_many_rows_are_taken_ahead():
    taken = 0

    def rows():
        nonlocal taken
        for _ in range(2_000):
            taken += 1
            yield VERDICT

    chunks = EXPORTERS["verdicts.csv"].write(rows())
    first, at_first = next(chunks), taken

    text = first + "".join(chunks)
    line = len(text.splitlines(keepends=True)[1])
    assert CHUNK <= len(first) < CHUNK + ROWS * line
    assert at_first < CHUNK / line + ROWS
    assert len(read(text)) == 2_000


@in_turn("module", [verdicts_csv, reviews_csv, sources_csv])
def test_what_is_written_in_its_own_way_is_a_column_of_the_file(module):
    assert module.WRITTEN.keys() <= set(module.COLUMNS)


def test_an_unknown_format_is_a_named_refusal():
    assert exporter_named("verdicts.csv").name == "verdicts.csv"
    with pytest.raises(Missing) as refused:
        exporter_named("verdicts.xls")
    assert refused.value.values["name"] == "verdicts.xls"


@in_turn("name", NAMES)
def test_every_column_is_explained_in_the_documentation(name):
    page = Path(__file__).parents[3] / "docs" / "formats.md"
    part = page.read_text(encoding="utf-8").split(f"## {name}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    explained = {word for cell in rows for word in re.findall(r"`(\w+)`", cell)}
    assert explained == set(COLUMNS[name].split(", "))
