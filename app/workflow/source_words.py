"""Taking the words of a source away by order: how it was described, and what its page said."""

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.domain.ids import now
from app.storage.tables import CopyBytes, SavedCopy, Source, SourceFinding, SourceVersion
from app.storage.tables.sources import SourceWords

Texts = list[str | None]


def words_of(row: SourceWords) -> Texts:
    """The words by which a source is described."""
    return [row.title, row.author, row.publisher, row.interests, row.origin]


def blank_words(row: SourceWords) -> None:
    """Leave none of them; what kind of thing it was stays."""
    row.title = row.interests = ""
    row.author = row.publisher = row.published = row.origin = None


def blank_source_words(session: Session, source: Source) -> Texts:
    """Blank a source in every version, with what was found about it. Answers what was said."""
    versions = session.exec(
        select(SourceVersion).where(SourceVersion.source_id == source.key)
    ).all()
    findings = session.exec(
        select(SourceFinding).where(SourceFinding.source_id == source.key)
    ).all()
    said = [text for row in (source, *versions) for text in words_of(row)]
    said += [finding.reason for finding in findings]
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
