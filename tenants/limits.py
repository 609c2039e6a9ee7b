"""What a tenant may have at most (TEN-06). Extensions and channels have columns of their own, the others share one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant


class Limit(TextChoices):
    """Everything that has a limit; the label finishes “You may have at most 5 …”."""

    EXTENSIONS = "extensions", _("extensions")
    CHANNELS = "channels", _("calls at the same time")
    TEAMS = "teams", _("teams")
    PARKING_SLOTS = "parking_slots", _("parking slots")
    CONFERENCE_ROOMS = "conference_rooms", _("conference rooms")
    PHONES = "phones", _("telephones")
    NUMBERS = "numbers", _("outside numbers")
    STORAGE_MB = "storage_mb", _("megabytes of sound")
    CALLS_PER_SECOND = "cps", _("new calls a second")
    API_PER_MINUTE = "api_per_minute", _("API calls a minute")


COLUMNS = {Limit.EXTENSIONS: "max_extensions", Limit.CHANNELS: "max_channels"}
# Those without a column: what holds where neither template nor operator says anything; None means without limit.
DEFAULTS: dict[Limit, int | None] = {
    Limit.TEAMS: None,
    Limit.PARKING_SLOTS: 99,
    Limit.CONFERENCE_ROOMS: None,
    Limit.PHONES: None,
    Limit.NUMBERS: None,
    Limit.STORAGE_MB: 200,
    Limit.CALLS_PER_SECOND: 5,
    Limit.API_PER_MINUTE: 120,
}


def limit_of(tenant: Tenant, sku: Limit) -> int | None:
    """How many of `sku` the tenant may have; None: as many as it likes."""
    if sku in COLUMNS:
        return int(getattr(tenant, COLUMNS[sku]))
    stored = tenant.limits.get(sku.value, DEFAULTS[sku])
    return None if stored is None else int(stored)
