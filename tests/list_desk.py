"""A desk of any size with something in every list: what is asked of lists is measured on it."""

from collections.abc import Iterator

from sqlmodel import col, select

from app.domain.evidence_words import FlagReason
from app.domain.ids import now
from app.domain.words import (
    ActorKind,
    Answers,
    CorrectionKind,
    DecidedBy,
    ImportState,
    SourceKind,
    SourceRecord,
    Stance,
)
from app.storage.tables import (
    Claim,
    Comment,
    Event,
    Evidence,
    Flag,
    ImportRun,
    Publication,
    PublishedClaim,
    Reply,
    ReviewVersion,
    Ruling,
    Source,
)
from tests.load.desk import LoadDesk

USES = 4


class ListDesk(LoadDesk):
    """Beside its claims: four sources for each check, talk, pieces, requests, marks, imports.

    One source is used by every check.
    """

    def _around_claims(self) -> None:
        super()._around_claims()
        with self.database.reading() as session:
            first = select(Claim.public_id).order_by(col(Claim.id))
            self.long_told = session.exec(first).first() or ""
        self.sources = self._keys(Source, (self._source(n) for n in range(self.number)))
        versions = self._keys(ReviewVersion, iter(()))
        self._insert(Evidence, self._uses(versions))
        self._insert(Comment, (self._comment(n, key) for n, key in enumerate(self.claims)))
        self._insert(Reply, (self._reply(n, key) for n, key in enumerate(self.claims)))
        settled = [key for n, key in enumerate(self.claims) if self.kind_of(n) == "settled"]
        self._insert(Ruling, (self._correction(key) for key in settled[::2]))
        pieces = self._keys(Publication, (self._piece(n) for n, _key in enumerate(settled)))
        self._insert(
            PublishedClaim,
            (self._in_piece(*pair) for pair in zip(pieces, settled, strict=True)),
        )
        self._insert(Flag, (self._flag(key) for key in settled))
        self._insert(ImportRun, (self._run() for _n in range(self.number // 10)))
        self._insert(Event, (self._said() for _n in range(self.number)))

    def _review(self, n: int, key: int, entry: int, person: int) -> dict:
        # Answered before any page is made: what comes after it waits for another look.
        return {**super()._review(n, key, entry, person), "submitted_at": now()}

    def _source(self, n: int) -> dict:
        url = f"https://example.org/{n}"
        return self._named(
            kind=SourceKind.WEB,
            record=SourceRecord.ON_RECORD,
            title=f"Register of trees {n}",
            url=url,
            canonical_url=url,
            interests="",
            created_by_id=self.me.key,
        )

    def _uses(self, versions: list[int]) -> Iterator[dict]:
        for n, version in enumerate(versions):
            for position in range(USES):
                place = (n * USES + position) % len(self.sources) if position else 0
                yield {
                    "review_version_id": version,
                    "position": position,
                    "source_id": self.sources[place],
                    "stance": Stance.SUPPORTS,
                    "answers": Answers.SO,
                    "kind": SourceKind.WEB,
                    "record": SourceRecord.ON_RECORD,
                    "title": f"Register of trees {place}",
                    "quote": "",
                    "locator": "",
                    "note": "",
                    "interests": "",
                    "figure": "",
                }

    def _comment(self, n: int, key: int) -> dict:
        is_closed = n % 3 == 0
        return self._named(
            claim_id=key,
            author_id=self.colleague.key,
            asked_id=self.me.key if n % 5 == 0 else None,
            text=f"What of {n}?",
            resolved_at=now() if is_closed else None,
            resolved_by_id=self.me.key if is_closed else None,
        )

    def _reply(self, n: int, key: int) -> dict:
        return self._named(
            claim_id=key,
            whom=f"Town {n}",
            asked="Is it so?",
            answer="Yes." if n % 2 else "",
            sent_at=now(),
            deadline_at=now() if n % 3 else None,
            answered_at=now() if n % 2 else None,
        )

    def _correction(self, key: int) -> dict:
        return {
            **self._ruling(key),
            "version": 2,
            "correction_kind": CorrectionKind.UPDATE,
            "public_note": "A figure was wrong.",
            "decided_by": DecidedBy.ADJUDICATION,
            "decided_by_id": self.me.key,
        }

    def _piece(self, n: int) -> dict:
        url = f"https://paper.example/{n}"
        return self._named(
            url=url, canonical_url=url, title=f"Piece {n}", published_on=f"2025-{1 + n % 12:02}-01"
        )

    def _in_piece(self, piece: int, claim: int) -> dict:
        return {
            "publication_id": piece,
            "claim_id": claim,
            "ruling_version": 1,
            "sha256": "0" * 64,
        }

    def _flag(self, key: int) -> dict:
        return self._named(
            claim_id=key, source_id=self.sources[0], reason=FlagReason.SOURCE_CORRECTED
        )

    def _run(self) -> dict:
        return self._named(state=ImportState.FINISHED, touched_at=now(), finished_at=now())

    def _said(self) -> dict:
        """A long history of one claim."""
        return {
            "at": now(),
            "actor_kind": ActorKind.CONSOLE,
            "project_id": self.project.id,
            "action": "claim.plan",
            "noun": "claim",
            "thing": self.long_told,
            "claim": self.long_told,
            "details": {},
        }
