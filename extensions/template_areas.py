"""The parts of a telephone system that a service template can take over from a tenant (TPL-05)."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from extensions.models import Destination, Level, SettingValue
from portal.accounts.models import Role
from tenants.services.templates.areas import Area, Areas

# What only the company itself can say: its own numbers and places.
_OWN = ("caller_id.number", "emergency.number", "emergency.place")


def _tables(*names: str) -> list[type[models.Model]]:
    return [apps.get_model("extensions", name) for name in names]


def settle() -> None:
    """Make the working copy what it is: its company says what the template says, and nothing points at nobody."""
    own = SettingValue.objects.filter(level=Level.TENANT)
    said_again = own.filter(key=OuterRef("key"), team=None, extension=None)
    SettingValue.objects.filter(Exists(said_again), level=Level.TEMPLATE).delete()
    # audit: a working copy that nobody has seen yet
    own.update(level=Level.TEMPLATE)
    SettingValue.objects.filter(key__in=_OWN).delete()
    Destination.objects.filter(_owned_by_nobody()).delete()


def _owned_by_nobody() -> Q:
    owners = [one.name for one in Destination._meta.related_objects if one.one_to_one]  # noqa: SLF001
    nobody = Q()
    for owner in owners:
        nobody &= Q(**{f"{owner}__isnull": True})
    return nobody


AREAS = Areas(
    areas=(
        Area("roles", _("Roles"), [Role]),
        Area("sounds", _("Announcements and greetings"), _tables("AudioFile")),
        Area("teams", _("Teams"), _tables("Team")),
        Area("conference", _("Conference rooms, without PINs"), _tables("ConferenceRoom")),
        Area("destinations", _("Destinations"), _tables("Destination"), shown=False),
        Area(
            "schedules", _("Schedules and holidays"),
            [*_tables("HolidayCalendar", "Holiday", "Schedule", "WeekInterval"),
             apps.get_model("extensions", "Schedule_calendars")], ("destinations",),
        ),
        Area("outgoing", _("Rules for outgoing calls"), _tables("OutgoingRuleSet", "OutgoingRule")),
        Area(
            "call_controls", _("Blocked callers, exceptions and call tests of the company"),
            _tables("BlockedCaller", "CallException", "CallTest"), ("destinations",),
        ),
        Area("parking", _("Shared parking"), _tables("ParkingLot", "ParkingSlot"), ("destinations",)),
        Area("speed_dials", _("Shared speed dials"), _tables("SpeedDial")),
        Area("statuses", _("Agent statuses"), _tables("AgentStatus")),
        Area("features", _("Feature codes"), _tables("FeatureCode")),
        Area("keys", _("Key templates"), _tables("KeyPanel", "Key"), ("statuses", "features")),
        Area("queues", _("Queue parameters"), _tables("QueueParameters")),
        Area("settings", _("Defaults of the company and its teams"), _tables("SettingValue"), ("destinations",)),
    ),
    settle=settle,
)  # fmt: skip
