"""What a change of a scale would do, answer by answer, in words, with what it touches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.domain.labels import LabelPreset
from app.domain.records import LabelRecord, SchemeRecord
from app.storage.answer_uses import Uses


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one answer; ``uses`` says where it was given."""

    name: str
    what: tuple[str, ...]
    uses: str
    is_retired: bool = False


def changes(
    scale: SchemeRecord, planned: Sequence[LabelPreset], uses: Mapping[str, Uses]
) -> list[Change]:
    """Everything that would be otherwise, in the order of the scale; new answers last."""
    return list(_changes(scale, {label.code: label for label in planned}, uses))


def _changes(
    scale: SchemeRecord, planned: Mapping[str, LabelPreset], uses: Mapping[str, Uses]
) -> Iterator[Change]:
    retired = {label.code for label in scale.retired}
    for label in scale.ever:
        told = _told(label.name, uses.get(label.code, Uses()))
        now = planned.get(label.code)
        if now is None and label.code not in retired:
            yield Change(label.name, (_("is no answer any more"),), told, is_retired=True)
        if now is not None:
            what = [_("is an answer again")] if label.code in retired else []
            what += _differs(label, now)
            if what:
                yield Change(label.name, tuple(what), told)
    known = {label.code for label in scale.ever}
    for code, new in planned.items():
        if code not in known:
            yield Change(new.name, (_("is new"),), "")


def _differs(before: LabelRecord, now: LabelPreset) -> Iterator[str]:
    if before.name != now.name:
        yield _("is called “%(name)s” from now on", name=now.name)
    if before.rank != now.rank:
        yield _(
            "moves on the scale: %(before)s before, %(now)s now",
            before=_place(before.rank),
            now=_place(now.rank),
        )
    if before.definition != now.definition:
        yield _("means something else, in words")


def _place(rank: int | None) -> str:
    return str(_("off the scale") if rank is None else _("place %(rank)s", rank=rank))


def _told(name: str, uses: Uses) -> str:
    """12 checks and 4 verdicts use “Half true”; 2 drafts; 3 claims wait to be settled."""
    if not uses.any:
        return str(_("Nothing that you may know of uses “%(name)s”.", name=name))
    checks = ngettext("%(num)s check", "%(num)s checks", uses.checks)
    verdicts = ngettext("%(num)s verdict", "%(num)s verdicts", uses.verdicts)
    said = [
        _("%(checks)s and %(verdicts)s use “%(name)s”", checks=checks, verdicts=verdicts, name=name)
    ]
    if uses.drafts:
        said.append(ngettext("%(num)s draft", "%(num)s drafts", uses.drafts))
    if uses.waiting:
        said.append(
            ngettext(
                "%(num)s claim waits to be settled",
                "%(num)s claims wait to be settled",
                uses.waiting,
            )
        )
    return "; ".join(said) + "."
