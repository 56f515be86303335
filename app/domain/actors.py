"""Who acts: a person with roles, somebody at the console, or the program itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.words import ActorKind, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who asks; every verb takes one and every event stores one.

    ``roles`` maps the integer key of a project to what the person is in it. Two are the same where all
    of it is, so that what hangs on who asks can be kept by them.
    """

    kind: ActorKind
    person_id: int | None = None
    name: str = ""
    is_admin: bool = False
    roles: Mapping[int, frozenset[Role]] = field(default_factory=dict, hash=False)

    def roles_in(self, project_id: int) -> frozenset[Role]:
        """What the actor is in a project: an admin is everything, a stranger nothing."""
        if self.is_admin:
            return frozenset(Role)
        return self.roles.get(project_id, frozenset())

    @property
    def person(self) -> int:
        """The key of the person who acts.

        Raises:
            LookupError: no person acts, but the console or the program.
        """
        if self.person_id is None:
            raise LookupError("no person")
        return self.person_id


CONSOLE = Actor(kind=ActorKind.CONSOLE, name="console", is_admin=True)
SYSTEM = Actor(kind=ActorKind.SYSTEM, name="system", is_admin=True)
