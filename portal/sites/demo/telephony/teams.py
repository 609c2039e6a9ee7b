"""Teams of a demonstration company: one ring group for each way of ringing, and a manager of one team."""

from datetime import datetime

from extensions.models import DestinationKind, Extension, Team
from extensions.services.destinations import Target
from extensions.services.teams.edit import create_team
from extensions.services.teams.members import set_members
from extensions.services.teams.scopes import assign_scopes
from portal.accounts.models import Role, User
from portal.accounts.services import assign_roles
from portal.permissions import BuiltinRole
from portal.sites.demo.telephony.characters import character


def furnish(*, by: User, at: datetime) -> None:
    """Create the teams inside the active tenant; the last person with an extension manages one of them."""
    desks = list(Extension.objects.order_by("number", "pk"))
    if not desks:
        return
    teams: dict[str, Team] = {}
    for crew in character().crews:
        then = teams.get(crew.then)
        teams[crew.name] = create_team(
            name=crew.name,
            description=crew.description,
            number=crew.number,
            strategy=crew.strategy.value,
            ring_seconds=crew.seconds,
            no_answer=Target(DestinationKind.TEAM, then) if then else Target(DestinationKind.HANGUP),
            by=by,
        )
        members = dict.fromkeys(desks[place % len(desks)].pk for place in crew.places)
        set_members(team=teams[crew.name], members=list(members), by=by)
    _manager(teams[character().managed], desks, by)


def _manager(team: Team, desks: list[Extension], by: User) -> None:
    people = [desk for desk in desks if desk.user_id and desk.user_id != by.pk]
    if not people:
        return
    person = User.objects.get(pk=people[-1].user_id)
    role = Role.objects.get(code=BuiltinRole.MANAGER.value)
    assign_roles(user=person, roles=[*person.roles.all(), role], by=by)
    assign_scopes(user=person, teams={role.pk: [team.pk]}, by=by)
