import codecs
import re
import tracemalloc
from pathlib import Path

import pytest

import app.importers
from app.importers.claims_csv import LONGEST_CLAIM, check
from app.importers.problems import MOST_SHOWN, SENTENCES
from tests.cases import in_turn

# One faulty file for each code: the file, then line and column of the fault.
FAULTS = {
    "csv.empty": (b"\n \n", 1, None),
    "csv.workbook": (b"PK\x03\x04...", 1, None),
    "csv.encoding": ("claim\nok\nÉté\n".encode("latin-1"), 3, None),
    "csv.nul": (b"claim\nok\na\0b\n", 3, None),
    "csv.quote-open": (b'claim,tags\nok,\n"one\ntwo","three\nfour,\n', 4, None),
    "csv.quote-stray": (b'claim\nok\n"one "two" three"\n', 3, None),
    "csv.cell-endless": (b'claim,tags\n"a\nb","' + b"x\n" * 70_000, 3, None),
    "csv.column-missing": (b"text,quote\na,b\n", 1, "claim"),
    "csv.column-double": (b"claim,tags, Claim\na,b,c\n", 1, "claim"),
    "csv.ragged": (b"claim,tags\nok,\none, two, three\n", 3, None),
    "csv.claim-blank": (b"claim,tags\n ,a\n", 2, "claim"),
    "csv.double": (b"claim,external_id\na,7\nb,8\nc, 7\n", 4, "external_id"),
    "csv.place-half": (b"claim,start,end\na,5,\n", 2, "end"),
    "csv.place-order": (b"claim,start,end\na,5,5\n", 2, "end"),
    "csv.long": (b"claim\n" + b"x" * (LONGEST_CLAIM + 1), 2, "claim"),
    "csv.item-long": (b"claim,tags\na,b; " + b"x" * 101, 2, "tags"),
    "csv.items-many": (b"claim,attribution_chain\na," + b"x>" * 11, 2, "attribution_chain"),
    "csv.id": (b"claim_id,claim\n17,a\n", 2, "claim_id"),
    "csv.date": (b"claim,said_on\na,9-10-2020\n", 2, "said_on"),
    "csv.time": (b"claim,due_at\na,tomorrow\n", 2, "due_at"),
    "csv.year": (b"claim,due_at\na,9999-12-31T23:59:59Z\n", 2, "due_at"),
    "csv.integer": (b"claim,start,end\na,1.5,9\n", 2, "start"),
    "csv.number": (b"claim;checkworthiness\na;0,85\n", 2, "checkworthiness"),
    "csv.range": (b"claim,checkworthiness\na,85\n", 2, "checkworthiness"),
    "csv.link-long": (b"claim,article_url\na,https://x.example/" + b"y" * 2_000, 2, "article_url"),
    "csv.link-shape": (b"claim,article_url\na,https://[x\n", 2, "article_url"),
    "csv.link-scheme": (b"claim,seen_at_url\na,javascript:alert(1)\n", 2, "seen_at_url"),
    "csv.link-credentials": (b"claim,published_url\na,https://a:b@c.example\n", 2, "published_url"),
}
# Raised at a program that did not check, never listed.
NEVER_LISTED = {"csv.unchecked"}


@in_turn("code", FAULTS)
def test_each_fault_is_named_with_its_line_and_column(code):
    data, line, column = FAULTS[code]

    problems = check(data)

    assert [(error.code, error.line, error.column) for error in problems.errors] == [
        (code, line, column)
    ]
    assert problems.count == 1
    assert bool(problems)
    assert re.search(rf"\b{line}\b", problems.errors[0].sentence) or code in {
        "csv.empty",
        "csv.workbook",
        "csv.column-double",
    }


