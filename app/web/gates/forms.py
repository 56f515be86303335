"""The form of the rules: of each a level and, where one is asked for, a number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.errors import Invalid
from app.domain.evidence_words import GateLevel
from app.domain.gates import NUMBERED, Key, Rule
from app.web.fields import number
from app.web.wording import sentence


@dataclass(frozen=True, slots=True)
class Row:
    """A rule with what stands in its fields."""

    rule: Rule
    level: str
    wanted: str
    error: str = ""

    @property
    def name(self) -> str:
        """The beginning of the names of its fields, as ``origins-so``."""
        return f"{self.rule.rule}-{self.rule.question}"

    @property
    def is_numbered(self) -> bool:
        """Whether it asks for a number."""
        return self.rule.rule in NUMBERED


def rows_of(
    rules: Iterable[Rule],
    *,
    typed: Mapping[str, str] | None = None,
    refusal: Invalid | None = None,
) -> list[Row]:
    """The rules as they hold, or as they were typed, with what was wrong."""
    rows = []
    for rule in rules:
        row = Row(rule, rule.level.value, str(rule.wanted or ""))
        if typed is not None:
            level = typed.get(f"{row.name}-level", row.level)
            wanted = typed.get(f"{row.name}-wanted", row.wanted)
            is_wrong = refusal is not None and refusal.values.get("field") == f"{row.name}-wanted"
            said = sentence(refusal) if refusal is not None and is_wrong else ""
            row = Row(rule, level, wanted, said)
        rows.append(row)
    return rows


def values(rows: Iterable[Row]) -> dict[Key, tuple[GateLevel, int | None]]:
    """What was typed, for the verb.

    Raises:
        Invalid: there is no such level.
    """
    try:
        return {
            row.rule.key: (
                GateLevel(row.level),
                number(row.wanted.strip()) if row.is_numbered else None,
            )
            for row in rows
        }
    except ValueError:
        raise Invalid("form.choice") from None
