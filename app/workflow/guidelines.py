"""Writing a project's guidelines."""

from sqlmodel import Session, col, select

from app.domain.actors import Actor
from app.domain.errors import Stale
from app.domain.ids import now
from app.domain.permissions import Action, ask_leave
from app.storage.locking import locked_by_key
from app.storage.tables import Guideline, Project
from app.workflow.events import record_event


def write_guidelines(
    session: Session, actor: Actor, project_id: int, *, text: str, base: int | None = None
) -> int:
    """Keep a new version of the guidelines; the old ones stay. Answers its number.

    ``base`` is the version that the form showed, 0 while there was none; None asks for no such care.

    Raises:
        Stale: another version was written since.
    """
    ask_leave(actor, Action.PROJECT_MANAGE, project_id)
    project = locked_by_key(session, Project, project_id)
    last = session.exec(
        select(Guideline)
        .where(Guideline.project_id == project_id)
        .order_by(col(Guideline.version).desc())
    ).first()
    present = 0 if last is None else last.version
    if last is not None and last.text == text.strip():
        return present
    if base is not None and base != present:
        raise Stale("guidelines.stale", version=present)
    return _keep(session, actor, project, text=text.strip(), version=present + 1)


def _keep(session: Session, actor: Actor, project: Project, *, text: str, version: int) -> int:
    session.add(
        Guideline(
            project_id=project.key,
            version=version,
            text=text,
            created_at=now(),
            created_by_id=actor.person_id,
        )
    )
    record_event(
        session,
        actor,
        "project.guidelines",
        noun="project",
        thing=project.public_id,
        project_id=project.key,
        version=version,
    )
    session.flush()
    return version
