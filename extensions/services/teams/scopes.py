"""For which teams somebody's team-scoped roles count (ROL-08, TEAM-04)."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.models import TeamScope
from extensions.scopes import reach
from portal.accounts.models import Role, User
from portal.accounts.services.roles import NotHeld, demand_grantable
from portal.core.errors import DomainError
from portal.permissions import SCOPED


class NotTheirRole(DomainError):
    """Teams can be chosen only for a team-scoped role that the person has."""


@transaction.atomic
def assign_scopes(*, user: User, teams: Mapping[int, Collection[int]], by: User) -> None:
    """Let each team-scoped role of `user` (by id) count in exactly the teams with these ids.

    Raises NotTheirRole, and NotHeld where `by` may not give the role, or not in a team that is given or taken.
    """
    roles = {role.pk: role for role in user.roles.all() if role.team_scoped}
    if not teams.keys() <= roles.keys():
        raise NotTheirRole(_("Give the person the role first."))
    rows = list(TeamScope.objects.select_for_update().filter(user=user, role__in=teams))
    for key, wanted in teams.items():
        now = {row.team_id for row in rows if row.role_id == key}
        changed = now ^ set(wanted)
        if changed:
            demand_grantable([roles[key]], by=by)
            _demand_reach(roles[key], changed, by)
        for row in rows:
            if row.role_id == key and row.team_id not in wanted:
                row.delete()
        for team in sorted(set(wanted) - now):
            TeamScope.objects.create(user=user, role=roles[key], team_id=team)


def forget_scopes(*, user_id: int) -> None:
    """Drop the teams of roles that the user no longer has."""
    held = Role.objects.filter(users=user_id)
    for row in TeamScope.objects.filter(user=user_id).exclude(role__in=held):
        row.delete()


@transaction.atomic
def move_scopes(*, role_id: int, to_role_id: int) -> None:
    """Let the teams of one team-scoped role count for the one that replaces it."""
    target = Role.objects.get(pk=to_role_id)
    if not target.team_scoped:
        return
    known = set(TeamScope.objects.filter(role=target).values_list("user_id", "team_id"))
    for row in TeamScope.objects.filter(role=role_id):
        if (row.user_id, row.team_id) not in known:
            TeamScope.objects.create(user_id=row.user_id, role=target, team_id=row.team_id)


def _demand_reach(role: Role, teams: Collection[int], by: User) -> None:
    """Whoever holds a permission of the role in some teams only cannot give it for others."""
    for permission in role.grants & SCOPED:
        reached = reach(by, permission)
        if reached is not None and not set(teams) <= reached:
            raise NotHeld(_("You can give and take this role only for teams that you manage yourself."), field="roles")
