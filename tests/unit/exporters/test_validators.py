from app.exporters import comments_csv, replies_csv, reviews_csv, sources_csv, verdicts_csv
from app.exporters.strict import MOST_PROBLEMS
from tests.cases import in_turn
from tests.unit.exporters.export_samples import COMMENT, REPLY, REVIEW, SOURCE, UNDECIDED, VERDICT


def verdicts(*rows):
    return "".join(verdicts_csv.write(rows))


def codes(text, *, module=verdicts_csv):
    return [(problem.line, problem.column, problem.code) for problem in module.validate([text])]


@in_turn(
    ("spoil", "expected"),
    [
        (lambda text: text[:0], (1, None, "header.columns")),
        (lambda text: "\ufeff" + text, (1, None, "file.bom")),
        (lambda text: text.replace("claim_id", "Claim_id", 1), (1, None, "header.columns")),
        (lambda text: text.replace("\r\n", "\n"), (1, None, "record.line-end")),
        (lambda text: text.removesuffix("\r\n"), (2, None, "record.line-end")),
        (lambda text: text.replace("Donald", 'Do"nald', 1), (2, None, "record.quoting")),
        (lambda text: text.replace(",desk,", ',"desk",'), (2, None, "record.quoting")),
        (lambda text: text.replace(",desk,", ',"desk"x,'), (2, None, "record.broken")),
        (lambda text: text.replace(",desk,", ',"desk,'), (2, None, "record.broken")),
        (lambda text: text.replace(",desk,", ",desk,,"), (2, None, "row.cells")),
        (lambda text: text.replace(",desk,", ",=desk,"), (2, "project", "cell.shape")),
        (lambda text: text.replace("abcdefghij23", "17"), (2, "claim_id", "cell.shape")),
        (lambda text: text.replace("14:02:11Z", "14:02:11"), (2, "decided_at", "cell.shape")),
        (lambda text: text.replace(",0.85,", ",0.850,"), (2, "checkworthiness", "cell.shape")),
        (
            lambda text: text.replace(" > Donald", " >Donald"),
            (2, "attribution_chain", "cell.shape"),
        ),
        (lambda text: text.replace("energy; EU", "energy; "), (2, "tags", "cell.shape")),
        (lambda text: text.replace(",2/2,", ",2 of 2,"), (2, "reviews", "cell.shape")),
        (lambda text: text.replace("False×1; ", "False; "), (2, "dissent", "cell.shape")),
        (lambda text: text.replace("desk-7@1", "desk-7"), (2, "scheme", "cell.shape")),
        (lambda text: text.replace(",4107,", ",,"), (2, "quote", "place.half")),
        (lambda text: text.replace(",4107,", ",4036,"), (2, "end", "place.order")),
        (lambda text: text.replace(",adjudication,", ",,"), (2, "decided_by", "settled.blank")),
    ],
)
def test_each_fault_is_named_with_its_line_and_column(spoil, expected):
    assert codes(verdicts(VERDICT)) == []
    assert expected in codes(spoil(verdicts(VERDICT)))


def test_a_verdict_before_its_time_is_a_fault():
    early = verdicts(UNDECIDED._replace(content_verdict="False"))
    assert codes(early) == [(2, "content_verdict", "unsettled.filled")]


def test_a_claim_that_comes_twice_is_a_fault():
    assert codes(verdicts(VERDICT, UNDECIDED, VERDICT)) == [(4, "claim_id", "row.double")]


def test_a_check_that_comes_twice_is_a_fault_and_a_source_used_twice_is_none():
    reviews = "".join(reviews_csv.write([REVIEW, REVIEW]))
    sources = "".join(sources_csv.write([SOURCE, SOURCE]))
    assert codes(reviews, module=reviews_csv) == [(3, "review_id", "row.double")]
    assert codes(sources, module=sources_csv) == []


def test_lines_are_counted_through_cells_of_several_lines():
    text = verdicts(VERDICT._replace(claim="one\ntwo\nthree"), VERDICT)
    assert codes(text) == [(5, "claim_id", "row.double")]


def test_it_does_not_matter_where_the_chunks_are_cut():
    text = verdicts(VERDICT._replace(claim='a\r\n"b"'), UNDECIDED)
    assert verdicts_csv.validate(list(text)) == []


def test_a_hopeless_file_is_given_up_on():
    row = VERDICT._replace(claim_id="17")
    assert len(verdicts_csv.validate([verdicts(*[row] * 300)])) == MOST_PROBLEMS


@in_turn(
    ("change", "expected"),
    [
        ({}, []),
        ({"quotable": None, "channel": None, "deadline_at": None}, []),
        ({"status": ""}, [(2, "status", "cell.shape")]),
        (
            {"not_applicable_because": "Dead."},
            [(2, "not_applicable_because", "reply.both")],
        ),
    ],
)
def test_a_reply_says_one_thing(change, expected):
    text = "".join(replies_csv.write([REPLY._replace(**change)]))

    assert codes(text, module=replies_csv) == expected


def test_a_request_stands_in_a_file_once():
    text = "".join(replies_csv.write([REPLY, REPLY]))

    assert codes(text, module=replies_csv) == [(3, "reply_id", "row.double")]


@in_turn(
    ("change", "expected"),
    [
        ({"text": ""}, [(2, "text", "comment.erased")]),
        ({"erased": True}, [(2, "text", "comment.erased")]),
        ({"text": "", "erased": True}, []),
        ({"thread_id": "fghijklmno23"}, [(2, "asks", "comment.answer")]),
        ({"asks": None, "mentions": (), "text": "=1+1"}, []),
    ],
)
def test_a_comment_has_words_or_was_erased_and_only_the_first_of_a_thread_asks(change, expected):
    text = "".join(comments_csv.write([COMMENT._replace(**change)]))

    assert codes(text, module=comments_csv) == expected
