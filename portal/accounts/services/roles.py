"""Giving and taking roles (ROL-01, ROL-09)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.events import RolesChanged
from portal.accounts.faces import current_face
from portal.accounts.models import Role, User
from portal.accounts.models.user import UserKind
from portal.accounts.services.sessions import end_sessions
from portal.core.errors import DomainError
from portal.core.events import emit
from portal.permissions import BuiltinRole, Face

OWNER_ROLE = {Face.MANAGEMENT: BuiltinRole.OPERATOR_OWNER, Face.TENANT: BuiltinRole.OWNER}


class NotHeld(DomainError):
    """A role holds a permission that the person who grants or takes it does not hold."""


class LastOwner(DomainError):
    """Somebody must remain the owner."""


class OneOwner(DomainError):
    """A tenant has exactly one owner; the role changes hands by an offer that the new owner accepts (ROL-02)."""


class NoRole(DomainError):
    """A user without any role could do nothing, not even see the own sign-in."""


@transaction.atomic
def assign_roles(*, user: User, roles: Iterable[Role], by: User | None = None) -> User:
    """Make `roles` the roles of `user`; whoever is signed in with the old ones is signed out.

    Raises NotHeld for a role given or taken that `by` could not hold, LastOwner, OneOwner and NoRole.
    """
    wanted = {role.pk: role for role in roles}
    if not wanted:
        raise NoRole(_("Choose at least one role."), field="roles")
    now = {role.pk: role for role in user.roles.all()}
    changed = [{**now, **wanted}[key] for key in wanted.keys() ^ now.keys()]
    if not changed:
        return user
    if by is not None:
        demand_grantable(changed, by=by)
    owner = OWNER_ROLE[current_face()].value
    demand_owner_remains(user=user, keeps=any(role.code == owner for role in wanted.values()))
    if any(role.code == owner for role in changed):
        demand_no_owner()
    user.roles.set(wanted.values())
    user.forget_grants()
    emit(RolesChanged(user_id=user.pk))
    end_sessions(user=user)
    return user


def demand_grantable(roles: Iterable[Role], *, by: User) -> None:
    """Raise NotHeld unless `by` holds every permission of every one of `roles`; guests never touch an owner."""
    owner = OWNER_ROLE[current_face()].value
    for role in roles:
        if not by.may_grant(role.grants, in_teams=role.team_scoped) or (by.is_guest and role.code == owner):
            raise NotHeld(
                _("You cannot give or take the role “%(role)s”: it may do more than you.") % {"role": role.label},
                field="roles",
            )


def grantable_roles(*, by: User) -> list[Role]:
    """The roles that `by` may give away, in the order of the built-in list; what a form offers.

    A tenant's ownership is not among them: it is handed over.
    """
    found = [role for role in roles_in_order() if by.may_grant(role.grants, in_teams=role.team_scoped)]
    kept = OWNER_ROLE[current_face()].value if by.is_guest or current_face() is Face.TENANT else ""
    return [role for role in found if role.code != kept]


def roles_in_order() -> list[Role]:
    """Every role of the schema, as `in_order` sorts them."""
    return in_order(Role.objects.all())


def in_order(roles: Iterable[Role]) -> list[Role]:
    """The built-in roles as listed in `portal.permissions`, then the others by name."""
    place = {role.value: number for number, role in enumerate(BuiltinRole)}
    return sorted(roles, key=lambda role: (place.get(role.code, len(place)), role.name))


def demand_owner_remains(*, user: User, keeps: bool) -> None:
    """Raise LastOwner if `user` is the only active owner and would not stay one."""
    if keeps:
        return
    code = OWNER_ROLE[current_face()].value
    lock_owner_role()
    owners = User.objects.filter(is_active=True, kind=UserKind.PERSON, roles__code=code).values_list("pk", flat=True)
    if list(owners) == [user.pk]:
        raise LastOwner(_("This is the owner. Hand over ownership first."), field="roles")


def lock_owner_role() -> Role:
    """The owner's role, locked: of two people who change owners at the same moment, the second sees the first's."""
    return Role.objects.select_for_update(no_key=True).get(code=OWNER_ROLE[current_face()].value)


def demand_no_owner() -> None:
    """Raise OneOwner where the tenant has its owner; the platform may have several."""
    if current_face() is not Face.TENANT:
        return
    owner = lock_owner_role()
    if owner.users.exists():
        raise OneOwner(
            _("There is exactly one owner. The owner can hand over ownership, and the new one accepts it."),
            field="roles",
        )
