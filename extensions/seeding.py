"""What the telephone system of every tenant starts with."""

from django.utils import timezone

from extensions.models import QueueParameters, Release


def seed_defaults() -> None:
    """Both rows of queue parameters in the active schema; safe to repeat. Named in settings.TENANT_SEEDS."""
    # No audit rows: this runs before the tenant exists for anybody.
    QueueParameters.objects.bulk_create(
        [QueueParameters(release=release, changed_at=timezone.now()) for release in Release], ignore_conflicts=True
    )
