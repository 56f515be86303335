"""The check of all questions of the suite finds what it is there for, and nothing else."""

import pytest

from tests.shadowed import shadowed

BAR = "EXISTS (SELECT * \nFROM bar AS bar_1{more} \nWHERE bar_1.claim_id = claim.id)"


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        (f"SELECT claim.id FROM claim WHERE {BAR.format(more='')}", ()),
        (f"SELECT claim.id FROM claim WHERE {BAR.format(more=', claim')}", ("claim",)),
        (f"UPDATE claim SET a=1 WHERE {BAR.format(more=', claim')}", ("claim",)),
        # The whole has no claim: the part asks of any, and says so.
        (f"SELECT person.id FROM person WHERE {BAR.format(more=', claim')}", ()),
        (f"SELECT c.id FROM claim AS c WHERE {BAR.format(more=', claim')}", ()),
        # Among the columns, before the whole says of what it is.
        (f"SELECT {BAR.format(more=', claim')} AS is_barred FROM claim", ("claim",)),
        # Beside it, and not around it.
        (
            f"SELECT 1 FROM person WHERE EXISTS (SELECT * FROM claim) AND {BAR.format(more=', claim')}",
            (),
        ),
        # Two levels down, where SQLAlchemy does not look.
        (
            f"SELECT 1 FROM claim WHERE (SELECT 1 FROM person WHERE {BAR.format(more=', claim')}) < 2",
            ("claim",),
        ),
        # Under a name of its own it is another row.
        (f"SELECT claim.id FROM claim WHERE {BAR.format(more=', claim AS claim_1')}", ()),
    ],
)
def test_what_a_part_names_once_more(statement, tables):
    assert shadowed(statement) == tables
