"""Teams: groups of extensions, with a number where they ring together (TEAM-01 to TEAM-04)."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.versions import Versioned


class RingStrategy(models.TextChoices):
    ALL = "all", _("All at once")
    LINEAR = "linear", _("One after the other, from the top")
    ROUND_ROBIN = "round_robin", _("One after the other, taking turns")
    RANDOM = "random", _("In random order")
    LONGEST_IDLE = "longest_idle", _("Longest idle first")


class Team(Versioned):
    """With a `number` it is a ring group; without one it only groups people."""

    clone = Clone.ROWS

    name = models.CharField(_("Name"), max_length=60)
    description = models.CharField(_("Description"), max_length=200, blank=True)
    number = models.CharField(_("Number"), max_length=5, blank=True)
    strategy = models.CharField(_("Ringing"), max_length=12, choices=RingStrategy.choices, default=RingStrategy.ALL)
    ring_seconds = models.IntegerField(
        _("Seconds to ring"), default=20, validators=[MinValueValidator(5), MaxValueValidator(300)]
    )
    no_answer = models.OneToOneField(
        "extensions.Destination", models.SET_NULL, null=True, related_name="team_unanswered"
    )
    members = models.ManyToManyField("extensions.Extension", through="extensions.TeamMember", related_name="teams")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(Lower("name"), name="team_name_unique"),
            models.CheckConstraint(condition=Q(number="") | Q(number__regex=r"^[0-9]{3,5}$"), name="team_number_shape"),
            models.CheckConstraint(condition=Q(strategy__in=RingStrategy.values), name="team_strategy_known"),
            models.CheckConstraint(
                condition=Q(ring_seconds__gte=5, ring_seconds__lte=300), name="team_ring_seconds_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """An extension in a team; `position` counts from 0 and is the ring order."""

    clone = Clone.EMPTY

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    extension = models.ForeignKey("extensions.Extension", models.CASCADE, related_name="memberships")
    position = models.IntegerField(_("Position"))

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["team", "extension"], name="team_member_once"),
            models.UniqueConstraint(
                fields=["team", "position"], name="team_member_position", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.extension} in {self.team}"


class TeamScope(models.Model):
    """A team for which somebody holds a team-scoped role (ROL-08)."""

    clone = Clone.EMPTY

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="team_scopes")
    role = models.ForeignKey("accounts.Role", models.CASCADE, related_name="team_scopes")
    team = models.ForeignKey(Team, models.CASCADE, related_name="scopes")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "role", "team"], name="team_scope_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} in {self.team}"
