"""Who may do what: one table, read off one screen. What is not in it, nobody may."""

from enum import StrEnum

from app.domain.actors import Actor
from app.domain.errors import Missing, NotAllowed
from app.domain.words import Role


class Action(StrEnum):
    """Everything that needs leave; events carry the same words."""

    DESK_VIEW = "desk.view"
    ERASE = "erase"
    PERSON_MANAGE = "person.manage"
    PROJECT_ADD = "project.add"
    PROJECT_VIEW = "project.view"
    PROJECT_MANAGE = "project.manage"
    ARTICLE_ADD = "article.add"
    CLAIM_ADD = "claim.add"
    CLAIM_PICK = "claim.pick"
    CLAIM_EDIT = "claim.edit"
    CLAIM_IMPORT = "claim.import"
    CLAIM_UNBLIND = "claim.unblind"
    CLAIM_SETTLE = "claim.settle"
    REVIEW_TAKE = "review.take"
    REVIEW_SEE_ALL = "review.see-all"
    EXPORT_TAKE = "export.take"
    CLAIM_ASSIGN = "claim.assign"
    CLAIM_PLAN = "claim.plan"
    CLAIM_PUBLISH = "claim.publish"
    CLAIM_CORRECT = "claim.correct"
    AGENT_EDIT = "agent.edit"
    REPLY_ADD = "reply.add"
    COMMENT_ADD = "comment.add"
    REPORT_VIEW = "report.view"
    FILTER_SHARE = "filter.share"
    ROUND_OPEN = "round.open"
    BATCH_EDIT = "batch.edit"
    GOLD_SET = "gold.set"
    INTEREST_DECLARE = "interest.declare"
    WEIGHTS_LEARN = "weights.learn"
    EXTRACTION_ASK = "extraction.ask"
    SOURCE_EDIT = "source.edit"
    COPY_ADD = "copy.add"
    FLAG_CLEAR = "flag.clear"


SIGNED_IN = frozenset({Action.DESK_VIEW})
ADMIN_ONLY = frozenset({Action.ERASE, Action.PERSON_MANAGE, Action.PROJECT_ADD})

_ALL = frozenset(Role)
_LEADS = frozenset({Role.EDITOR, Role.ADJUDICATOR})
_WORKS = _ALL - {Role.VIEWER}

ROLES: dict[Action, frozenset[Role]] = {
    Action.PROJECT_VIEW: _ALL,
    Action.PROJECT_MANAGE: frozenset({Role.EDITOR}),
    Action.ARTICLE_ADD: frozenset({Role.EDITOR}),
    Action.CLAIM_ADD: frozenset({Role.EDITOR}),
    Action.CLAIM_PICK: frozenset({Role.EDITOR}),
    Action.CLAIM_EDIT: frozenset({Role.EDITOR}),
    Action.CLAIM_IMPORT: frozenset({Role.EDITOR}),
    Action.CLAIM_UNBLIND: _LEADS,
    Action.CLAIM_SETTLE: _LEADS,
    Action.REVIEW_TAKE: frozenset({Role.REVIEWER}),
    Action.REVIEW_SEE_ALL: _LEADS,
    Action.EXPORT_TAKE: _ALL,
    Action.CLAIM_ASSIGN: frozenset({Role.EDITOR}),
    Action.CLAIM_PLAN: frozenset({Role.EDITOR}),
    Action.CLAIM_PUBLISH: _LEADS,
    Action.CLAIM_CORRECT: _LEADS,
    Action.AGENT_EDIT: frozenset({Role.EDITOR}),
    Action.REPLY_ADD: _WORKS,
    Action.COMMENT_ADD: _WORKS,
    Action.REPORT_VIEW: _LEADS,
    Action.FILTER_SHARE: _LEADS,
    Action.ROUND_OPEN: frozenset({Role.EDITOR}),
    Action.BATCH_EDIT: frozenset({Role.EDITOR}),
    Action.GOLD_SET: frozenset({Role.EDITOR}),
    Action.INTEREST_DECLARE: _WORKS,
    Action.WEIGHTS_LEARN: frozenset({Role.EDITOR}),
    Action.EXTRACTION_ASK: frozenset({Role.EDITOR}),
    Action.SOURCE_EDIT: frozenset({Role.EDITOR}),
    Action.COPY_ADD: _WORKS,
    Action.FLAG_CLEAR: _LEADS,
}


def may(actor: Actor, action: Action, project_id: int | None = None) -> bool:
    """Whether the actor has leave, in a project where the action belongs to one."""
    if action in SIGNED_IN:
        return True
    if action in ADMIN_ONLY:
        return actor.is_admin
    if project_id is None:
        return False
    return bool(actor.roles_in(project_id) & ROLES[action])


def ask_leave(actor: Actor, action: Action, project_id: int | None = None) -> None:
    """Go on only with leave.

    Raises:
        Missing: the actor may not even know that the project exists.
        NotAllowed: the actor sees the project, but may not do this.
    """
    if may(actor, action, project_id):
        return
    if project_id is not None and not may(actor, Action.PROJECT_VIEW, project_id):
        raise Missing("project.missing")
    raise NotAllowed("not-allowed", action=action.value)
