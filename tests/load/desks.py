"""The desk that a generated project stands on: its scales, people, rounds, batches and agents."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from app.domain.label_presets import DEFAULT_ATTRIBUTION, DEFAULT_CONTENT, PRESETS
from app.domain.words import Decides, Role
from tests.load import prose
from tests.load.rows import Filling, Names
from tests.load.shapes import PEOPLE

SLUG = "load"
PASSWORD = "a long password of tests"
# Beside the forty who checked: those who come new, and who leads.
NEWCOMERS, BATCHES = 24, 10
BEGAN = datetime(2026, 1, 5, tzinfo=UTC)
GUIDELINES = "# How we check\n\nRead the sentence in its article. Look for the first-hand figure."


def stamp(moment: datetime) -> str:
    """A time as SQLite keeps it."""
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


def email_of(number: int) -> str:
    """The address that a reviewer signs in with; numbers go from 0."""
    return f"r{number:02}@example.org"


LEAD, ME = "lead@example.org", email_of(0)


@dataclass
class Ground:
    """Keys of what claims refer to."""

    project: int
    round: int
    lead: int
    people: list[int]
    content: list[int]
    said: list[int]
    run: int
    batches: list[int]
    agents: list[int]
    ranks: dict[int, int | None] = field(default_factory=dict)


def lay(filling: Filling, names: Names, claims: int, password_hash: str) -> Ground:
    """Write everything that is there before the first claim."""
    made = stamp(BEGAN)
    ranks: dict[int, int | None] = {}
    content_scheme, content = _scale(filling, names, DEFAULT_CONTENT, ranks)
    said_scheme, said = _scale(filling, names, DEFAULT_ATTRIBUTION, ranks)
    project = _project(filling, names, claims, (content_scheme, said_scheme))
    common = {"public_id": names.new(), "created_at": made, "project_id": project}
    round_id = filling.row(
        "round", **common, number=1, kind="independent", is_blind=1, reviews_wanted=3
    )
    filling.row("guideline", project_id=project, version=1, text=GUIDELINES, created_at=made)
    lead, people = _people(filling, names, project, password_hash)
    common["public_id"] = names.new()
    run = filling.row(
        "import_run",
        **common,
        state="finished",
        rows_added=claims,
        touched_at=made,
        finished_at=made,
    )
    batches = _batches(filling, names, project)
    agents = _agents(filling, names, project, min(20_000, 40 + claims // 10))
    return Ground(
        *(project, round_id, lead, people, content, said, run, batches, agents), ranks=ranks
    )


def _project(filling: Filling, names: Names, claims: int, schemes: tuple[int, int]) -> int:
    made = stamp(BEGAN)
    return filling.row(
        "project",
        public_id=names.new(),
        created_at=made,
        slug=SLUG,
        title="A project of many claims",
        state="active",
        decides=Decides.INDEPENDENT.value,
        reviews_wanted=3,
        settles_itself=1,
        lease_minutes=24 * 60,
        timezone="UTC",
        content_scheme_id=schemes[0],
        attribution_scheme_id=schemes[1],
        pseudonym_key=f"{claims:064x}",
        counts_people=1,
        extra_on_difference=1,
        extractor="rules",
        gate_profile="none",
    )


def _batches(filling: Filling, names: Names, project: int) -> list[int]:
    made = stamp(BEGAN)
    return [
        filling.row(
            "batch",
            public_id=names.new(),
            created_at=made,
            project_id=project,
            name=f"Part {number}" if number else "Pilot",
            guideline_version=1,
            is_pilot=int(number == 0),
        )
        for number in range(BATCHES)
    ]


def _scale(
    filling: Filling, names: Names, code: str, ranks: dict[int, int | None]
) -> tuple[int, list[int]]:
    preset, made = PRESETS[code], stamp(BEGAN)
    scheme = filling.row(
        "label_scheme",
        public_id=names.new(),
        created_at=made,
        code=preset.code,
        version=1,
        name=preset.name,
        kind=preset.kind.value,
        frozen_at=made,
    )
    keys = []
    for position, label in enumerate(preset.labels):
        key = filling.row(
            "label",
            scheme_id=scheme,
            code=label.code,
            name=label.name,
            definition=label.definition,
            rank=label.rank,
            position=position,
        )
        ranks[key] = label.rank
        keys.append(key)
    return scheme, keys


def _people(
    filling: Filling, names: Names, project: int, password_hash: str
) -> tuple[int, list[int]]:
    people = filling.table(
        *("person", "public_id", "created_at", "email", "name", "password_hash"),
        *("is_active", "session_version", "wants_mail", "keymap"),
    )
    members = filling.table("membership", "project_id", "person_id", "role", "created_at")
    made = stamp(BEGAN)

    def add(email: str, name: str, *roles: Role) -> int:
        key = people.add(names.new(), made, email, name, password_hash, 1, 1, 1, "{}")
        for role in roles:
            members.add(project, key, role.value, made)
        return key

    lead = add(LEAD, "Lead", Role.EDITOR, Role.ADJUDICATOR)
    # The first of those who check leads the list of claims too: the dearest of readers.
    roles = [(Role.EDITOR, Role.REVIEWER), *[(Role.REVIEWER,)] * (PEOPLE + NEWCOMERS - 1)]
    found = [add(email_of(at), f"Reviewer {at:02}", *held) for at, held in enumerate(roles)]
    people.flush()
    members.flush()
    return lead, found


def _agents(filling: Filling, names: Names, project: int, number: int) -> list[int]:
    rows = filling.table(
        "agent", "public_id", "created_at", "project_id", "name", "kind", "is_named"
    )
    made = stamp(BEGAN)
    return [
        rows.add(names.new(), made, project, prose.speaker(at), "person", 1) for at in range(number)
    ]


def after(seconds: int) -> str:
    """A time so long after the project began."""
    days, second = divmod(seconds, 24 * 3_600)
    return _day(days) + _times()[second]


@cache
def _day(number: int) -> str:
    return (BEGAN + timedelta(days=number)).strftime("%Y-%m-%d")


@cache
def _times() -> list[str]:
    """Every second of a day."""
    hours, sixty = range(24), range(60)
    return [f" {h:02}:{m:02}:{s:02}.000000" for h in hours for m in sixty for s in sixty]
