"""Clauses behind "and that", brackets, colons and dashes: each is cut off where it stands alone."""

from tests.cases import in_turn
from tests.unit.extraction.test_clauses import cut

CUT = """
    Nine cooks had been ill and that two of the ovens had never been cleaned => Nine cooks had been ill | two of the ovens had never been cleaned
    The county had not paid her since May but that she was heating the hall herself => The county had not paid her since May | she was heating the hall herself
    The mill and that old barn burned down in a day => The mill and that old barn burned down in a day
    Only three permits had been issued and that two had since lapsed => Only three permits had been issued and that two had since lapsed
    A team of three arrived Friday, and the town is sending 200 more tents => A team of three arrived Friday | the town is sending 200 more tents
    The list is light on new plays (only three works by the poet have been added) => The list is light on new plays | only three works by the poet have been added
    The firm lost $5 million (it had made $3 million a year before) in 2019 => The firm lost $5 million (it had made $3 million a year before) in 2019 | it had made $3 million a year before
    The firm starts with 22 films (ten of them were announced on Friday), featuring works by Ann Lee => The firm starts with 22 films | ten of them were announced on Friday | featuring works by Ann Lee
    The bank admitted the fault in June 2018, before it offered free repairs => The bank admitted the fault in June 2018 | it offered free repairs
    The bank sold 40 branches before it lost its licence => The bank sold 40 branches before it lost its licence
    The bank (the largest employer in Bo by far) closed 40 branches => The bank (the largest employer in Bo by far) closed 40 branches
    The farm sold 40 cows (and 12 hens) to a dealer => The farm sold 40 cows (and 12 hens) to a dealer
    A landlord paid two men $500 to burn a car — after she refused to give up her flat => A landlord paid two men $500 to burn a car | she refused to give up her flat
    He was held at his home just before dawn and charged with arson and fraud => He was held at his home just before dawn and charged with arson and fraud
    Moe has 86 wins, but the two men behind him — Berg, of Oslo, and Dahl — have lost only once => Moe has 86 wins | the two men behind him — Berg, of Oslo, and Dahl — have lost only once
    There is a reason for it: Although Moe has led since 2003, he is now losing 11 games a year => There is a reason for it | Moe has led since 2003 | he is now losing 11 games a year
"""


@in_turn(
    ("sentence", "parts"),
    [tuple(line.strip().split(" => ")) for line in CUT.strip().split("\n")],
)
def test_a_clause_that_stands_alone_is_cut_off(sentence, parts):
    assert cut(sentence) == parts.split(" | ")
