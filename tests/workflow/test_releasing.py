"""A release: every claim is in it or counted as left out, on both databases."""

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.errors import Missing, NotAllowed
from app.domain.words import ClaimState, GoldUse, ImportState, Role, SourceKind, SourceRecord
from app.exporters.registry import EXPORTERS
from app.storage.claim_filters import ALL
from app.storage.claim_queries import ClaimQuery, claim_query
from app.storage.projects import by_id
from app.storage.tables import Claim, Evidence, GoldAnswer, ImportRun, Review
from app.workflow import releasing
from app.workflow.batches import BatchValues, add_batch, put_claims
from app.workflow.guidelines import write_guidelines
from app.workflow.releasing import UntrueError, release_chunks
from app.workflow.sources import SourceValues
from tests.asking import FOUND, NONE, question
from tests.scenes import SOURCE, Scene

HIDDEN = SourceValues(
    title="A clerk", quote="I saw it.", kind="person", record=SourceRecord.NOT_FOR_PUBLICATION
)
ASKED = question("Who says so?", FOUND, replace(FOUND, text="I saw it all.", source=1), NONE)
EVERYTHING = ClaimQuery(ALL)


class Filled(Scene):
    """A project with a claim for each reason, and three that are settled and stay in."""

    def __init__(self, database) -> None:
        super().__init__(database, asks_questions=True)
        self.do(write_guidelines, CONSOLE, self.id, text="First.")
        self.ann, self.ben = self.reviewers("Ann", "Ben")
        self.pilot = self._batch("Pilot 1", is_pilot=True)
        self.main = self._batch("Main A")
        self.settled = [self._settled(n) for n in range(5)]
        self._put(self.settled[0], self.pilot)
        self._put(self.settled[1], self.main)
        self._known(self.settled[2])
        for state in (ClaimState.CANDIDATE, ClaimState.REJECTED, ClaimState.OPEN):
            self.claim(state=state)
        self.claim("Half done.")
        self.check(self.ann)
        self._known(self.claim("To learn from."))
        with database.write() as session:
            run = ImportRun(project_id=self.id, state=ImportState.RUNNING)
            session.add(run)
            session.flush()
            session.add(Claim(project_id=self.id, text="Coming in.", import_run_id=run.key))

    def _batch(self, name, **values):
        return self.do(add_batch, CONSOLE, self.id, values=BatchValues(name=name, **values))

    def _put(self, claim_id, batch):
        self.do(put_claims, CONSOLE, self.id, [claim_id], batch_id=batch.public_id)

    def _settled(self, number):
        claim_id = self.claim(f"Settled {number}: the 40 boats sank.")
        for actor in (self.ann, self.ben):
            given = {"sources": (SOURCE, HIDDEN), "questions": (ASKED,), "notes": "Mine."}
            self.check(actor, **given)
        assert self.claim_row(claim_id).state is ClaimState.SETTLED
        return claim_id

    def _known(self, claim_id):
        label = self.rulings_of(self.settled[0])[0].content_label_id
        with self.database.write() as session:
            session.add(
                GoldAnswer(
                    project_id=self.id,
                    claim_id=self.claim_row(claim_id).key,
                    use=GoldUse.GOLD,
                    content_label_id=label,
                )
            )

    def release(self, actor=CONSOLE, **options):
        options = {"asked": EVERYTHING, **options}
        with self.database.reading() as session:
            return b"".join(release_chunks(session, actor, self.id, **options))

    def number(self, sql):
        with self.database.reading() as session:
            return session.connection().execute(text(sql), {"project": self.id}).scalar_one()


def opened(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return archive, json.loads(archive.read("manifest.json"))


def table(archive, name):
    return list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline="")))


@pytest.fixture
def scene(kept):
    return kept(Filled)


def test_every_claim_is_in_it_or_counted_with_its_reason(scene):
    archive, said = opened(scene.release())

    claims = said["claims"]
    assert {one["reason"]: one["count"] for one in claims["left_out"]} == {
        "import-unfinished": 1,
        "suggested": 1,
        "to-check": 2,
        "dropped": 1,
        "known-answer": 2,
        "pilot": 1,
    }
    assert all(one["why"].endswith(".") for one in claims["left_out"])
    assert claims["included"] == len(table(archive, "verdicts.csv")) == 3
    everything = scene.number("SELECT count(*) FROM claim WHERE project_id = :project")
    assert claims["all"] == everything
    assert claims["included"] + sum(one["count"] for one in claims["left_out"]) == everything


