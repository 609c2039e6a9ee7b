"""Hours, breaks and holidays, and where calls go then (SCH-01 to SCH-05)."""

from django.utils.translation import gettext_lazy as _

from extensions.forms.pickers import DestinationField, SchedulePicker
from extensions.models import DestinationKind as Kind
from extensions.settings.registry import INSIDE, Level, Setting, Shape, register
from extensions.settings.words import name_or_none, switch, yes_no

HOURS = "hours.schedule"
BREAKS = "hours.breaks"
CLOSED_ACTION = "hours.closed_action"
BREAK_ACTION = "hours.break_action"
HOLIDAY_ACTION = "hours.holiday_action"
EXEMPT = "hours.exempt_from_holidays"

# Where calls may go while nobody works (SCH-04).
ACTION_KINDS = (Kind.VOICEMAIL, Kind.MAILBOX, Kind.EXTENSION, Kind.TEAM, Kind.NUMBER, Kind.ANNOUNCEMENT, Kind.HANGUP)


def action() -> DestinationField:
    """A box that offers the kinds of SCH-04."""
    return DestinationField(kinds=ACTION_KINDS)


register(
    Setting(
        HOURS, _("Office hours"), SchedulePicker, shape=Shape.SCHEDULE, levels=INSIDE, words=name_or_none,
        help=_("When calls ring as usual. None: at any time."),
    ),
    Setting(
        BREAKS, _("Break hours"), SchedulePicker, shape=Shape.SCHEDULE, levels=INSIDE, words=name_or_none,
        help=_("The schedule whose breaks count. None: those of the office hours."),
    ),
    Setting(
        CLOSED_ACTION, _("Outside office hours"), action, shape=Shape.DESTINATION, levels=INSIDE,
        words=name_or_none, help=_("Where calls go while the schedule is closed. “As usual”: they ring."),
    ),
    Setting(
        BREAK_ACTION, _("During breaks"), action, shape=Shape.DESTINATION, levels=INSIDE,
        words=name_or_none, help=_("Where calls go during a break. “As usual”: they ring."),
    ),
    Setting(
        HOLIDAY_ACTION, _("On holidays"), action, shape=Shape.DESTINATION, levels=INSIDE, words=name_or_none,
        help=_("For holidays that name no destination of their own. Empty: as outside office hours."),
    ),
    Setting(
        EXEMPT, _("Exempt from global holidays"), switch, default=False, words=yes_no,
        levels=frozenset({Level.TEMPLATE, Level.TENANT, Level.TEAM, Level.EXTENSION}),
        help=_("Holidays that count for everybody do not count here."),
    ),
)  # fmt: skip
