"""Roles that people make themselves: sets of permissions that nobody can widen beyond their own (ROL-06, ROL-09)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.accounts.events import RoleDeleted, RoleReplaced, RolesChanged
from portal.accounts.faces import current_face
from portal.accounts.models import Role, User
from portal.accounts.services.roles import NotHeld, demand_grantable
from portal.accounts.services.sessions import end_sessions
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.events import emit
from portal.core.versions import lock_version
from portal.permissions import BUILTIN_GRANTS, SCOPED, BuiltinRole, Perm

ALWAYS = frozenset({Perm.OWN_USE})  # without it somebody could not even sign out
NEVER = frozenset({Perm.OWNER_TRANSFER})  # belongs to the one owner


class RoleNameTaken(DomainError):
    """Another role is called like this."""


class BuiltInRole(DomainError):
    """Built-in roles are the same everywhere, and stay."""


class HoldersNeedARole(DomainError):
    """People who have only this role would be left without any."""


def offered_permissions() -> list[Perm]:
    """The permissions that custom roles of this face may hold, in the order of the one list."""
    held = frozenset().union(*BUILTIN_GRANTS[current_face()].values())
    return [permission for permission in Perm if permission in held - NEVER]


@transaction.atomic
def create_role(*, name: str, permissions: Iterable[Perm], team_scoped: bool, by: User) -> Role:
    """Create a custom role and return it. Everybody with it may use their own sign-in, whatever else it holds.

    Raises RoleNameTaken, and NotHeld for a permission that `by` does not hold, or only in some teams.
    """
    wanted = (frozenset(permissions) & frozenset(offered_permissions())) | ALWAYS
    _demand_held(wanted, team_scoped=team_scoped, by=by)
    role = Role(code=_free_code(name), name=name, permissions=_stored(wanted), team_scoped=team_scoped)
    return _save(role)


@transaction.atomic
def edit_role(
    *, role: Role, name: str, permissions: Iterable[Perm], team_scoped: bool, by: User, version: int | None = None
) -> Role:
    """Change a custom role; its holders have the new permissions from their next click. Returns the role.

    Permissions that `by` could not give stay as they are. Raises BuiltInRole, ChangedMeanwhile, RoleNameTaken, and
    NotHeld for what is added or taken, or counts further than before, without `by` holding it.
    """
    locked = lock_version(Role, role.pk, version)
    _demand_custom(locked)
    before, offered = locked.grants, frozenset(offered_permissions())
    beyond = frozenset(one for one in before if not by.may_grant([one], in_teams=team_scoped)) | (before - offered)
    wanted = (frozenset(permissions) & offered) | beyond | ALWAYS
    changed = wanted ^ before
    if team_scoped != locked.team_scoped:
        changed |= wanted & SCOPED
    _demand_held(changed, team_scoped=team_scoped, by=by)
    locked.name, locked.permissions, locked.team_scoped = name, _stored(wanted), team_scoped
    return _save(locked)


@transaction.atomic
def delete_role(*, role: Role, replacement: Role | None, by: User) -> None:
    """Delete a custom role; whoever has it gets `replacement` instead and signs in anew.

    Raises BuiltInRole, NotHeld for roles that `by` could not give, and HoldersNeedARole (field `replacement`) where
    somebody has it and nothing replaces it.
    """
    locked = Role.objects.select_for_update().get(pk=role.pk)
    _demand_custom(locked)
    demand_grantable([locked, *([replacement] if replacement else [])], by=by)
    holders = list(locked.users.order_by("pk"))
    if holders and (replacement is None or replacement.pk == locked.pk):
        raise HoldersNeedARole(_("Choose the role that these people have instead."), field="replacement")
    emit(RoleReplaced(role_id=locked.pk, by_role_id=replacement.pk if replacement else 0))
    if replacement is not None and holders:
        replacement.users.add(*holders)
        locked.users.remove(*holders)
    for holder in holders:
        emit(RolesChanged(user_id=holder.pk))
        end_sessions(user=holder)
    emit(RoleDeleted(role_id=locked.pk, name=locked.name))
    # Not delete(): it would look for rows of upper apps that the management instance has no tables for.
    gone = Role.objects.filter(pk=locked.pk)
    gone._raw_delete(gone.db)  # noqa: SLF001  # audit: recorded from RoleDeleted


def _demand_custom(role: Role) -> None:
    if role.builtin:
        raise BuiltInRole(_("Built-in roles cannot be changed. Copy it, and change the copy."))


def _demand_held(permissions: Iterable[Perm], *, team_scoped: bool, by: User) -> None:
    missing = [one for one in permissions if not by.may_grant([one], in_teams=team_scoped)]
    if missing:
        labels = ", ".join(sorted(str(one.label) for one in missing))
        raise NotHeld(_("You cannot give or take what you do not hold yourself: %(labels)s.") % {"labels": labels},
                      field="permissions")  # fmt: skip


def _free_code(name: str) -> str:
    stem = slugify(name)[:30] or "role"
    taken = {*Role.objects.filter(code__startswith=stem).values_list("code", flat=True), *BuiltinRole.values}
    candidate, count = stem, 1
    while candidate in taken:
        count += 1
        candidate = f"{stem}-{count}"
    return candidate


def _stored(permissions: Iterable[Perm]) -> list[str]:
    return sorted(permission.value for permission in permissions)


def _save(role: Role) -> Role:
    clash = Role.objects.filter(name__iexact=role.name).exclude(pk=role.pk).exists()
    labels = {str(builtin.label).lower() for builtin in BuiltinRole}
    if clash or role.name.lower() in labels:
        raise RoleNameTaken(_name_sentence(role.name), field="name")
    with refusing({"role_name_unique": RoleNameTaken(_name_sentence(role.name), field="name")}):
        role.save()
    return role


def _name_sentence(name: str) -> str:
    return _("There is a role called “%(name)s” already.") % {"name": name}