def test_its_counts_are_those_of_the_database(scene):
    _archive, said = opened(scene.release())

    held = """SELECT c.id FROM claim c LEFT JOIN batch b ON b.id = c.batch_id
        WHERE c.project_id = :project AND c.state = 'settled' AND coalesce(b.is_pilot, false) = false
        AND c.id NOT IN (SELECT claim_id FROM gold_answer)"""
    checks = f"FROM review WHERE submitted_version > 0 AND claim_id IN ({held})"
    assert said["checks"]["all"] == scene.number(f"SELECT count(*) {checks}") == 6
    for actor in (scene.ann, scene.ben):
        mine = scene.number(f"SELECT count(*) {checks} AND reviewer_id = {actor.person}")
        assert mine in said["checks"]["by_reviewer"].values()
    assert said["checks"]["by_status"] == {"submitted": 6}
    assert said["checks"]["by_guideline_version"] == {"1": 6}
    uses = f"""SELECT count(*) FROM evidence e JOIN review_version v ON v.id = e.review_version_id
        JOIN review r ON r.id = v.review_id AND r.submitted_version = v.number
        WHERE r.claim_id IN ({held}) AND e.record """
    rows = {one["name"]: one["rows"] for one in said["files"]}
    assert rows["verdicts.csv"] == scene.number(f"SELECT count(*) FROM ({held}) AS held")
    assert rows["reviews.csv"] == said["checks"]["all"]
    assert rows["sources.csv"] == scene.number(f"{uses} = 'on-record'") == 6
    assert rows["questions.csv"] == 2 * said["checks"]["all"]
    assert rows["batches.csv"] == 1
    losses = {one["what"]: one["count"] for one in said["losses"]}
    assert losses["uses of sources that are not on record"] == scene.number(
        f"{uses} <> 'on-record'"
    )
    assert losses["answers read in sources that are not on record"] == 6
    assert losses["checks with notes that are for their writer alone"] == 6
    of_claims = "SELECT count(*) FROM {} WHERE claim_id IN ({})"
    figures = scene.number(of_claims.format("quantity", held))
    assert losses["figures that the claims state"] == figures > 0


def test_its_manifest_names_every_file_with_its_size_and_hash(scene):
    archive, said = opened(scene.release())

    by_hash = {one["name"]: (one["bytes"], one["sha256"]) for one in said["files"]}
    for name, (size, digest) in by_hash.items():
        data = archive.read(name)
        assert (len(data), hashlib.sha256(data).hexdigest()) == (size, digest)
    assert {*by_hash, "manifest.json"} == set(archive.namelist())


def test_its_files_are_valid_and_hold_no_name_and_no_source_off_the_record(scene):
    archive, _said = opened(scene.release())
    whole = ""
    for name in ("verdicts.csv", "reviews.csv", "sources.csv", "questions.csv", "batches.csv"):
        content = archive.read(name).decode()
        assert EXPORTERS[name].validate([content]) == []
        whole += content
    for told in ("Ann", "Ben", "A clerk", "I saw it", "Mine."):
        assert told not in whole
    assert "r-" in whole
    assert archive.read("guidelines-1.md").decode() == "First.\n"
    assert "3 checked claims of 11" in archive.read("README.txt").decode()


def test_notes_to_sources_stay_at_the_desk_and_are_counted(scene):
    with scene.database.write() as session:
        for use in session.exec(select(Evidence)):
            use.note = "Call Mr Winter."
    archive, said = opened(scene.release())
    rows = table(archive, "sources.csv")
    assert {row["note"] for row in rows} == {""}
    losses = {one["what"]: one["count"] for one in said["losses"]}
    assert losses["notes to sources"] == len(rows) == 6


def test_the_trail_of_a_search_is_released_with_it(scene):
    with scene.database.write() as session:
        for use in session.exec(select(Evidence)):
            use.kind, use.note = SourceKind.SEARCH, "Both names."
    archive, said = opened(scene.release())
    assert {row["note"] for row in table(archive, "sources.csv")} == {"Both names."}
    assert {one["what"]: one["count"] for one in said["losses"]}["notes to sources"] == 0


def test_pilots_come_along_when_they_are_asked_for(scene):
    archive, said = opened(scene.release(with_pilots=True))
    assert said["with_pilots"] is True
    assert said["claims"]["included"] == 4
    assert "pilot" not in {one["reason"] for one in said["claims"]["left_out"]}
    assert {row["pilot"] for row in table(archive, "batches.csv")} == {"true", "false"}


def test_a_release_of_a_part_counts_the_rest_as_outside(scene):
    asked = scene.ask(claim_query, CONSOLE, by_id_of(scene), {"batch": "Main A"})
    archive, said = opened(scene.release(asked=asked))
    assert said["filter"] == {"batch": "Main A"}
    left = {one["reason"]: one["count"] for one in said["claims"]["left_out"]}
    assert left == {"import-unfinished": 1, "outside-filter": 9}
    assert [row["claim_id"] for row in table(archive, "verdicts.csv")] == [scene.settled[1]]


def by_id_of(scene):
    return scene.ask(by_id, scene.id)


def test_the_same_data_give_the_same_bytes_and_other_data_others(scene):
    first = scene.release()
    assert scene.release() == first
    # What happens to claims that are not in it changes none of its files but the counts.
    scene.change(Claim, scene.settled[3], text="Said otherwise.")
    assert scene.release() != first


def test_only_those_may_have_it_who_may_know_which_claims_are_known(scene):
    for role in (Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER):
        with pytest.raises(NotAllowed):
            scene.release(scene.person(role.title(), role))
    with pytest.raises(Missing):
        scene.release(Scene(scene.database, slug="other").person("Else", Role.EDITOR))
    assert scene.release(scene.person("Eda", Role.EDITOR)) == scene.release()


def test_a_release_whose_counts_would_be_wrong_breaks_off(scene, monkeypatch):
    whole = releasing.review_rows
    monkeypatch.setattr(
        releasing, "review_rows", lambda *args, **values: list(whole(*args, **values))[1:]
    )
    with pytest.raises(UntrueError):
        scene.release()


def test_an_empty_release_is_one(database):
    scene = Scene(database)
    with database.reading() as session:
        data = b"".join(release_chunks(session, CONSOLE, scene.id, asked=EVERYTHING))
    archive, said = opened(data)
    assert (said["claims"]["all"], said["last_decided_at"]) == (0, None)
    assert table(archive, "reviews.csv") == []
    assert scene.rows(Review) == []
