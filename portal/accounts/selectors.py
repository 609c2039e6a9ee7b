"""Reads that feed a page."""

from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet

from portal.accounts.models import Role, SavedView, User
from portal.accounts.models.user import UserKind
from portal.accounts.role_matrix import AREAS, area_of
from portal.accounts.services.roles import in_order
from portal.core.db.prepared import PreparedQuery
from portal.permissions import Perm


def role_matrix() -> dict[str, Any]:
    """`roles` of the active schema with the number of their holders, and `areas` of permissions: who holds which.

    Permissions that no role here holds are left out: they belong to the other face.
    """
    holders = Count("users", filter=Q(users__is_active=True, users__kind__in=[UserKind.PERSON, UserKind.CONTACT]))
    roles = in_order(Role.objects.annotate(holders=holders))
    held = frozenset().union(*(role.grants for role in roles))
    areas = []
    shown = [perm for perm in Perm if perm in held]
    order = list(dict.fromkeys(map(area_of, shown)))  # the list of permissions names some areas twice
    for area, permissions in groupby(sorted(shown, key=lambda perm: order.index(area_of(perm))), area_of):
        lines = [{"label": perm.label, "held": [perm in role.grants for role in roles]} for perm in permissions]
        areas.append({"label": AREAS.get(area, area), "permissions": lines})
    return {"roles": roles, "areas": areas}


def views_of(user: User, page: str) -> list[SavedView]:
    """The saved views of `user` for the list with the URL name `page`, by name."""
    return _VIEWS(user=user.pk, page=page)


_VIEWS = PreparedQuery(
    lambda user, page: SavedView.objects.filter(user=user, page=page).order_by("name", "pk"), user=int, page=str
)


def holders_of(role: Role) -> QuerySet[User]:
    """Who has this role, by name."""
    return User.objects.people().filter(roles=role).order_by("display_name", "pk")
