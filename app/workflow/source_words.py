"""Taking the words of a source away by order: how it was described, and what its page said."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.domain.errors import Invalid
from app.domain.ids import now
from app.domain.links import canonical_link, checked_link
from app.storage.locking import AFRESH
from app.storage.tables import (
    CopyBytes,
    Draft,
    Evidence,
    Flag,
    Review,
    ReviewVersion,
    SavedCopy,
    Source,
    SourceFinding,
    SourceVersion,
)
from app.storage.tables.sources import SourceWords

Texts = list[str | None]
# A row of sources in a draft, and the parts of one that are chosen and tell of no source.
_ROW = re.compile(r"sources-(\d{1,3})-(\w+)")
_CHOSEN = frozenset({"kind", "record", "stance", "answers", "source_type"})
# What hangs on a row of sources: the answers to questions that rest on it.
_ANSWERED = re.compile(r"(questions-\d{1,3}-)source")


def words_of(row: SourceWords) -> Texts:
    """The words by which a source is described."""
    return [row.title, row.author, row.publisher, row.interests, row.origin]


def blank_words(row: SourceWords) -> None:
    """Leave none of them; what kind of thing it was stays."""
    row.title = row.interests = ""
    row.author = row.publisher = row.published = row.origin = None


def blank_source_words(session: Session, source: Source) -> Texts:
    """Blank a source in every version, with what was found about it, and what came of looking again.

    Answers what was said.
    """
    versions = session.exec(
        select(SourceVersion).where(SourceVersion.source_id == source.key)
    ).all()
    findings = session.exec(
        select(SourceFinding).where(SourceFinding.source_id == source.key)
    ).all()
    said = [text for row in (source, *versions) for text in words_of(row)]
    said += [finding.reason for finding in findings]
    marks = select(Flag).where(Flag.source_id == source.key, col(Flag.cleared_note).is_not(None))
    for mark in session.exec(marks).all():
        said.append(mark.cleared_note)
        mark.cleared_note = ""
    for row in (source, *versions):
        blank_words(row)
    for finding in findings:
        finding.reason = ""
    return said


def blank_copies(session: Session, source: Source) -> Texts:
    """Blank every copy of a source's page, and delete what came over the wire; hashes stay."""
    copies = session.exec(select(SavedCopy).where(SavedCopy.source_id == source.key)).all()
    said: Texts = []
    for row in copies:
        said += [row.url, row.final_url, row.file_name, row.title, row.text]
        row.title = row.text = ""
        row.url = row.final_url = row.file_name = None
        row.erased_at = now()
    keys = [row.key for row in copies]
    session.execute(delete(CopyBytes).where(col(CopyBytes.copy_id).in_(keys)))
    return said


@dataclass(frozen=True, slots=True)
class _Named:
    """What tells in a draft that a row is of a source: its address; without one, its title.

    Others may have given another document the same title: in their drafts the quote tells, too.
    """

    canonical_url: str | None
    titles: Collection[str]
    quotes: Collection[tuple[str, str]]
    review_ids: Collection[int]

    def rows(self, draft: Draft) -> list[str]:
        """The numbers of the rows of a draft that are of the source."""
        found = (_ROW.fullmatch(name) for name in draft.body)
        numbers = {match[1] for match in found if match}
        return sorted(number for number in numbers if self._is(draft, number))

    def _is(self, draft: Draft, number: str) -> bool:
        url, title, quote = (
            str(draft.body.get(f"sources-{number}-{part}", "")).strip()
            for part in ("url", "title", "quote")
        )
        if url:
            return self.canonical_url is not None and _canonical(url) == self.canonical_url
        if draft.review_id in self.review_ids and title in self.titles:
            return True
        return (title, quote) in self.quotes


def blank_drafts(session: Session, source: Source, uses: Sequence[Evidence]) -> Texts:
    """Blank the rows of a source in all drafts of its project, before its own words are blanked.

    A window that shows one still is told that its draft is older: it does not save it again by
    itself. Answers what was said.
    """
    named = _named(session, source, uses)
    query = select(Draft).join(Review, col(Review.id) == col(Draft.review_id))
    drafts = session.exec(query.where(Review.project_id == source.project_id))
    keys = [draft.key for draft in drafts if named.rows(draft)]
    held = select(Draft).where(col(Draft.id).in_(keys)).order_by(col(Draft.id)).with_for_update()
    said: Texts = []
    for draft in session.exec(held, execution_options=AFRESH).all():
        gone = _fields(draft.body, named.rows(draft))
        said += [draft.body[name] for name in gone]
        draft.body = {**draft.body, **dict.fromkeys(gone, "")}
        draft.version += 1
    session.flush()
    return said


def _named(session: Session, source: Source, uses: Sequence[Evidence]) -> _Named:
    versions = [use.review_version_id for use in uses]
    query = select(ReviewVersion.review_id).where(col(ReviewVersion.id).in_(versions))
    quotes = {(use.title, use.quote) for use in uses}
    return _Named(
        source.canonical_url,
        {title for title in (source.title, *(use.title for use in uses)) if title},
        {(title, quote) for title, quote in quotes if title or quote},
        set(session.exec(query)),
    )


def _canonical(url: str) -> str | None:
    try:
        return canonical_link(checked_link(url) or "")
    except Invalid:
        return None


def _fields(body: Mapping[str, str], rows: Collection[str]) -> list[str]:
    """The fields of a draft that say something of some rows, and of the answers by them."""
    gone = []
    for name, text in body.items():
        row, answer = _ROW.fullmatch(name), _ANSWERED.fullmatch(name)
        if row and row[1] in rows and row[2] not in _CHOSEN:
            gone.append(name)
        if answer and text in rows:
            gone += [answer[1] + part for part in ("answer", "explanation")]
    return sorted(name for name in gone if body.get(name))
