"""The platform's defaults of the telephone system, on the management host."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.forms.settings import SettingsForm
from extensions.services.platform_defaults import change_platform_settings, platform_holding, platform_settings
from extensions.views.settings import RESET
from portal.core.pages import FormPage
from portal.permissions import Perm


class PlatformForm(SettingsForm):
    """Settings of all topics at once."""

    topics = {  # noqa: RUF012
        "caller_id": _("Caller ID"),
        "limit": _("Limits"),
        "presence": _("Status by schedule"),
        "monitoring": _("Live board"),
        "recording": _("Recording"),
        "voicemail": _("Voicemail"),
    }


class PlatformDefaults(FormPage):
    """Values that hold in every tenant until template, company, team or extension says something else."""

    permission = Perm.PLATFORM_WRITE
    template = "extensions/settings_page.html"
    form_class = PlatformForm
    title = _("Defaults of the telephone system")
    lead = _("They hold in every tenant where nobody says otherwise. Locked ones hold everywhere.")
    done_message = _("Defaults saved. Every tenant has them.")

    def form_arguments(self) -> dict[str, Any]:
        return {"settings": platform_settings(), "holding": platform_holding(), "lockable": True}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.POST.get(RESET, "")
        if key in {one.key for one in platform_settings()}:
            change_platform_settings(values={}, resets=[key])
            return self.redirect(self.here())
        return super().post(request, *args, **kwargs)

    def here(self) -> str:
        return reverse("platform:defaults")

    def perform(self, form: SettingsForm) -> str:
        change_platform_settings(values=form.changed(), locks=form.locks())
        return self.here()
