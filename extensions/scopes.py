"""How far a permission reaches: everywhere, or only in the teams that somebody's team-scoped role names (ROL-08)."""

from django.db.models import Q, QuerySet

from extensions.models import Extension, Team, TeamScope
from portal.accounts.models import User
from portal.permissions import SCOPED, Perm


def reach(user: User, permission: Perm) -> frozenset[int] | None:
    """The ids of the teams in which `user` holds `permission`; None where it holds everywhere.

    Only permissions of SCOPED are ever limited. One query for people with team-scoped roles. Whoever views the pages
    as such a role reaches `viewed_teams`, as far as they reach them themselves.
    """
    if user.is_guest or permission not in SCOPED:
        return None
    own = _own_reach(user, permission)
    if user.viewed_role is None or not user.viewed_role.team_scoped:
        return own
    viewed = frozenset(team.pk for team in viewed_teams(user))
    return viewed if own is None else viewed & own


def viewed_teams(user: User) -> list[Team]:
    """The teams in which “view as role” shows a team-scoped role: one's own, else the first by name. Read once."""
    if not hasattr(user, "_viewed_teams"):
        teams = Team.objects.order_by("name", "pk")
        user._viewed_teams = list(teams.filter(memberships__extension__user=user)) or list(teams[:1])  # type: ignore[attr-defined]  # noqa: SLF001
    return list(user._viewed_teams)  # type: ignore[attr-defined]  # noqa: SLF001


def _own_reach(user: User, permission: Perm) -> frozenset[int] | None:
    holding = [role for role in user.held_roles if permission in role.grants]
    if any(not role.team_scoped for role in holding):
        return None
    scopes = TeamScope.objects.filter(user=user, role__in=holding)
    return frozenset(scopes.values_list("team_id", flat=True))


def teams_within(user: User, permission: Perm) -> QuerySet[Team]:
    """The teams for which `user` holds `permission`; a page finds its team here, so that others answer 404."""
    ids = reach(user, permission)
    return Team.objects.all() if ids is None else Team.objects.filter(pk__in=ids)


def extensions_within(user: User, permission: Perm) -> QuerySet[Extension]:
    """The extensions for which `user` holds `permission`: all, or the members of the teams it reaches."""
    ids = reach(user, permission)
    if ids is None:
        return Extension.objects.all()
    return Extension.objects.filter(Q(pk__in=Team.members.through.objects.filter(team__in=ids).values("extension")))


def holds_everywhere(user: User, permission: Perm) -> bool:
    """Whether `user` holds `permission` without being limited to teams."""
    return user.may(permission) and reach(user, permission) is None
