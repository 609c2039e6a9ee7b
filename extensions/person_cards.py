"""What a person's page shows of the telephone system: the teams in which a role counts (ROL-08)."""

from django.urls import reverse

from extensions.models import TeamScope
from portal.accounts.faces import current_face
from portal.accounts.models import User
from portal.accounts.slots import PersonCard, add_person_card, add_role_follow_up
from portal.permissions import Face, Perm


def teams_card(person: User, viewer: User) -> PersonCard | None:
    """For each team-scoped role, the teams that it counts in; nothing for people without one."""
    scoped = [role for role in person.roles.all() if role.team_scoped]
    if current_face() is not Face.TENANT or not scoped:
        return None
    rows = TeamScope.objects.filter(user=person).select_related("team").order_by("team__name", "pk")
    found = {role.pk: {"role": role.label, "teams": []} for role in scoped}
    for row in rows:
        if row.role_id in found:
            found[row.role_id]["teams"].append(row.team)
    facts = {
        "lines": list(found.values()),
        "url": reverse("extensions:user_teams", args=[person.pk]) if viewer.may(Perm.ROLE_ASSIGN) else "",
    }
    return PersonCard("teams/_person_card.html", facts)


def teams_needed(person: User) -> str:
    """The page on which teams are chosen, while a team-scoped role of the person has none yet."""
    if current_face() is not Face.TENANT:
        return ""
    scoped = {role.pk for role in person.roles.filter(team_scoped=True)}
    chosen = set(TeamScope.objects.filter(user=person).values_list("role_id", flat=True))
    return reverse("extensions:user_teams", args=[person.pk]) if scoped - chosen else ""


add_person_card(teams_card)
add_role_follow_up(teams_needed)
