"""Forms about agent statuses: what one is, what replaces it, and setting somebody's."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.forms.fields import NameField
from extensions.models import AgentStatus, StatusKind
from extensions.services.presence import NOTE_LENGTH, Wish
from portal.core.forms import PortalForm

AT = "at"
MINUTES = (15, 30, 60, 120, 240)


class StatusForm(PortalForm):
    label = NameField(label=gettext_lazy("Name"), max_length=30)
    set_by_agent = forms.BooleanField(
        label=gettext_lazy("People may set it themselves"),
        required=False,
        help_text=gettext_lazy("Otherwise only managers set it, for the people in their teams."),
    )
    rings_team = forms.BooleanField(
        label=gettext_lazy("Team calls ring"),
        required=False,
        help_text=gettext_lazy("Whether calls to a team ring members who have this status."),
    )
    takes_queue = forms.BooleanField(
        label=gettext_lazy("Queue calls are offered"),
        required=False,
        help_text=gettext_lazy("Whether queues offer calls to people who have this status."),
    )
    submit_label = gettext_lazy("Save status")


class ReplacementForm(PortalForm):
    """What takes the place of a status that goes out of use."""

    replacement = forms.ModelChoiceField(
        label=gettext_lazy("Status that takes its place"),
        queryset=AgentStatus.objects.none(),
        required=False,
        empty_label=gettext_lazy("Choose a status"),
    )

    def __init__(self, *args: Any, going: AgentStatus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = AgentStatus.objects.filter(enabled=True).exclude(pk=going.pk)
        self.fields["replacement"].queryset = others.order_by("position", "pk")  # type: ignore[attr-defined]


class WishForm(PortalForm):
    """A status, until when, and why. `statuses` are those that may be chosen."""

    status = forms.ChoiceField(label=gettext_lazy("Status"))
    ends = forms.ChoiceField(label=gettext_lazy("Until"), required=False)
    until = forms.TimeField(
        label=gettext_lazy("Time of day"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("Only for “Until a time”. A time that has passed counts for tomorrow."),
    )
    note = NameField(
        label=gettext_lazy("Note"),
        max_length=NOTE_LENGTH,
        required=False,
        help_text=gettext_lazy("Colleagues can read it, for example “At the dentist”."),
    )
    submit_label = gettext_lazy("Set status")

    def __init__(self, *args: Any, statuses: list[AgentStatus], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(one.kind, one.label) for one in statuses]  # type: ignore[attr-defined]
        self.fields["ends"].choices = [  # type: ignore[attr-defined]
            ("", _("I change it")),
            *((str(minutes), _length(minutes)) for minutes in MINUTES),
            (AT, _("Until a time")),
        ]

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        if facts.get("ends") == AT and not facts.get("until") and "until" not in self.errors:
            self.add_error("until", _("Say until when, for example 14:30."))
        return facts

    def wish(self, at: datetime) -> Wish:
        """What was asked for at the moment `at`."""
        facts = self.cleaned_data
        return Wish(StatusKind(facts["status"]), until=self._until(at), note=facts["note"])

    def _until(self, at: datetime) -> datetime | None:
        ends = self.cleaned_data["ends"]
        if ends != AT:
            return at + timedelta(minutes=int(ends)) if ends else None
        local = timezone.localtime(at)
        found = datetime.combine(local.date(), self.cleaned_data["until"], local.tzinfo)
        return found if found > at else found + timedelta(days=1)


def _length(minutes: int) -> str:
    if minutes < 60:
        return _("For %(n)d minutes") % {"n": minutes}
    return _("For an hour") if minutes == 60 else _("For %(n)d hours") % {"n": minutes // 60}
