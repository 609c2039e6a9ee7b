"""Users: sign-ins inside one schema. The same person in two tenants is two users."""

import uuid
from collections.abc import Iterable
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from timezone_field import TimeZoneField

from portal.accounts.models.role import Role
from portal.core.cloning import Clone
from portal.core.db.prepared import PreparedQuery
from portal.permissions import SCOPED, SUPPORT_GRANTS, VISITOR_GRANTS, Perm


class UserKind(models.TextChoices):
    PERSON = "person", _("Person")
    CONTACT = "contact", _("Contact")
    SUPPORT = "support", _("Support from outside")
    VISITOR = "visitor", _("Visitor from a tenant")
    PROSPECT = "prospect", _("Prospect")


class Theme(models.TextChoices):
    AUTO = "auto", _("Same as the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username: str) -> "User":
        return self.get(username__iexact=username)

    def people(self) -> models.QuerySet["User"]:
        """Those whom an administrator manages: no guests from other hosts."""
        return self.filter(kind__in=[UserKind.PERSON, UserKind.CONTACT])


class User(AbstractBaseUser):
    """Who signs in here. `username` is the logon: in a tenant `<personnel id>@<UPN suffix>`.

    `identity` names the person in files that leave the portal and come back, where names are not unique (BLK-07).
    """

    clone = Clone.EMPTY

    identity = models.UUIDField(_("Identity UUID"), default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    username = models.CharField(_("Logon"), max_length=150)
    personnel_id = models.CharField(_("Personnel ID"), max_length=40, blank=True)
    email = models.EmailField(_("E-mail address"), blank=True)
    display_name = models.CharField(_("Name"), max_length=150)
    kind = models.CharField(max_length=10, choices=UserKind.choices, default=UserKind.PERSON)
    roles = models.ManyToManyField(Role, verbose_name=_("Roles"), blank=True, related_name="users")
    is_active = models.BooleanField(_("May sign in"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    language = models.CharField(_("Language"), max_length=10, blank=True)
    time_zone = TimeZoneField(_("Time zone"), blank=True, null=True)
    theme = models.CharField(_("Colours"), max_length=5, choices=Theme.choices, default=Theme.AUTO)
    compact = models.BooleanField(_("Dense tables"), default=True)

    objects = UserManager()
    viewed_role: Role | None = None  # while “view as role” shows the pages as this role does; set for one request

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email", "display_name"]

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["identity"], name="user_identity_unique"),
            models.UniqueConstraint(Lower("username"), name="user_username_unique"),
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="user_email_unique"),
            models.CheckConstraint(condition=Q(kind__in=UserKind.values), name="user_kind_known"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @cached_property
    def held_roles(self) -> list[Role]:
        """This user's roles; read once per request."""
        if "roles" in getattr(self, "_prefetched_objects_cache", ()):
            return list(self.roles.all())
        return _ROLES_OF(user=self.pk)

    @cached_property
    def granted(self) -> frozenset[Perm]:
        """Everything this user's roles add up to; read once per request. What guests may do does not hang on rows."""
        if self.kind == UserKind.SUPPORT:
            return SUPPORT_GRANTS
        if self.kind == UserKind.VISITOR:
            return VISITOR_GRANTS
        return frozenset().union(*(role.grants for role in self.held_roles))

    def may(self, permission: Perm) -> bool:
        """The only question anyone asks."""
        return self.is_active and permission in self.granted

    @cached_property
    def granted_everywhere(self) -> frozenset[Perm]:
        """As `granted`, without what a team-scoped role gives only in its teams."""
        if self.is_guest:
            return self.granted
        return frozenset().union(
            *(role.grants - SCOPED if role.team_scoped else role.grants for role in self.held_roles)
        )

    def may_grant(self, permissions: Iterable[Perm], *, in_teams: bool = False) -> bool:
        """Nobody grants a permission that they do not hold (ROL-09).

        What somebody holds only in some teams, they can give on `in_teams` only: in a team-scoped role.
        """
        return set(permissions) <= (self.granted if in_teams else self.granted_everywhere)

    def forget_grants(self) -> None:
        """Read the roles anew at the next question: they were changed just now."""
        self.__dict__.pop("held_roles", None)
        self.__dict__.pop("granted", None)
        self.__dict__.pop("granted_everywhere", None)

    @property
    def is_guest(self) -> bool:
        """Whether this sign-in stands for somebody who belongs to another host."""
        return self.kind in (UserKind.SUPPORT, UserKind.VISITOR)


_ROLES_OF = PreparedQuery(lambda user: Role.objects.filter(users=user), user=int)


class PasswordHistory(models.Model):
    """Hashes of earlier passwords, so that the last five are not used again (SEC-02)."""

    clone = Clone.EMPTY

    user = models.ForeignKey(User, models.CASCADE, related_name="password_history")
    password = models.CharField(max_length=128)
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"password of {self.user_id}"


def display_name(user: User) -> str:
    """How pages and mails call somebody."""
    return str(user)
