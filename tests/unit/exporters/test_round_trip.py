"""Export, import, export again: the columns of a claim come back as they went."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.dates import FIRST_YEAR, LAST_YEAR
from app.domain.ids import new_public_id
from app.exporters import verdicts_csv
from app.importers.claims_csv import TAKEN, check, rows
from tests.unit.exporters.export_samples import UNDECIDED

CLAIM_COLUMNS = [column for column in verdicts_csv.COLUMNS if column in TAKEN]

FORMULAS = st.sampled_from(
    ["=1+1", "'=1", "''@x", "-5", "+49", "＝A1", "\tx", "'tis", "'", "@nasa"]
)
WRITING = st.sampled_from(
    ["שלום עולם", "مرحبا", "👩‍👩‍👧‍👦 🇺🇦", "e\u0301", "„“«»", "\u2028", "漢字", "\u202e"]
)
PUNCTUATION = st.sampled_from(
    [",", ";", "; ", '"', '""', "\n", "\r\n", "\r", "\\", r"\;", " > ", ">"]
)
LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
TEXTS = st.lists(st.one_of(FORMULAS, WRITING, PUNCTUATION, LETTERS), max_size=6).map("".join)
CLAIMS = TEXTS.filter(str.strip)
# What a reader takes the blanks off comes back without them: docs/formats.md says where.
TRIMMED = TEXTS.map(str.strip).filter(bool)
OPTIONAL = st.none() | TRIMMED
ENTRIES = st.lists(TRIMMED, max_size=4).map(tuple)
NAMES = TRIMMED.filter(lambda name: len(name) < 300)
DATES = st.none() | st.dates().flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
)
# Whatever both doors let in as a due date.
TIMES = st.none() | st.datetimes(
    datetime(FIRST_YEAR, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    datetime(LAST_YEAR, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda time: time.replace(microsecond=0))


@st.composite
def claims(draw):
    place = draw(st.none() | st.tuples(CLAIMS, st.integers(0, 10**6), st.integers(1, 500)))
    quote, start, length = place or (None, None, 0)
    chain = draw(st.lists(NAMES, max_size=4).map(tuple))
    return UNDECIDED._replace(
        claim_id=new_public_id(),
        article_url=draw(st.none() | st.just("https://news.example/a;b?c='d'")),
        article_title=draw(OPTIONAL),
        article_publisher=draw(OPTIONAL),
        article_published=draw(DATES),
        claim=draw(CLAIMS),
        quote=quote,
        start=start,
        end=None if start is None else start + length,
        claimant=chain[-1] if chain else None,
        attribution_chain=chain,
        kinds=draw(ENTRIES),
        checkworthiness=draw(st.none() | st.floats(0, 1)),
        language=draw(st.none() | st.sampled_from(["en", "de-AT", "he"])),
        said_on=draw(DATES),
        tags=draw(ENTRIES),
        due_at=draw(TIMES),
        priority=draw(st.integers(-9, 9)),
        external_id=draw(OPTIONAL),
    )


def export(verdicts):
    return "".join(verdicts_csv.write(verdicts))


def claim_cells(text):
    read = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    return [{column: row[column] for column in CLAIM_COLUMNS} for row in read]


def stored_again(row):
    """The claim as a project that took the row in would export it."""
    return UNDECIDED._replace(
        claim=row.text,
        claimant=row.hops[-1] if row.hops else None,
        attribution_chain=row.hops,
        **{
            column: getattr(row, column)
            for column in CLAIM_COLUMNS
            if column not in {"claim", "claimant", "attribution_chain"}
        },
    )


def test_all_that_is_not_the_desks_verdict_comes_in_again():
    left = set(verdicts_csv.COLUMNS) - set(CLAIM_COLUMNS)
    assert left == {
        "project", "status", "content_verdict", "attribution_verdict", "scheme", "verdict_rank",
        "decided_by", "reviews", "agreement", "dissent", "rationale", "source_count",
        "source_urls", "decided_at", "short_text", "conclusion",
    }  # fmt: skip


@given(
    st.lists(claims(), min_size=1, max_size=4, unique_by=lambda row: row.external_id or object())
)
@example([UNDECIDED._replace(claim="'=1", external_id="'=1", tags=("'=1", "\\", ";"))])
@example([UNDECIDED._replace(attribution_chain=("a > b", "c > d"), claimant="c > d")])
def test_export_import_export_is_equal_in_the_columns_of_a_claim(verdicts):
    first = export(verdicts)
    data = first.encode()

    problems = check(data)
    assert problems.errors == ()
    assert problems.rows == len(verdicts)
    second = export(stored_again(row) for row in rows(data))

    assert claim_cells(second) == claim_cells(first)


@given(claims())
def test_what_is_exported_is_valid_and_holds_no_formula(verdict):
    text = export([verdict])

    assert verdicts_csv.validate([text]) == []
    (cells,) = claim_cells(text)
    del cells["priority"]  # a number, which may be below nought
    assert not {cell[:1] for cell in cells.values()} & set("=+-@\t\r\n＝＋－＠")


@given(claims())
def test_the_claims_texts_come_back_to_the_letter(verdict):
    row = next(rows(export([verdict]).encode()))

    assert (row.text, row.quote, row.start, row.end) == (
        verdict.claim,
        verdict.quote,
        verdict.start,
        verdict.end,
    )
    assert (row.tags, row.kinds) == (verdict.tags, verdict.kinds)
    assert row.external_id == verdict.external_id
    assert row.claimant == verdict.claimant
    assert row.checkworthiness == verdict.checkworthiness


@pytest.mark.field
def test_five_hundred_published_claims_go_out_and_come_in_again(field_data: Path):
    path = field_data / "data" / "averitec-dev" / "dev.json"
    published = json.loads(path.read_text(encoding="utf-8"))
    verdicts = [_as_verdict(number, entry) for number, entry in enumerate(published)]

    first = export(verdicts)
    assert verdicts_csv.validate([first]) == []
    problems = check(first.encode())
    assert (problems.errors, problems.rows) == ((), 500)
    back = list(rows(first.encode()))

    assert [row.text for row in back] == [entry["claim"] for entry in published]
    assert [row.kinds for row in back] == [tuple(entry["claim_types"]) for entry in published]
    assert [row.said_on for row in back] == [verdict.said_on for verdict in verdicts]
    assert claim_cells(export(map(stored_again, back))) == claim_cells(first)


@pytest.mark.field
def test_their_dates_as_published_are_refused_and_never_guessed(field_data: Path):
    path = field_data / "data" / "averitec-dev" / "dev.json"
    published = json.loads(path.read_text(encoding="utf-8"))
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(["claim", "said_on"])
    writer.writerows((entry["claim"], entry["claim_date"]) for entry in published)

    problems = check(sheet.getvalue().encode())

    assert problems.count == 500
    assert {error.code for error in problems.errors} == {"csv.date"}


def _as_verdict(number, entry):
    day, month, year = map(int, entry["claim_date"].split("-"))
    relays = (entry["reporting_source"], entry["speaker"])
    chain = tuple(name.strip() for name in relays if name)
    return UNDECIDED._replace(
        claim_id=new_public_id(),
        claim=entry["claim"],
        quote=None,
        start=None,
        end=None,
        article_url=entry["original_claim_url"],
        claimant=chain[-1] if chain else None,
        attribution_chain=chain,
        kinds=tuple(entry["claim_types"]),
        said_on=f"{year:04}-{month:02}-{day:02}",
        published_url=entry["fact_checking_article"],
        external_id=f"averitec-dev-{number}",
    )
