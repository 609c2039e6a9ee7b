"""Extensions: phone numbers inside a tenant (EXT-01, EXT-02)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.crypto import EncryptedTextField
from portal.core.versions import Versioned


class ExtensionState(models.TextChoices):
    UNASSIGNED = "unassigned", _("Unassigned")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")


class Extension(Versioned):
    """`number` is the Ext Key. `sip_username` and `sip_password` are made by the system (EXT-01).

    `home_team` is the team whose settings it inherits; without one it inherits from the company.
    """

    clone = Clone.EMPTY

    number = models.CharField(_("Extension number"), max_length=5)
    first_name = models.CharField(_("First name"), max_length=50, blank=True)
    last_name = models.CharField(_("Last name"), max_length=50, blank=True)
    directory_name = models.CharField(_("Directory name"), max_length=100)
    email = models.EmailField(_("Business e-mail address"), blank=True)
    mobile = models.CharField(_("Mobile number"), max_length=16, blank=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="extension")
    home_team = models.ForeignKey("extensions.Team", models.SET_NULL, null=True, related_name="home_of")
    sip_username = models.CharField(_("Username"), max_length=40)
    sip_password = EncryptedTextField(_("Password"))
    state = models.CharField(
        _("Status"), max_length=10, choices=ExtensionState.choices, default=ExtensionState.UNASSIGNED
    )
    created_at = models.DateTimeField(_("Created"))

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["number"], name="extension_number_unique"),
            models.UniqueConstraint(fields=["sip_username"], name="extension_sip_username_unique"),
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{3,5}$"), name="extension_number_shape"),
            models.CheckConstraint(condition=Q(state__in=ExtensionState.values), name="extension_state_known"),
            models.CheckConstraint(
                condition=Q(state="suspended")
                | Q(state="active", user__isnull=False)
                | Q(state="unassigned", user=None),
                name="extension_state_fits_user",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.directory_name}"

    @property
    def is_suspended(self) -> bool:
        return self.state == ExtensionState.SUSPENDED
