"""Which outgoing calls are allowed: ordered rules over classes of numbers (CTL-06)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.versions import Versioned


class CallClass(models.TextChoices):
    INTERNAL = "internal", _("Internal")
    LOCAL = "local", _("Local")
    NATIONAL = "national", _("National")
    MOBILE = "mobile", _("Mobile")
    INTERNATIONAL = "international", _("International")
    PREMIUM = "premium", _("Premium rate")
    EMERGENCY = "emergency", _("Emergency")  # always allowed; listed so that pages can name it


class OutgoingMatch(models.TextChoices):
    CLASS = "class", _("Class of numbers")
    PREFIX = "prefix", _("Numbers that begin with")
    COUNTRY = "country", _("Country")


class OutgoingRuleSet(Versioned):
    """A named, ordered list of rules; the first that fits decides, else `allow_by_default`."""

    clone = Clone.ROWS

    name = models.CharField(_("Name"), max_length=60)
    allow_by_default = models.BooleanField(_("Allow what no rule names"), default=False)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(Lower("name"), name="outgoing_rule_set_name_unique")]

    def __str__(self) -> str:
        return self.name


class OutgoingRule(models.Model):
    """`value` is a CallClass, a prefix (+ and digits) or an ISO country code, as `match` says."""

    clone = Clone.ROWS

    rule_set = models.ForeignKey(OutgoingRuleSet, models.CASCADE, related_name="rules")
    position = models.IntegerField()
    match = models.CharField(_("What"), max_length=8, choices=OutgoingMatch.choices)
    value = models.CharField(_("Value"), max_length=16)
    allow = models.BooleanField(_("Allowed"), default=True)
    note = models.CharField(_("Note"), max_length=80, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "position"], name="outgoing_rule_position", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(match="class", value__in=CallClass.values)
                | Q(match="prefix", value__regex=r"^\+?[0-9]{1,15}$")
                | Q(match="country", value__regex=r"^[A-Z]{2}$"),
                name="outgoing_rule_value_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.match} {self.value}"
