"""One process that writes: it says on standard output what the database has acknowledged.

``python -m tests.processes.writer DATABASE_URL PERSON REVIEW CLAIM TIMES``
"""

import sys

from app.domain.errors import Stale
from app.storage import claims as questions
from app.storage.people import actor_of
from app.storage.session import Database
from app.workflow.claims import ClaimCorrection, correct
from app.workflow.reviews import save_draft, submit
from tests.scenes import answer


def main() -> None:
    url, person, review_id, claim_id, times = sys.argv[1:]
    database = Database(url)
    with database.reading() as session:
        actor = actor_of(session, person)
    draft = 0
    for number in range(int(times)):
        with database.write() as session:
            body = {"rationale": f"{actor.name} {number}"}
            draft = save_draft(session, actor, review_id, body=body, draft_version=draft)
        tell("draft")
        while not corrected(database, actor, claim_id, f"By {actor.name}, {number}."):
            pass
        tell("correction")
    with database.write() as session:
        submit(session, actor, review_id, values=answer("true", rationale=f"By {actor.name}"))
    tell("submitted")
    database.dispose()


def tell(what: str) -> None:
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


def corrected(database: Database, actor, claim_id: str, text: str) -> bool:
    """Somebody else may be quicker; then it is tried again on what they left."""
    with database.reading() as session:
        version = questions.claim(session, actor, claim_id).version
    try:
        with database.write() as session:
            values = ClaimCorrection(text=text, hops=(), version=version)
            correct(session, actor, claim_id, values=values)
    except Stale:
        return False
    return True


if __name__ == "__main__":
    main()
