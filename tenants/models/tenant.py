"""Instances: the management instance (number 1), customer tenants (from 2 on), and the schemas of service templates."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin
from timezone_field import TimeZoneField

if TYPE_CHECKING:
    from tenants.models.pbx import AppliedVersion

MANAGEMENT_NUMBER = 1
SCHEMA_NAMES = r"^(public|t[0-9]+|tpl[0-9]+(_v[0-9]+)?)$"


class TenantKind(models.TextChoices):
    MANAGEMENT = "management", _("Management instance")
    CUSTOMER = "customer", _("Customer tenant")
    TEMPLATE = "template", _("Service template")
    VERSION = "version", _("Published template version")


class TenantState(models.TextChoices):
    PROVISIONING = "provisioning", _("Being created")
    TRIAL = "trial", _("Trial")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    TERMINATING = "terminating", _("Ending")
    TERMINATED = "terminated", _("Ended")
    PURGED = "purged", _("Purged")


class TenantQuerySet(models.QuerySet):
    def listed(self) -> "TenantQuerySet":
        """The instances people know: management and customers; no templates."""
        return self.filter(kind__in=[TenantKind.MANAGEMENT, TenantKind.CUSTOMER])

    def customers(self) -> "TenantQuerySet":
        return self.filter(kind=TenantKind.CUSTOMER)

    def with_schema(self) -> "TenantQuerySet":
        """Every schema that exists and must be migrated, the management instance aside."""
        return self.exclude(kind=TenantKind.MANAGEMENT).exclude(fingerprint="")

    def ready(self) -> "TenantQuerySet":
        """Tenants that serve pages and run jobs."""
        return self.filter(kind=TenantKind.CUSTOMER, state__in=[TenantState.TRIAL, TenantState.ACTIVE])


class Tenant(TenantMixin):
    """One schema. `schema_name` is the slug: `t2`, `t3`, … named after the instance number, for ever (TEN-09)."""

    auto_create_schema = False
    auto_drop_schema = False

    # What the outside world calls the organisation, in file names for example; numbers and names may change hands.
    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), editable=False)
    kind = models.CharField(max_length=10, choices=TenantKind.choices, default=TenantKind.CUSTOMER)
    is_management = models.BooleanField(default=False)
    instance_number = models.IntegerField(_("Instance"), null=True)
    name = models.CharField(_("Name"), max_length=63)
    short_name = models.CharField(_("Short name"), max_length=12, blank=True)
    upn_suffix = models.CharField(_("UPN suffix"), max_length=253, blank=True)
    ani = models.CharField(_("ANI"), max_length=16, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    time_zone = TimeZoneField(_("Time zone"), default="UTC")
    state = models.CharField(max_length=12, choices=TenantState.choices, default=TenantState.PROVISIONING)
    state_before = models.CharField(max_length=12, blank=True)  # what "resume" restores (TEN-03)
    template_version = models.ForeignKey("tenants.TemplateVersion", models.PROTECT, null=True, related_name="tenants")
    product = models.CharField(_("Product type"), max_length=80, blank=True)
    max_extensions = models.IntegerField(_("Extensions"), default=0)
    max_channels = models.IntegerField(_("Channels"), default=0)
    limits = models.JSONField(default=dict)  # further limits by SKU; a missing one is the product's default (TEN-06)
    # The platform's defaults of settings, {key: {"value", "locked"}}, copied here when an operator saves them.
    platform_settings = models.JSONField(default=dict)
    extensions_used = models.IntegerField(default=0)  # copied up from the schema by a coalesced task
    db_role = models.CharField(max_length=63, blank=True)  # the second wall's role; empty for the management instance
    fingerprint = models.CharField(max_length=64, blank=True)  # migration state of the schema; empty: none exists
    created_at = models.DateTimeField(_("Created"), auto_now_add=True)
    ready_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()
    place: "AppliedVersion | None"  # only in a request, which reads it together with the tenant

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["uuid"], name="tenant_uuid_unique"),
            models.UniqueConstraint(fields=["instance_number"], name="tenant_instance_number_unique"),
            models.CheckConstraint(condition=Q(schema_name__regex=SCHEMA_NAMES), name="tenant_schema_name_shape"),
            models.CheckConstraint(condition=Q(state__in=TenantState.values), name="tenant_state_known"),
            models.CheckConstraint(
                condition=(Q(instance_number=1, is_management=True, kind="management", schema_name="public"))
                | Q(is_management=False, kind="customer", instance_number__gte=2)
                | Q(is_management=False, kind__in=["template", "version"], instance_number=None),
                name="tenant_instance_1_is_management",
            ),
            models.UniqueConstraint(fields=["is_management"], condition=Q(is_management=True), name="one_management"),
            models.CheckConstraint(
                condition=~Q(kind="management") | Q(state="active"), name="management_always_active"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_ready(self) -> bool:
        return self.kind in (TenantKind.MANAGEMENT, TenantKind.TEMPLATE) or self.state in (
            TenantState.TRIAL,
            TenantState.ACTIVE,
        )

    @property
    def is_suspended(self) -> bool:
        return self.state == TenantState.SUSPENDED


class Domain(DomainMixin):
    """A host name that leads to a schema. The primary one is the tenant's FQDN (PLT-04)."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.domain


class TenantMove(models.Model):
    """Every change of state: from, to, who, why, when (TEN-02)."""

    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=12, choices=TenantState.choices, blank=True)
    after = models.CharField(max_length=12, choices=TenantState.choices)
    reason = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