def test_every_code_has_a_sentence_and_a_faulty_file():
    folder = Path(app.importers.__file__).parent
    raised = {
        code
        for path in folder.glob("*.py")
        for code in re.findall(r'"(csv\.[a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert set(SENTENCES) == raised
    assert set(FAULTS) == set(SENTENCES) - NEVER_LISTED


@in_turn(
    "data",
    [
        codecs.BOM_UTF8 + b"claim\r\nok\r\n\xff\r\n",
        "claim\nok\nÉ".encode("utf-16")[:-1],
        b"claim\rok\r\xe9\r",
        b"claim\nok\n\xc3",
    ],
)
def test_what_is_no_text_is_found_in_its_line_whatever_the_encoding(data):
    (error,) = check(data).errors
    assert (error.code, error.line) == ("csv.encoding", 3)


@in_turn(
    "cell",
    ["2025-13", "2025-02-30", "4.9.2025", "09/04/2025", "20250904", "٢٠٢٥"],
)
def test_a_date_that_is_none_is_refused(cell):
    assert check(f"claim,said_on\na,{cell}\n".encode()).errors[0].code == "csv.date"


@in_turn(
    "cell", ["2025-02-30", "2025-09-04T25:00", "0001-01-01T00:00:00+10:00", "2025", "1756994531"]
)
def test_a_time_that_is_none_is_refused(cell):
    assert check(f"claim,due_at\na,{cell}\n".encode()).errors[0].code == "csv.time"


@in_turn(
    ("cell", "codes"),
    [
        ("1900-01-01", []),
        ("2999-12-31", []),
        ("1899-12-31", ["csv.year"]),
        ("3000-01-01", ["csv.year"]),
        ("2999-12-31T23:59:59-01:00", ["csv.year"]),
    ],
)
def test_a_time_in_a_year_that_nobody_can_mean_is_refused(cell, codes):
    assert [error.code for error in check(f"claim,due_at\na,{cell}\n".encode()).errors] == codes


@in_turn("cell", ["nan", "inf", "1_0", "٣", "half", "1,0"])
def test_a_number_that_is_none_is_refused(cell):
    assert check(f'claim,checkworthiness\na,"{cell}"\n'.encode()).errors[0].code == "csv.number"


@pytest.mark.parametrize("cell", ["-1", "2147483648", "999999999999999999"])
def test_a_place_that_no_text_has_is_refused(cell):
    assert check(f"claim,start,end\na,{cell},{cell}\n".encode()).errors[0].code == "csv.range"


@pytest.mark.parametrize(
    "data",
    [
        b'claim\nok\n"It rained, he said\nand snowed\nand hailed\n',
        b'claim\nok\n"It rained, he said\nand "snowed" too\n',
        b'claim\nok\n"It rained' + b", he said\nand snowed" * 20_000,
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_named_where_it_begins(data):
    assert check(data).errors[0].line == 3


def test_quotation_marks_in_the_middle_of_a_plain_cell_are_words():
    assert not check(b'claim,tags\n5" of rain,a\n"x",b"c\n')


def test_a_cell_refused_already_draws_no_second_complaint():
    problems = check(b"claim,start,end\na,first,9\n")
    assert [error.code for error in problems.errors] == ["csv.integer"]


def test_a_row_shows_all_its_faults():
    problems = check(b"claim,said_on,priority\n,soon,much\n")
    assert {error.code for error in problems.errors} == {
        "csv.date",
        "csv.integer",
        "csv.claim-blank",
    }


def test_a_claimant_whom_the_chain_has_no_room_for_is_refused():
    chain = ">".join(f"n{number}" for number in range(10))
    assert not check(f"claim,claimant,attribution_chain\na,n9,{chain}\n".encode())
    (error,) = check(f"claim,claimant,attribution_chain\na,Ann,{chain}\n".encode()).errors
    assert (error.code, error.column) == ("csv.items-many", "attribution_chain")


def test_a_double_names_both_lines():
    first, second, third = "abcdefghij23", "bcdefghij234", "abcdefghij23"
    data = f"claim_id,claim\n{first},a\n{second},b\n{third},c\n"
    (error,) = check(data.encode()).errors
    assert (error.code, error.line, error.values["first"]) == ("csv.double", 4, 2)


def test_many_faults_are_counted_and_the_first_are_shown():
    problems = check(b"claim,priority\n" + b"a,x\n" * 100 + b"b,1\n" + b'"c')
    assert (len(problems.errors), problems.count, problems.rows) == (MOST_SHOWN, 101, 1)
    assert [error.line for error in problems.errors[:-1]] == list(range(2, MOST_SHOWN + 1))
    assert problems.errors[-1].code == "csv.quote-open"


def test_words_of_the_file_are_shown_shortened():
    (error,) = check(b"claim,said_on\na," + b"x" * 5_000).errors
    assert len(error.sentence) < 200


def test_a_long_file_takes_little_memory():
    data = b"claim,tags\n" + b"It rained and it snowed and it hailed all day,a; b\n" * 20_000
    check(data[:1_000])

    tracemalloc.start()
    assert check(data).rows == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 400_000
