"""This installation: its counter of instances and its provider's policy. One row."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from timezone_field import TimeZoneField


class Platform(models.Model):
    """One row with pk 1. `last_instance` only ever rises, so a number is never used again (PLT-03)."""

    last_instance = models.IntegerField(default=1)
    last_template = models.IntegerField(default=0)
    company = models.CharField(_("Company"), max_length=80)
    support_email = models.EmailField(_("Support e-mail address"), blank=True)
    support_phone = models.CharField(_("Support telephone"), max_length=40, blank=True)
    self_registration = models.BooleanField(_("Prospects may register themselves"), default=True)
    approval_required = models.BooleanField(_("An operator approves each request"), default=False)
    off_peak_only = models.BooleanField(_("Create tenants in off-peak hours"), default=False)
    off_peak_start = models.TimeField(_("Off-peak from"), default=time(22))
    off_peak_end = models.TimeField(_("Off-peak until"), default=time(6))
    off_peak_zone = TimeZoneField(_("Time zone"), default="UTC")
    off_peak_days = ArrayField(models.IntegerField(), default=list)  # 0 = Monday; the day on which the window opens
    off_peak_at_once = models.IntegerField(_("Tenants created at once"), default=2)
    note = models.TextField(_("Note"), blank=True, max_length=2000)
    caution = models.TextField(_("Caution"), blank=True, max_length=2000)
    # The platform's values of inheritable settings, copied onto every tenant's row: {key: {"value", "locked"}}.
    tenant_settings = models.JSONField(default=dict, blank=True)
    onboarding_done = ArrayField(models.IntegerField(), default=list, blank=True)  # steps of PLT-06 ticked by hand

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="platform_has_one_row")]

    def __str__(self) -> str:
        return self.company
