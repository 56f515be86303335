import codecs
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.errors import Invalid
from app.importers.claims_csv import ClaimRow, check, rows
from tests.cases import in_turn

ALL = """\
claim_id,article_url,article_title,article_publisher,article_published,claim,quote,start,end,\
claimant,attribution_chain,kinds,checkworthiness,language,said_on,tags,due_at,priority,\
published_url,external_id,seen_at_url
abcdefghij23,https://news.example/a,Title,Paper,2025-09,It rained, it rained ,10,21,\
Ann > Co,Paper > Ann › Co,event; weather,0.85,en,2025,a; b\\;c,2025-09-04T14:02:11Z,-3,\
https://desk.example/1,A-1,https://social.example/9
"""


def only(text, **settings):
    data = text if isinstance(text, bytes) else text.encode()
    assert check(data, **settings).errors == ()
    (row,) = rows(data, **settings)
    return row


def texts(data):
    assert check(data).errors == ()
    return [row.text for row in rows(data)]


def test_every_column_that_is_taken_in_arrives_in_its_field():
    assert only(ALL) == ClaimRow(
        line=2,
        claim_id="abcdefghij23",
        text="It rained",
        quote=" it rained ",
        start=10,
        end=21,
        article_url="https://news.example/a",
        article_title="Title",
        article_publisher="Paper",
        article_published="2025-09",
        claimant="Ann > Co",
        attribution_chain=("Paper", "Ann › Co"),
        kinds=("event", "weather"),
        checkworthiness=0.85,
        language="en",
        said_on="2025",
        tags=("a", "b;c"),
        due_at=datetime(2025, 9, 4, 14, 2, 11, tzinfo=UTC),
        priority=-3,
        published_url="https://desk.example/1",
        external_id="A-1",
        seen_at_url="https://social.example/9",
    )


def test_only_the_claim_is_needed():
    assert only("claim\nIt rained\n") == ClaimRow(line=2, text="It rained")


def test_blank_cells_are_nothing_rather_than_empty_words():
    columns = "claim_id,claim,claimant,tags,priority,due_at,said_on,checkworthiness,article_url"
    for cells in ("It rained,,,,,,,", "It rained, , , , , , , "):
        assert only(f"{columns}\n,{cells}\n") == ClaimRow(line=2, text="It rained")


@in_turn(
    ("claimant", "chain", "hops"),
    [
        ("", "", ()),
        ("Ann", "", ("Ann",)),
        ("", "Paper > Ann", ("Paper", "Ann")),
        ("Ann", "Paper>Ann", ("Paper", "Ann")),
        ("Ann > Co", "Paper > Ann › Co", ("Paper", "Ann > Co")),
        ("Ann", "Paper > Official", ("Paper", "Official", "Ann")),
    ],
)
def test_the_hops_end_with_the_claimant(claimant, chain, hops):
    assert only(f"claim,claimant,attribution_chain\nIt rained,{claimant},{chain}\n").hops == hops


@in_turn(
    "data",
    [
        "claim\nÉté\n".encode(),
        codecs.BOM_UTF8 + "claim\nÉté\n".encode(),
        "claim\nÉté\n".encode("utf-16"),
        codecs.BOM_UTF16_BE + "claim\nÉté\n".encode("utf-16-be"),
        "claim\r\nÉté\r\n".encode(),
        "claim\rÉté\r".encode(),
        "claim\nÉté".encode(),
        '"claim"\n"Été"\n'.encode(),
        "\n\nclaim\nÉté\n\n".encode(),
    ],
)
def test_the_usual_encodings_and_line_ends_are_read(data):
    assert texts(data) == ["Été"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_judged_by_the_header_line_alone(delimiter):
    data = f"note{delimiter}claim\nx{delimiter}one, two; three\n"
    if delimiter != "\t":
        data = data.replace("one, two; three", '"one, two; three"')
    assert texts(data.encode()) == ["one, two; three"]


def test_a_separator_inside_a_header_cell_does_not_mislead():
    assert texts(b'"a, b, c, d";claim\nx;It rained\n') == ["It rained"]


def test_column_names_are_compared_without_blanks_and_case():
    assert only(" CLAIM , External_ID\nIt rained,7\n").external_id == "7"


def test_columns_that_are_not_taken_in_are_listed():
    data = b"claim,Status,content_verdict,project,My notes,\nIt rained,settled,False,desk,x,\n"
    assert check(data).ignored_columns == ("Status", "content_verdict", "project", "My notes", "#6")
    assert len(list(rows(data))) == 1


def test_the_guard_against_formulas_is_taken_off_once():
    data = b"claim,claimant,tags\n'=1+1,''@ann,'-a; b\n'tis so,'Ann,c\n"
    first, second = rows(data)
    assert (first.text, first.claimant, first.tags) == ("=1+1", "'@ann", ("-a", "b"))
    assert (second.text, second.claimant) == ("'tis so", "'Ann")


def test_whole_numbers_survive_a_spreadsheet():
    row = only("claim,start,end,priority\nIt rained,10.0,21.0,2.0\n")
    assert (row.start, row.end, row.priority) == (10, 21, 2)


@in_turn(
    ("cell", "meant"),
    [
        ("2025-09-04T14:02:11Z", datetime(2025, 9, 4, 14, 2, 11, tzinfo=UTC)),
        ("2025-09-04T14:02:11+02:00", datetime(2025, 9, 4, 12, 2, 11, tzinfo=UTC)),
        ("2025-09-04 14:02", datetime(2025, 9, 4, 12, 2, tzinfo=UTC)),
        ("2025-09-04", datetime(2025, 9, 4, 21, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_meant_in_the_projects_and_a_day_until_its_end(cell, meant):
    row = only(f"claim,due_at\nIt rained,{cell}\n", zone=ZoneInfo("Europe/Vienna"))
    assert row.due_at == meant


def test_rows_know_the_line_they_begin_in():
    data = b'claim\n"one\ntwo"\n\nthree\n  \n'
    assert [(row.line, row.text) for row in rows(data)] == [(2, "one\ntwo"), (5, "three")]


def test_rows_of_a_faulty_file_stop_at_the_fault_with_its_line():
    read = rows(b"claim,priority\nIt rained,1\nIt snowed,much\n")
    assert next(read).text == "It rained"
    with pytest.raises(Invalid) as refused:
        next(read)
    assert (refused.value.code, refused.value.values) == ("csv.unchecked", {"line": 3})


def test_rows_of_an_unreadable_file_are_refused_too():
    with pytest.raises(Invalid) as refused:
        list(rows(b'claim\nIt rained\n"It snowed\n'))
    assert refused.value.values == {"line": 3}


@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: ("claim," + text).encode("utf-8", "replace"))
)
@example(b'claim\n"')
@example(b",")
@example(codecs.BOM_UTF16_LE + b"c")
@example(b"\xef\xbb")
def test_any_bytes_are_either_read_or_refused_by_name(data):
    problems = check(data)

    assert len(problems.errors) <= problems.count
    for error in problems.errors:
        assert error.sentence
    if not problems:
        assert len(list(rows(data))) == problems.rows


@given(st.lists(st.sampled_from([b'"', b",", b"\n", b"x", b"'", b"="]), max_size=30).map(b"".join))
def test_any_mixture_of_marks_is_either_read_or_refused_by_name(rest):
    problems = check(b"claim,tags\n" + rest)
    if not problems:
        assert len(list(rows(b"claim,tags\n" + rest))) == problems.rows
