"""What happened with people's sign-ins, for whoever listens further up."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True, slots=True)
class SupportSessionOpened(Event):
    """Somebody from another host works in the active schema now."""

    session_id: str
    actor_name: str
    actor_ref: str
    reason: str
    ip: str | None


@dataclass(frozen=True, slots=True)
class SupportSessionEnded(Event):
    """The visit is over, because one of the two sides ended it or the right to it is gone."""

    session_id: str
    actor_name: str
    actor_ref: str
    ended_by: str


@dataclass(frozen=True, slots=True)
class RolesChanged(Event):
    """Somebody's roles were given or taken."""

    user_id: int


@dataclass(frozen=True, slots=True)
class RoleReplaced(Event):
    """A custom role is about to be deleted; whoever had it has the other one from now on (0: none)."""

    role_id: int
    by_role_id: int


@dataclass(frozen=True, slots=True)
class RoleDeleted(Event):
    """A custom role is gone; nobody has it any more."""

    role_id: int
    name: str


@dataclass(frozen=True, slots=True)
class RoleViewStarted(Event):
    """Somebody looks at the pages as a role would see them."""

    role: str


@dataclass(frozen=True, slots=True)
class RoleViewEnded(Event):
    """And sees their own again."""

    role: str
