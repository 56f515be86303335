"""What may be wrong with a file that comes in, and how it is said in English."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_SHOWN = 20

# Marks a sentence for the translators' tools; the door that shows it translates it.
N_ = str


@dataclass(frozen=True, slots=True)
class RowError:
    """One fault: ``line`` counts from 1; ``column`` is None for a fault of the row or the file.

    ``values`` may hold words of the file: they are for the person who sent it, not for a log.
    """

    line: int
    column: str | None
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def named(self) -> dict[str, object]:
        """Everything that the sentence of ``code`` may name."""
        return {"line": self.line, "column": self.column or "", **self.values}

    @property
    def sentence(self) -> str:
        """The fault in English."""
        return SENTENCES[self.code] % self.named


@dataclass(frozen=True, slots=True)
class Problems:
    """What a whole file looks like before anything of it is taken in; true when it has faults.

    Attributes:
        errors: the first MOST_SHOWN faults, in the order of the file.
        count: how many there are in all.
        rows: claims that could be read.
        ignored_columns: columns that are not taken in, as the file names them; ``#5`` has no name.
    """

    errors: tuple[RowError, ...]
    count: int
    rows: int
    ignored_columns: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.count > 0


class Unreadable(Exception):  # noqa: N818 - it carries a RowError, it is not one
    """The file cannot be read on from here."""

    def __init__(self, error: RowError) -> None:
        super().__init__(error.code)
        self.error = error


SENTENCES: Mapping[str, str] = {
    # The file as a whole.
    "csv.empty": N_(
        "The file is empty. It needs a first line with column names, one of them claim."
    ),
    "csv.workbook": N_(
        "This is a spreadsheet workbook, not CSV. Save it as “CSV UTF-8” and send that file."
    ),
    "csv.encoding": N_(
        "Line %(line)s is not written in UTF-8. Save the file as “CSV UTF-8” and send it again."
    ),
    "csv.nul": N_(
        "Line %(line)s holds a zero byte, which no text has. Save the file as “CSV UTF-8”."
    ),
    "csv.quote-open": N_(
        "The quotation mark that opens a cell in line %(line)s is never closed."
        " Close it, or write it twice if it belongs to the text."
    ),
    "csv.quote-stray": N_(
        "A cell that begins in line %(line)s with a quotation mark goes on after the mark that"
        " closes it. Write quotation marks inside such a cell twice."
    ),
    "csv.cell-endless": N_(
        "A cell that begins in line %(line)s is longer than %(limit)s characters."
        " Perhaps a quotation mark is not closed."
    ),
    # The header.
    "csv.column-missing": N_(
        "No column is called %(column)s. Line %(line)s must name the columns; it names: %(found)s."
    ),
    "csv.column-double": N_(
        "Two columns are called %(column)s (columns %(first)s and %(second)s). Rename one of them."
    ),
    # A row.
    "csv.ragged": N_(
        "Line %(line)s has %(found)s cells where the header has %(expected)s."
        " A cell that holds the separator “%(separator)s” must stand in quotation marks."
    ),
    "csv.claim-blank": N_("Line %(line)s, column %(column)s: the claim is missing."),
    "csv.double": N_(
        "Line %(line)s, column %(column)s: %(value)s is already used in line %(first)s."
        " Each claim needs its own."
    ),
    "csv.place-half": N_(
        "Line %(line)s, column %(column)s: start and end belong together. Fill both or neither."
    ),
    "csv.place-order": N_(
        "Line %(line)s, column %(column)s: the end (%(value)s) must be greater than the start"
        " (%(start)s)."
    ),
    # A cell.
    "csv.long": N_(
        "Line %(line)s, column %(column)s: %(length)s characters; at most %(limit)s are taken."
    ),
    "csv.item-long": N_(
        "Line %(line)s, column %(column)s: “%(value)s” has %(length)s characters;"
        " an entry may have %(limit)s."
    ),
    "csv.items-many": N_(
        "Line %(line)s, column %(column)s: %(found)s entries; at most %(limit)s are taken."
    ),
    "csv.id": N_(
        "Line %(line)s, column %(column)s: “%(value)s” is not an id of this program."
        " Put ids of your own in the column external_id."
    ),
    "csv.date": N_(
        "Line %(line)s, column %(column)s: “%(value)s” is not a date."
        " Write 2025-09-04, or 2025-09, or 2025."
    ),
    "csv.time": N_(
        "Line %(line)s, column %(column)s: “%(value)s” is not a time."
        " Write 2025-09-04 or 2025-09-04T14:02:11Z."
    ),
    "csv.year": N_(
        "Line %(line)s, column %(column)s: “%(value)s” is not in the years from %(first)s"
        " to %(last)s."
    ),
    "csv.integer": N_("Line %(line)s, column %(column)s: “%(value)s” is not a whole number."),
    "csv.number": N_(
        "Line %(line)s, column %(column)s: “%(value)s” is not a number."
        " Write it with a decimal point, as 0.85."
    ),
    "csv.range": N_(
        "Line %(line)s, column %(column)s: %(value)s is not between %(low)s and %(high)s."
    ),
    "csv.link-long": N_(
        "Line %(line)s, column %(column)s: the address is longer than %(limit)s characters."
    ),
    "csv.link-shape": N_("Line %(line)s, column %(column)s: “%(value)s” is not a web address."),
    "csv.link-scheme": N_(
        "Line %(line)s, column %(column)s: “%(value)s” is not a web address."
        " It must begin with https:// or http:// and hold no blanks."
    ),
    "csv.link-credentials": N_(
        "Line %(line)s, column %(column)s: the address holds a user name or a password."
        " Take them out."
    ),
    # Only for a program that reads rows without having asked for the problems first.
    "csv.unchecked": N_("The file has faults; the first is in line %(line)s."),
}
