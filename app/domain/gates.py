"""What a verdict has to rest on: the rules of IFCN, EFCSN and Google as one table, and counting.

The table names the clause that each rule stands for; ``docs/gates.md`` has them in words. What is
counted is told there too, and so is what no program can count.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from app.domain.evidence_words import (
    GateLevel,
    GateProfile,
    GateRule,
    SourceStanding,
    SourceType,
)
from app.domain.words import Answers, SourceKind, SourceRecord, Stance

SAID, SO, BOTH = Answers.SAID, Answers.SO, Answers.BOTH
WARN, BLOCK = GateLevel.WARN, GateLevel.BLOCK
IFCN, EFCSN, GOOGLE = GateProfile.IFCN, GateProfile.EFCSN, GateProfile.GOOGLE

FEWEST, MOST = 1, 20
SIDES = 2

# A rule and the question it is asked of; ``both``: of the whole claim.
Key = tuple[GateRule, Answers]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a profile asks by one rule: how strictly, how many, and by which clause of whose."""

    level: GateLevel
    wanted: int | None = None
    clause: str = ""


# For "Was it said?" one origin is enough: the recording itself. "Is it so?" takes two.
TABLE: Mapping[Key, Mapping[GateProfile, Asked]] = {
    (GateRule.ORIGINS, SAID): {
        IFCN: Asked(WARN, 1, "IFCN 3.3"),
        EFCSN: Asked(BLOCK, 1, "EFCSN, two sources"),
        GOOGLE: Asked(WARN, 1, "Google, traceable sources"),
    },
    (GateRule.ORIGINS, SO): {
        IFCN: Asked(BLOCK, 2, "IFCN 3.3"),
        EFCSN: Asked(BLOCK, 2, "EFCSN, two sources"),
        GOOGLE: Asked(BLOCK, 1, "Google, traceable sources"),
    },
    (GateRule.PRIMARY, SAID): {
        IFCN: Asked(WARN, 1, "IFCN 3.2"),
        EFCSN: Asked(WARN, 1, "EFCSN, primary sources"),
    },
    (GateRule.PRIMARY, SO): {
        IFCN: Asked(WARN, 1, "IFCN 3.2"),
        EFCSN: Asked(WARN, 1, "EFCSN, primary sources"),
    },
    (GateRule.BOTH_SIDES, SAID): {},
    (GateRule.BOTH_SIDES, SO): {
        IFCN: Asked(WARN, clause="IFCN, all significant evidence"),
        EFCSN: Asked(WARN, clause="EFCSN, all significant evidence"),
    },
    (GateRule.QUOTE_IN_COPY, SAID): {IFCN: Asked(WARN, clause="IFCN, enough detail")},
    (GateRule.QUOTE_IN_COPY, SO): {IFCN: Asked(WARN, clause="IFCN, enough detail")},
    (GateRule.DETAIL, SAID): {
        IFCN: Asked(BLOCK, clause="IFCN, enough detail"),
        GOOGLE: Asked(WARN, clause="Google, traceable sources"),
    },
    (GateRule.DETAIL, SO): {
        IFCN: Asked(BLOCK, clause="IFCN, enough detail"),
        GOOGLE: Asked(WARN, clause="Google, traceable sources"),
    },
    (GateRule.CONTACTED, BOTH): {IFCN: Asked(BLOCK, clause="IFCN 5.5")},
    (GateRule.APPEARANCE, BOTH): {GOOGLE: Asked(BLOCK, clause="Google, distinct origin")},
}
# The rules that ask for a number; without a profile's own, one is wanted.
NUMBERED = frozenset({GateRule.ORIGINS, GateRule.PRIMARY})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it holds in a project; ``is_changed``: otherwise than its profile has it."""

    rule: GateRule
    question: Answers
    level: GateLevel
    wanted: int | None = None
    clause: str = ""
    is_changed: bool = False

    @property
    def key(self) -> Key:
        """What tells it from the others."""
        return self.rule, self.question


def rules_of_profile(
    profile: GateProfile, changed: Mapping[Key, tuple[GateLevel, int | None]] | None = None
) -> tuple[Rule, ...]:
    """Every rule of a profile, those that it does not ask too, with what a project changed of it."""
    if profile is GateProfile.NONE:
        return ()
    usual = tuple(
        Rule(*key, asked.level, _number(key, asked.wanted), asked.clause)
        for key, asked in (
            (key, row.get(profile, Asked(GateLevel.OFF))) for key, row in TABLE.items()
        )
    )
    return tuple(_changed(rule, (changed or {}).get(rule.key)) for rule in usual)


def _number(key: Key, wanted: int | None) -> int | None:
    return (wanted or FEWEST) if key[0] in NUMBERED else None


def _changed(rule: Rule, to: tuple[GateLevel, int | None] | None) -> Rule:
    if to is None:
        return rule
    level, wanted = to
    wanted = _number(rule.key, wanted)
    if (level, wanted) == (rule.level, rule.wanted):
        return rule
    return replace(rule, level=level, wanted=wanted, is_changed=True)


def asking_labels(
    labels: Iterable[tuple[int, int | None, bool]],
) -> frozenset[int]:
    """The answers of one scale that have to rest on evidence, from (key, rank, needs a source).

    Those of which the project says that they need a source. Where it says so of none: all that
    have a place on the scale, and of a scale without places all.
    """
    rows = list(labels)
    ticked = {key for key, _rank, needs in rows if needs}
    placed = {key for key, rank, _needs in rows if rank is not None}
    return frozenset(ticked or placed or {key for key, _rank, _needs in rows})


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A use of a source in a check that counts; ``source`` is its key.

    ``alike``: what tells that two sources are one, see ``alike``. ``desk_origin`` and ``desk_type`` are what the desk holds of the source itself. ``is_in_copy``:
    whether the quote was found in a saved copy, None where it was compared with none.
    """

    source: int
    alike: str = ""
    answers: Answers = SO
    stance: Stance = Stance.SUPPORTS
    kind: SourceKind = SourceKind.WEB
    record: SourceRecord = SourceRecord.ON_RECORD
    standing: SourceStanding = SourceStanding.SOUND
    origin: str | None = None
    desk_origin: str | None = None
    source_type: SourceType | None = None
    desk_type: SourceType | None = None
    has_title: bool = False
    has_publisher: bool = False
    has_date: bool = False
    has_quote: bool = False
    is_in_copy: bool | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted for one question: numbers, and of quotes and details how many of how many."""

    origins: int = 0
    primary: int = 0
    sides: frozenset[Stance] = frozenset()
    has_looked: bool = False
    quotes_found: int = 0
    quotes: int = 0
    quotes_without_copy: int = 0
    detailed: int = 0
    uses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a claim: its evidence by question, and the rest of the whole claim.

    ``is_elsewhere``: somebody else than the desk made it, or it stands on other pages than its own.
    """

    evidence: Mapping[Answers, Counted] = field(default_factory=dict)
    has_claimant: bool = False
    is_contacted: bool = False
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """How one rule is met: ``found`` of ``wanted``; ``why`` is a code that tells more, or blank."""

    rule: GateRule
    question: Answers
    level: GateLevel
    found: int
    wanted: int
    is_met: bool
    why: str = ""

    @property
    def key(self) -> Key:
        """Which rule it is of."""
        return self.rule, self.question

    @property
    def stops(self) -> bool:
        """Whether a verdict needs a written reason for it."""
        return self.level is BLOCK and not self.is_met


