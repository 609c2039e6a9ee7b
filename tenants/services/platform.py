"""The provider's policy (REG-19 to REG-21, REG-27) and the onboarding checklist (PLT-06)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tenants.models import Platform

POLICY = (
    "company",
    "support_email",
    "support_phone",
    "self_registration",
    "approval_required",
    "off_peak_only",
    "off_peak_start",
    "off_peak_end",
    "off_peak_zone",
    "off_peak_days",
    "off_peak_at_once",
    "note",
    "caution",
)


@transaction.atomic
def change_policy(*, policy: Mapping[str, Any]) -> Platform:
    """Set the provider's policy; `policy` holds values for POLICY. Requests already scheduled keep their time."""
    platform = Platform.objects.select_for_update().get(pk=1)
    for name in POLICY:
        setattr(platform, name, policy[name])
    platform.save(update_fields=POLICY)
    return platform


@transaction.atomic
def tick_step(*, number: int) -> Platform:
    """Tick a step of the onboarding checklist as done, or take the tick away."""
    platform = Platform.objects.select_for_update().get(pk=1)
    platform.onboarding_done = sorted({*platform.onboarding_done} ^ {number})
    platform.save(update_fields=["onboarding_done"])
    return platform
