"""What people choose for themselves, and the reason of a support session."""

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.accounts.models.user import Theme
from portal.core.forms import PortalForm


class PreferencesForm(PortalForm):
    """How the pages look and speak for this person."""

    theme = forms.ChoiceField(label=_("Colours"), choices=Theme.choices, widget=forms.RadioSelect)
    compact = forms.BooleanField(label=_("Dense tables"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("As the browser asks")), *settings.LANGUAGES]
        zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        self.fields["time_zone"].choices = [("", _("As the company's")), ("UTC", "UTC"), *((one, one) for one in zones)]


class ReasonForm(PortalForm):
    """Why somebody enters a tenant that is not theirs; the tenant's owner reads it."""

    submit_label = _("Enter")

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        min_length=5,
        help_text=_("The owner of the tenant gets it by mail and sees it in the list of support sessions."),
    )