# A source that is used no more, or not to be relied on, carries nothing.
COUNTS = frozenset({SourceStanding.SOUND, SourceStanding.CORRECTED})
AT_FIRST_HAND = frozenset({SourceType.PRIMARY, SourceType.OFFICIAL_DATA})
HAS_PAGES = frozenset({SourceKind.WEB, SourceKind.DOCUMENT})
# What has to be known of a source, by its kind; a source that must not be shown is left in peace.
DETAILS: Mapping[SourceKind, tuple[str, ...]] = {
    SourceKind.WEB: ("has_title", "has_publisher", "has_date", "has_quote"),
    SourceKind.DOCUMENT: ("has_title", "has_publisher", "has_date", "has_quote"),
    SourceKind.PERSON: ("has_title", "has_date", "has_quote"),
    SourceKind.CALCULATION: ("has_title",),
}


def counted(uses: Iterable[Use], question: Answers) -> Counted:
    """What some uses of sources amount to for one question; a use for both counts for each."""
    asked = [use for use in uses if use.answers in {question, BOTH} and use.standing in COUNTS]
    found = [use for use in asked if use.kind is not SourceKind.SEARCH]
    # Context carries no verdict.
    carry = [use for use in found if use.stance is not Stance.CONTEXT]
    quotes = [use for use in found if use.has_quote and use.kind in HAS_PAGES]
    detailed = [use for use in found if use.record is not SourceRecord.NOT_FOR_PUBLICATION]
    return Counted(
        origins=_origins(carry),
        primary=_apart(_marks(use) for use in carry if _type(use) in AT_FIRST_HAND),
        sides=frozenset(use.stance for use in found) - {Stance.CONTEXT},
        has_looked=len(found) < len(asked),
        quotes_found=sum(use.is_in_copy is True for use in quotes),
        quotes=len(quotes),
        quotes_without_copy=sum(use.is_in_copy is None for use in quotes),
        detailed=sum(all(getattr(use, has) for has in DETAILS[use.kind]) for use in detailed),
        uses=len(detailed),
    )


