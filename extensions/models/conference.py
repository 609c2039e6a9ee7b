"""Conference rooms (CONF-01)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.crypto import EncryptedTextField
from portal.core.versions import Versioned


class ConferenceRoom(Versioned):
    """A number under which people meet. Without members everybody inside may enter; with a PIN callers are asked."""

    clone = Clone.REGENERATE

    number = models.CharField(_("Number"), max_length=5)
    name = models.CharField(_("Name"), max_length=60)
    pin = EncryptedTextField(_("PIN"), blank=True, default="")
    most = models.IntegerField(_("Most people"), default=20, validators=[MinValueValidator(2), MaxValueValidator(200)])
    announce = models.BooleanField(_("Announce who comes and goes"), default=True)
    wait_for_member = models.BooleanField(_("Guests wait until a member is there"), default=False)
    members = models.ManyToManyField(
        "extensions.Extension", through="extensions.ConferenceMember", related_name="conference_rooms"
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(Lower("name"), name="conference_name_unique"),
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{3,5}$"), name="conference_number_shape"),
            models.CheckConstraint(condition=Q(most__gte=2, most__lte=200), name="conference_most_range"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class ConferenceMember(models.Model):
    """An extension that may always enter, and for whom guests wait."""

    clone = Clone.EMPTY

    room = models.ForeignKey(ConferenceRoom, models.CASCADE, related_name="memberships")
    extension = models.ForeignKey("extensions.Extension", models.CASCADE, related_name="conference_memberships")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["room", "extension"], name="conference_member_once")]

    def __str__(self) -> str:
        return f"{self.extension} in {self.room}"
