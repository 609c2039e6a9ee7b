"""How the pages look and speak for the person who is signed in."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms.preferences import PreferencesForm
from portal.accounts.services import change_preferences
from portal.core.pages import FormPage
from portal.permissions import Perm


class Preferences(FormPage):
    permission = Perm.OWN_USE
    template = "accounts/preferences.html"
    form_class = PreferencesForm
    done_message = _("Saved.")

    def initial(self) -> dict[str, Any]:
        user = self.request.user
        zone = str(user.time_zone) if user.time_zone else ""
        return {"theme": user.theme, "compact": user.compact, "language": user.language, "time_zone": zone}

    def perform(self, form: PreferencesForm) -> str:
        change_preferences(user=self.request.user, **form.cleaned_data)
        return reverse("accounts:preferences")
