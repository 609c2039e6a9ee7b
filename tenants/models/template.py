"""Service templates: what a tenant is made from (TPL-01 to TPL-04, TPL-08)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class TemplateState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class Audience(models.TextChoices):
    OPERATOR = "operator", _("Operators only")
    RESELLER = "reseller", _("Operators and resellers")
    SELF_SERVICE = "self_service", _("Everybody, prospects too")


class StartPolicy(models.TextChoices):
    PLATFORM = "platform", _("As the platform says")
    IMMEDIATE = "immediate", _("Immediately")
    OFF_PEAK = "off_peak", _("In off-peak hours")


class ApprovalPolicy(models.TextChoices):
    PLATFORM = "platform", _("As the platform says")
    REQUIRED = "required", _("An operator approves")
    AUTOMATIC = "automatic", _("Automatic")


class ServiceTemplate(models.Model):
    """A service package. Its content is the schema `working_copy` (`tpl5`), edited with the ordinary tenant pages."""

    name = models.CharField(_("Name"), max_length=63)
    description = models.TextField(_("Description"), max_length=1000, blank=True)
    services = models.TextField(_("Included services"), max_length=1000, blank=True)  # one a line
    price = models.DecimalField(_("Price a month"), max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("Currency"), max_length=3, default="EUR")
    product = models.CharField(_("Product type"), max_length=80, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    max_extensions = models.IntegerField(_("Extensions"), default=50)
    max_channels = models.IntegerField(_("Channels"), default=10)
    limits = models.JSONField(_("Further limits"), default=dict, blank=True)  # by SKU, as on the tenant (TEN-06)
    addons = models.JSONField(_("Included add-on licenses"), default=dict, blank=True)  # how many, by code (TPL-02)
    state = models.CharField(max_length=10, choices=TemplateState.choices, default=TemplateState.DRAFT)
    audience = models.CharField(_("Offered to"), max_length=12, choices=Audience.choices, default=Audience.OPERATOR)
    is_default = models.BooleanField(_("Default"), default=False)
    start = models.CharField(_("Start"), max_length=10, choices=StartPolicy.choices, default=StartPolicy.PLATFORM)
    approval = models.CharField(
        _("Approval"), max_length=10, choices=ApprovalPolicy.choices, default=ApprovalPolicy.PLATFORM
    )
    working_copy = models.OneToOneField("tenants.Tenant", models.PROTECT, related_name="template")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(Lower("name"), name="template_name_unique"),
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_default_template"),
        ]

    def __str__(self) -> str:
        return self.name


class TemplateVersion(models.Model):
    """An immutable published version; its content is the frozen schema `tpl5_v3`. The facts are copied (TPL-03)."""

    template = models.ForeignKey(ServiceTemplate, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    schema = models.OneToOneField("tenants.Tenant", models.PROTECT, null=True, related_name="version_of")
    name = models.CharField(max_length=63)
    description = models.TextField(blank=True)
    services = models.TextField(blank=True)
    price = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    currency = models.CharField(max_length=3)
    product = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True)
    max_extensions = models.IntegerField()
    max_channels = models.IntegerField()
    limits = models.JSONField(default=dict)
    addons = models.JSONField(default=dict)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=150)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="template_version_unique")]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"
