"""What the provider's policy says: the template decides before the platform (REG-19 to REG-21)."""

from tenants.models import Platform, ServiceTemplate
from tenants.models.template import ApprovalPolicy, StartPolicy
from tenants.services.requests.off_peak import Window


def approval_needed(*, template: ServiceTemplate, platform: Platform) -> bool:
    """Whether an operator approves requests for this template."""
    if template.approval == ApprovalPolicy.PLATFORM:
        return platform.approval_required
    return template.approval == ApprovalPolicy.REQUIRED


def waits_for_off_peak(*, template: ServiceTemplate, platform: Platform) -> bool:
    """Whether tenants of this template are created in off-peak hours only."""
    if template.start == StartPolicy.PLATFORM:
        return platform.off_peak_only
    return template.start == StartPolicy.OFF_PEAK


def window_of(platform: Platform) -> Window:
    """The platform's off-peak window."""
    return Window(
        start=platform.off_peak_start,
        end=platform.off_peak_end,
        zone=platform.off_peak_zone,
        days=frozenset(platform.off_peak_days),
    )
