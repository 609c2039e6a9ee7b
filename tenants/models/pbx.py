"""The PBXs of this installation, their trunks, and what of each tenant is in force on them (PBX-12)."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.crypto import EncryptedTextField
from portal.core.versions import Versioned

_PORTS = [MinValueValidator(1), MaxValueValidator(65535)]
_HOST = r"^[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?$"


class PbxKind(models.TextChoices):
    MANAGED = "managed", _("Asterisk")
    SIMULATOR = "simulator", _("Simulator")


class Transport(models.TextChoices):
    UDP = "udp", _("UDP")
    TCP = "tcp", _("TCP")
    TLS = "tls", _("TLS")


class Pbx(Versioned):
    """One PBX that the portal drives. Where and how to reach it, and what was seen of it lately.

    `of_installation` marks the one that the launcher of this installation looks after: its row follows the settings.
    """

    name = models.CharField(_("Name"), max_length=60)
    kind = models.CharField(_("Kind"), max_length=10, choices=PbxKind.choices, default=PbxKind.MANAGED)
    host = models.CharField(_("Address of its manager interface"), max_length=253, blank=True)
    ami_port = models.IntegerField(_("Port of its manager interface"), default=5038, validators=_PORTS)
    ami_user = models.CharField(_("User name"), max_length=40, blank=True)
    ami_secret = EncryptedTextField(_("Secret"), blank=True, default="")
    config_folder = models.CharField(_("Folder of its configuration"), max_length=300, blank=True)
    spool_folder = models.CharField(_("Folder of its messages and recordings"), max_length=300, blank=True)
    sip_host = models.CharField(_("Address for telephones"), max_length=253, blank=True)
    sip_port = models.IntegerField(_("Port for telephones"), default=5060, validators=_PORTS)
    transport = models.CharField(_("Transport"), max_length=3, choices=Transport.choices, default=Transport.UDP)
    enabled = models.BooleanField(_("Enabled"), default=True)
    is_default = models.BooleanField(_("New tenants go here"), default=False)
    of_installation = models.BooleanField(default=False)
    # What was seen of it: written by whoever speaks to it, never by people.
    product = models.CharField(_("Product"), max_length=60, blank=True)
    product_version = models.CharField(_("Version"), max_length=60, blank=True)
    system_name = models.CharField(_("System name"), max_length=60, blank=True)
    started_at = models.DateTimeField(_("Started"), null=True)
    skew = models.FloatField(_("Clock difference"), null=True)  # seconds; its clock minus ours
    seen_at = models.DateTimeField(_("Last seen"), null=True)
    reloads = models.BigIntegerField(_("Reloads"), default=0)
    last_reload_at = models.DateTimeField(_("Last reload"), null=True)
    last_error = models.CharField(_("Last error"), max_length=300, blank=True)
    last_error_at = models.DateTimeField(null=True)
    # The right to follow it: one process at a time (portal.jobs.leases explains fences).
    fence = models.BigIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=80, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["name"], name="pbx_name_once"),
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="pbx_default_is_one"),
            models.UniqueConstraint(
                fields=["of_installation"], condition=Q(of_installation=True), name="pbx_of_installation_is_one"
            ),
            models.CheckConstraint(condition=Q(kind__in=PbxKind.values), name="pbx_kind_known"),
            models.CheckConstraint(condition=Q(transport__in=Transport.values), name="pbx_transport_known"),
            models.CheckConstraint(
                condition=Q(ami_port__range=(1, 65535), sip_port__range=(1, 65535)), name="pbx_ports_range"
            ),
            models.CheckConstraint(
                condition=Q(kind=PbxKind.SIMULATOR) | (Q(host__regex=_HOST) & ~Q(ami_user="")),
                name="pbx_can_be_reached",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_simulator(self) -> bool:
        return self.kind == PbxKind.SIMULATOR


class AppliedState(models.TextChoices):
    APPLIED = "applied", _("In force")
    APPLYING = "applying", _("Being applied")
    WAITING = "waiting", _("Waiting for the PBX")
    FAILED = "failed", _("Failed")


class AppliedVersion(models.Model):
    """What of a tenant is in force on its PBX. No row: the tenant is on no PBX yet.

    `wanted` and `applied` are versions of the tenant's configuration; `since` is when `state` began.
    """

    tenant = models.OneToOneField("tenants.Tenant", models.CASCADE, related_name="applied_version")
    pbx = models.ForeignKey(Pbx, models.PROTECT, related_name="applied_versions")
    wanted = models.BigIntegerField(_("Wanted version"), default=0)
    applied = models.BigIntegerField(_("Version in force"), default=0)
    digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(_("State"), max_length=8, choices=AppliedState.choices, default=AppliedState.WAITING)
    since = models.DateTimeField(_("Since"))
    applied_at = models.DateTimeField(_("Applied"), null=True)
    error = models.CharField(_("Error"), max_length=500, blank=True)
    seconds = models.FloatField(_("Seconds"), null=True)
    reloaded = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    drift_since = models.DateTimeField(_("Differs since"), null=True)  # somebody else changed it on the PBX

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AppliedState.values), name="applied_version_state_known"),
        ]
        indexes = [models.Index(fields=["pbx", "state"], name="applied_version_by_pbx")]

    def __str__(self) -> str:
        return f"{self.tenant}: {self.applied}"


class Trunk(Versioned):
    """A way from a PBX to the outside. `match_addresses` are those that calls from the provider come from."""

    pbx = models.ForeignKey(Pbx, models.CASCADE, related_name="trunks")
    name = models.CharField(_("Name"), max_length=60)
    host = models.CharField(_("Address"), max_length=253)
    port = models.IntegerField(_("Port"), default=5060, validators=_PORTS)
    transport = models.CharField(_("Transport"), max_length=3, choices=Transport.choices, default=Transport.UDP)
    username = models.CharField(_("User name"), max_length=60, blank=True)
    secret = EncryptedTextField(_("Password"), blank=True, default="")
    match_addresses = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    position = models.IntegerField(_("Order"), default=0)
    enabled = models.BooleanField(_("Enabled"), default=True)
    emergency = models.BooleanField(_("Takes emergency calls"), default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["pbx", "name"], name="trunk_name_once"),
            models.CheckConstraint(condition=Q(host__regex=_HOST), name="trunk_host_shape"),
            models.CheckConstraint(condition=Q(port__range=(1, 65535)), name="trunk_port_range"),
            models.CheckConstraint(condition=Q(transport__in=Transport.values), name="trunk_transport_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Stray(models.Model):
    """An event that named no tenant of its PBX, counted; kept for operators, never guessed. Bounded per PBX."""

    pbx = models.ForeignKey(Pbx, models.CASCADE, related_name="strays")
    name = models.CharField(_("Event"), max_length=60)
    hint = models.CharField(_("Said about itself"), max_length=200, blank=True)
    times = models.BigIntegerField(_("Times"), default=1)
    first_at = models.DateTimeField(_("First"))
    last_at = models.DateTimeField(_("Last"))

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["pbx", "name", "hint"], name="stray_once")]
        indexes = [models.Index(fields=["pbx", "-last_at"], name="stray_by_pbx")]

    def __str__(self) -> str:
        return f"{self.name}: {self.hint}"
