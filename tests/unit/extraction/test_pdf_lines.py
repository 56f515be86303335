"""Lines of a PDF file become the paragraphs that they were broken out of."""

from app.extraction.pdf_lines import paragraphs
from tests.cases import in_turn

FULL = "The port of Tarn lost forty of its boats in one"


@in_turn(
    ("text", "whole"),
    [
        (f"{FULL}\nnight.", f"{FULL} night."),
        (f"{FULL}\nnight.\n{FULL}\nday.", f"{FULL} night.\n\n{FULL} day."),
        (f"A title\n\n{FULL}\nnight.", f"A title\n\n{FULL} night."),
        (f"{FULL}\n\f\nnight.", f"{FULL}\n\nnight."),
        (f"{FULL} har-\nbour town.", f"{FULL} harbour town."),
        (f"{FULL} har\u00ad\nbour town.", f"{FULL} harbour town."),
        (f"{FULL} Lib-\nDem town.", f"{FULL} Lib- Dem town."),
        (f"{FULL} 20-\n30 of them.", f"{FULL} 20- 30 of them."),
        ("  one  \n\n\n two", "one\n\ntwo"),
        ("\f\n\n", ""),
        ("", ""),
    ],
)
def test_full_lines_go_on_and_others_end(text, whole):
    assert paragraphs(text) == whole
