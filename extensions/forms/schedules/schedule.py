"""Creating, changing and copying a schedule, and opening or closing it for a while."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from timezone_field import TimeZoneFormField

from extensions.forms.fields import NameField
from extensions.forms.pickers import DestinationField
from extensions.forms.schedules.week import WeekField
from extensions.models import HolidayCalendar, OverrideMode
from extensions.services.schedules.week import PRESETS, Preset, Week
from extensions.settings.catalogue.hours import ACTION_KINDS
from portal.core.forms import PortalForm

DATE_AND_TIME = "%Y-%m-%dT%H:%M"


class ScheduleNameField(NameField):
    def __init__(self, **kwargs: Any) -> None:
        given = {"label": gettext_lazy("Name"), "max_length": 60, **kwargs}
        super().__init__(**given)


class CreateScheduleForm(PortalForm):
    name = ScheduleNameField(help_text=gettext_lazy("For example “Office hours” or “Shop”."))
    preset = forms.ChoiceField(
        label=gettext_lazy("Start with"),
        choices=Preset.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("You can change every hour on the next page."),
    )
    submit_label = gettext_lazy("Create schedule")

    def week(self) -> Week:
        """The week of the chosen preset."""
        return PRESETS[Preset(self.cleaned_data["preset"])]


class CopyScheduleForm(PortalForm):
    name = ScheduleNameField(label=gettext_lazy("Name of the copy"))
    submit_label = gettext_lazy("Copy schedule")


class ScheduleForm(PortalForm):
    name = ScheduleNameField()
    time_zone = TimeZoneFormField(
        label=gettext_lazy("Time zone"),
        required=False,
        choices_display="STANDARD",
        empty_value=None,
    )
    week = WeekField()
    calendars = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Holiday calendars"),
        queryset=HolidayCalendar.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Calendars that count for everybody count here without being ticked."),
    )
    submit_label = gettext_lazy("Save schedule")

    def __init__(self, *args: Any, calendars: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone: Any = self.fields["time_zone"]
        zone.choices = [("", _("The company's time zone")), *zone.choices]
        field: Any = self.fields["calendars"]
        field.queryset = calendars
        field.choices = [(one.pk, one.name) for one in calendars]  # read once, however often they are drawn


class WallClockField(forms.DateTimeField):
    """A date and time as a clock on the wall shows it: naive, because only the schedule knows its zone."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "60"}, format=DATE_AND_TIME)
        super().__init__(input_formats=[DATE_AND_TIME, "%Y-%m-%d %H:%M"], widget=widget, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        return super(forms.DateTimeField, self).to_python(value)  # type: ignore[no-any-return]


class OverrideForm(PortalForm):
    mode = forms.ChoiceField(
        label=gettext_lazy("The schedule is"), choices=OverrideMode.choices, widget=forms.RadioSelect
    )
    ends_at = WallClockField(label=gettext_lazy("Until"))
    reason = NameField(
        label=gettext_lazy("Reason"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Shown to colleagues, for example “Works outing”."),
    )
    target = DestinationField(
        label=gettext_lazy("Calls go to"),
        kinds=ACTION_KINDS,
        help_text=gettext_lazy("Empty: as usual when open, as outside office hours when closed or special."),
    )
    submit_label = gettext_lazy("Set until then")

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        words = _("In the time zone of the schedule: %(zone)s.") % {"zone": zone.key}
        self.fields["ends_at"].help_text = words

    def clean_ends_at(self) -> datetime:
        """What was typed is the wall clock of the schedule's zone, whoever types it and wherever."""
        typed: datetime = self.cleaned_data["ends_at"]
        moment = typed.replace(tzinfo=self.zone)
        if moment.astimezone(UTC).astimezone(self.zone).replace(tzinfo=None) != typed:
            raise ValidationError(_("The clocks go forward then: this time does not exist."))
        return moment