def _type(use: Use) -> SourceType | None:
    return use.desk_type or use.source_type


def _origins(uses: Sequence[Use]) -> int:
    """How many origins there are: one source is one, and so are all that name the same origin.

    A checker's own calculation is of no other origin than what it is made of.
    """
    made = [use for use in uses if use.kind is SourceKind.CALCULATION]
    others = [use for use in uses if use.kind is not SourceKind.CALCULATION]
    return _apart(_marks(use) | _named(use) for use in others) or min(len(made), 1)


def _marks(use: Use) -> set[object]:
    """What tells one source from others."""
    return {use.source, ("alike", use.alike)} if use.alike else {use.source}


def _named(use: Use) -> set[object]:
    named = _folded(use.desk_origin or use.origin)
    return {named} if named else set()


def _apart(all_marks: Iterable[set[object]]) -> int:
    """How many groups there are, where whatever shares a mark is of one group."""
    groups: list[set[object]] = []
    for marks in all_marks:
        joined = [group for group in groups if group & marks]
        groups = [group for group in groups if not group & marks]
        groups.append(marks.union(*joined))
    return len(groups)


def alike(page: str | None, kind: SourceKind, *words: str | None) -> str:
    """What two sources share that are one: their page, or without any how they are described.

    ``page`` is a canonical address; the same one with http, https or www is one page.
    """
    if page:
        return page.partition("://")[2].removeprefix("www.")
    return "\n".join((kind, *map(_folded, words)))


def _folded(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()


def is_elsewhere(
    *, claimant: str | None, publisher: str | None, links: Iterable[str], own: tuple[str, str]
) -> bool:
    """Whether a claim comes from elsewhere than the desk; ``own`` are its name and web address.

    By whoever made it, if they are named, by who published it, or by where it was seen.
    """
    name, host = own[0].strip().casefold(), host_of(own[1])
    said = any(who and who.strip().casefold() != name for who in (claimant, publisher))
    return said or any(host_of(link) not in {"", host} for link in links)


def host_of(link: str) -> str:
    """The host of a web address without a leading www; blank if there is none."""
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def lines(facts: Facts, rules: Iterable[Rule], *, asked: Collection[Answers]) -> list[Line]:
    """How each rule that holds is met by a claim.

    ``asked``: the questions, said or so, whose answer has to rest on evidence. Without any nothing
    is asked of the whole claim either.
    """
    found = []
    for rule in rules:
        of = {SAID, SO} if rule.question is BOTH else {rule.question}
        if rule.level is GateLevel.OFF or not of & set(asked):
            continue
        line = _line(facts, rule)
        if line is not None:
            found.append(line)
    return found


def unmet(facts: Facts, rules: Iterable[Rule], *, asked: Collection[Answers]) -> list[Line]:
    """The rules that a claim does not meet, with what was found and what is wanted."""
    return [line for line in lines(facts, rules, asked=asked) if not line.is_met]


def _line(facts: Facts, rule: Rule) -> Line | None:
    evidence = facts.evidence.get(rule.question, Counted())
    if rule.rule is GateRule.CONTACTED and not facts.has_claimant:
        return None
    if rule.rule is GateRule.BOTH_SIDES:
        return _sides(evidence, rule)
    found, wanted = {
        GateRule.ORIGINS: (evidence.origins, rule.wanted or FEWEST),
        GateRule.PRIMARY: (evidence.primary, rule.wanted or FEWEST),
        GateRule.QUOTE_IN_COPY: (evidence.quotes_found, evidence.quotes),
        GateRule.DETAIL: (evidence.detailed, evidence.uses),
        GateRule.CONTACTED: (int(facts.is_contacted), 1),
        GateRule.APPEARANCE: (int(facts.is_elsewhere), 1),
    }[rule.rule]
    line = Line(*rule.key, rule.level, found, wanted, is_met=found >= wanted)
    has_no_copy = rule.rule is GateRule.QUOTE_IN_COPY and evidence.quotes_without_copy
    return replace(line, why="no-copy") if has_no_copy and not line.is_met else line


def _sides(evidence: Counted, rule: Rule) -> Line:
    """One-sided is what backs a claim or speaks against it, and nobody looked for the other."""
    found = len(evidence.sides)
    line = Line(*rule.key, rule.level, found, SIDES, is_met=found != 1 or evidence.has_looked)
    if line.is_met:
        return replace(line, why="looked" if found == 1 else "")
    return replace(line, why=f"only-{next(iter(evidence.sides))}")
