"""Schedules: only *when*. Where calls go is said where a schedule is used (SCH-07)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from timezone_field import TimeZoneField

from portal.core.cloning import Clone
from portal.core.versions import Versioned

DAY = 24 * 60  # minutes


class IntervalKind(models.TextChoices):
    OPEN = "open", _("Open")
    BREAK = "break", _("Break")


class OverrideMode(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    SPECIAL = "special", _("Special")


class Schedule(Versioned):
    """A week of opening hours and breaks, with holiday calendars. Without a zone, the company's counts (SCH-06)."""

    clone = Clone.ROWS

    name = models.CharField(_("Name"), max_length=60)
    time_zone = TimeZoneField(_("Time zone"), blank=True, null=True)
    calendars = models.ManyToManyField("extensions.HolidayCalendar", blank=True, related_name="schedules")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(Lower("name"), name="schedule_name_unique")]

    def __str__(self) -> str:
        return self.name


class WeekInterval(models.Model):
    """Minutes of one weekday (0 = Monday). `ends` past 1440 goes on into the next day (SCH-01)."""

    clone = Clone.ROWS

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="intervals")
    kind = models.CharField(max_length=5, choices=IntervalKind.choices)
    weekday = models.IntegerField(_("Day"))
    starts = models.IntegerField(_("From"))
    ends = models.IntegerField(_("Until"))

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["schedule", "kind", "weekday", "starts"], name="week_interval_once"),
            models.CheckConstraint(condition=Q(kind__in=IntervalKind.values), name="week_interval_kind_known"),
            models.CheckConstraint(condition=Q(weekday__gte=0, weekday__lte=6), name="week_interval_weekday"),
            models.CheckConstraint(
                condition=Q(starts__gte=0, starts__lt=DAY, ends__gt=F("starts"), ends__lte=F("starts") + DAY),
                name="week_interval_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts}-{self.ends}"


class ScheduleOverride(models.Model):
    """Open, closed or special until a moment, whatever the hours say; it ends by itself (SCH-09)."""

    clone = Clone.EMPTY

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="overrides")
    mode = models.CharField(_("State"), max_length=7, choices=OverrideMode.choices)
    starts_at = models.DateTimeField(_("From"))
    ends_at = models.DateTimeField(_("Until"))
    reason = models.CharField(_("Reason"), max_length=120, blank=True)
    destination = models.OneToOneField("extensions.Destination", models.SET_NULL, null=True, related_name="override")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=OverrideMode.values), name="override_mode_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="override_order"),
        ]

    def __str__(self) -> str:
        return f"{self.schedule}: {self.mode}"
