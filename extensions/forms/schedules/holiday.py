"""Holiday calendars, their holidays, and the two ways to add many at once."""

from datetime import time
from typing import Any

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy

from extensions.forms.fields import NameField
from extensions.forms.pickers import DestinationField
from extensions.forms.schedules.schedule import ScheduleNameField
from extensions.forms.sounds import SHAPE, SoundFileField
from extensions.models import HolidayKind, Schedule
from extensions.services.schedules.draft import LONGEST, SHORTEST, HolidayDraft
from extensions.services.schedules.file import MOST_BYTES
from extensions.services.schedules.national import countries_with_holidays, regions_of
from extensions.settings.catalogue.hours import ACTION_KINDS
from portal.core.forms import PortalForm

DAY = 24 * 60  # minutes
WHICH = (
    (1, gettext_lazy("First")),
    (2, gettext_lazy("Second")),
    (3, gettext_lazy("Third")),
    (4, gettext_lazy("Fourth")),
    (-1, gettext_lazy("Last")),
)
NOT_CHOSEN = [("", gettext_lazy("Choose"))]


class CalendarForm(PortalForm):
    name = ScheduleNameField(help_text=gettext_lazy("For example “Public holidays” or “Company holidays”."))
    is_global = forms.BooleanField(
        label=gettext_lazy("Counts for everybody"),
        required=False,
        help_text=gettext_lazy("For every schedule, apart from extensions that are exempt from global holidays."),
    )
    schedules = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Counts for these schedules"),
        queryset=Schedule.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    submit_label = gettext_lazy("Save calendar")

    def __init__(self, *args: Any, schedules: Any, everybody: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["schedules"]
        field.queryset = schedules
        field.choices = [(one.pk, one.name) for one in schedules]  # read once, however often they are drawn
        if not field.choices:
            field.help_text = gettext_lazy("There are none yet. A schedule can be ticked here once it exists.")
        if not everybody:
            del self.fields["is_global"]
            self.helper.layout.fields.remove("is_global")


class HolidayForm(PortalForm):
    name = NameField(
        label=gettext_lazy("Name"),
        min_length=SHORTEST,
        max_length=LONGEST,
        help_text=gettext_lazy("4 to 60 characters; no other holiday of this calendar has it."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("When"), choices=HolidayKind.choices, widget=forms.RadioSelect)
    first_day = forms.DateField(label=gettext_lazy("Date, or first day"), required=False)
    last_day = forms.DateField(label=gettext_lazy("Last day"), required=False)
    nth = forms.TypedChoiceField(
        label=gettext_lazy("Which"), choices=[*NOT_CHOSEN, *WHICH], coerce=int, empty_value=None, required=False
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Weekday"),
        choices=[*NOT_CHOSEN, *WEEKDAYS.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    month = forms.TypedChoiceField(
        label=gettext_lazy("Month"),
        choices=[*NOT_CHOSEN, *MONTHS.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    recurring = forms.BooleanField(
        label=gettext_lazy("Comes back every year"),
        required=False,
        help_text=gettext_lazy("29 February is the 28th in years without it. A weekday of a month always comes back."),
    )
    starts = forms.TimeField(label=gettext_lazy("From"), required=False)
    ends = forms.TimeField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Both empty: the whole day. 00:00 is the end of the day. Of several days: on each."),
    )
    target = DestinationField(
        label=gettext_lazy("Calls go to"),
        kinds=ACTION_KINDS,
        empty_label=gettext_lazy("As each extension or team says"),
        help_text=gettext_lazy("For an announcement choose “Announcement” and a sound, or upload one below."),
    )
    file = SoundFileField(label=gettext_lazy("Upload an announcement"), required=False, help_text=SHAPE)
    submit_label = gettext_lazy("Save holiday")

    def __init__(self, *args: Any, uploads: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not uploads:
            del self.fields["file"]
            self.helper.layout.fields.remove("file")
        for name in ("first_day", "last_day"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        for name in ("starts", "ends"):
            self.fields[name].widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def draft(self) -> HolidayDraft:
        """What was typed, as the services take it."""
        facts = {name: value for name, value in self.cleaned_data.items() if name not in ("kind", "version", "file")}
        facts["starts"], facts["ends"] = _minute(facts["starts"]), _minute(facts["ends"])
        if facts["ends"] == 0:
            facts["ends"] = DAY
        return HolidayDraft(kind=HolidayKind(self.cleaned_data["kind"]), **facts)


class NationalForm(PortalForm):
    """Which holidays to look at; sent by GET, so that the look can be bookmarked."""

    country = forms.ChoiceField(label=gettext_lazy("Country"))
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    year = forms.IntegerField(label=gettext_lazy("From year"), min_value=2000, max_value=2100)
    years = forms.TypedChoiceField(
        label=gettext_lazy("How many years"), choices=[(n, n) for n in (1, 2, 3, 5)], coerce=int
    )
    submit_label = gettext_lazy("Show the holidays")

    def __init__(self, data: Any, *, country: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        chosen = (data or {}).get("country") or country
        self.fields["country"].choices = countries_with_holidays()  # type: ignore[attr-defined]
        whole = ("", gettext_lazy("The whole country"))
        self.fields["region"].choices = [whole, *regions_of(chosen)]  # type: ignore[attr-defined]


class UploadForm(PortalForm):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        max_length=200,
        help_text=gettext_lazy("With the columns name and date, for example “Works outing,2027-06-18”."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    submit_label = gettext_lazy("Check the file")

    def clean_file(self) -> bytes:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(gettext_lazy("The file is too large: at most 200 kB."))
        content: bytes = upload.read()
        return content


def _minute(value: time | None) -> int | None:
    return None if value is None else value.hour * 60 + value.minute


def as_time(minute: int | None) -> time | None:
    """A stored minute for a box; the end of the day is 00:00."""
    return None if minute is None else time(minute % DAY // 60, minute % 60)
