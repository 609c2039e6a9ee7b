"""Holidays, in calendars that schedules share (SCH-05, SCH-08)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.versions import Versioned


class HolidayKind(models.TextChoices):
    DATE = "date", _("One day")
    RANGE = "range", _("Several days")
    RULE = "rule", _("A weekday of a month")


class HolidayCalendar(Versioned):
    """A named list of holidays. Global ones count for every schedule, unless an extension is exempt."""

    clone = Clone.ROWS

    name = models.CharField(_("Name"), max_length=60)
    country = models.CharField(_("Country"), max_length=2, blank=True)  # where its holidays were taken from
    region = models.CharField(_("Region"), max_length=10, blank=True)
    is_global = models.BooleanField(_("Counts for everybody"), default=False)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(Lower("name"), name="holiday_calendar_name_unique")]

    def __str__(self) -> str:
        return self.name


class Holiday(Versioned):
    """One holiday. Recurring ones come back every year; a rule is the `nth` weekday of a month (-1: the last)."""

    clone = Clone.ROWS

    calendar = models.ForeignKey(HolidayCalendar, models.CASCADE, related_name="holidays")
    name = models.CharField(_("Name"), max_length=60)
    kind = models.CharField(_("When"), max_length=5, choices=HolidayKind.choices)
    first_day = models.DateField(_("Date"), null=True)
    last_day = models.DateField(_("Last day"), null=True)
    month = models.IntegerField(_("Month"), null=True)
    weekday = models.IntegerField(_("Weekday"), null=True)  # 0 = Monday
    nth = models.IntegerField(_("Which"), null=True)
    recurring = models.BooleanField(_("Every year"), default=False)
    starts = models.IntegerField(_("From"), null=True)  # minutes of the day; empty: the whole day
    ends = models.IntegerField(_("Until"), null=True)
    destination = models.OneToOneField("extensions.Destination", models.SET_NULL, null=True, related_name="holiday")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint("calendar", Lower("name"), name="holiday_name_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=["date", "range"], first_day__isnull=False, month=None, weekday=None, nth=None)
                | Q(kind="rule", first_day=None, month__range=(1, 12), weekday__range=(0, 6), nth__in=[-1, 1, 2, 3, 4]),
                name="holiday_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="range", last_day__gte=F("first_day")) | ~Q(kind="range") & Q(last_day=None),
                name="holiday_range_order",
            ),
            models.CheckConstraint(
                condition=Q(starts=None, ends=None) | Q(starts__gte=0, ends__gt=F("starts"), ends__lte=24 * 60),
                name="holiday_hours_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name
