"""Roles: rows in each schema, holding sets of permissions."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.versions import Versioned
from portal.permissions import BuiltinRole, Perm


class RoleQuerySet(models.QuerySet):
    def builtin(self) -> "RoleQuerySet":
        return self.filter(builtin=True)


class Role(Versioned):
    """A named set of permissions. Built-in roles are seeded and cannot be changed (ROL-05)."""

    clone = Clone.ROWS

    code = models.SlugField(_("Code"), max_length=40, db_index=False)
    name = models.CharField(_("Name"), max_length=80)
    builtin = models.BooleanField(default=False)
    team_scoped = models.BooleanField(_("Only in chosen teams"), default=False)
    permissions = ArrayField(models.CharField(max_length=40), default=list)  # words of Perm; no choices,
    # or else every new permission would need a migration of every tenant

    objects = RoleQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["code"], name="role_code_unique"),
            models.UniqueConstraint(Lower("name"), name="role_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> Any:
        """The name in the reader's language; stored names are English."""
        return BuiltinRole(self.code).label if self.builtin and self.code in BuiltinRole.values else self.name

    @property
    def grants(self) -> frozenset[Perm]:
        """The permissions of this role; words of a later version that this one does not know are left out."""
        known = set(Perm.values)
        return frozenset(Perm(value) for value in self.permissions if value in known)
