"""Pages over inheritable settings: show what holds and why, change it here, or reset it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from extensions.forms.settings import SettingsForm
from extensions.models import Level
from extensions.services.settings import change_settings, reset_settings
from extensions.settings.registry import Setting
from extensions.settings.subjects import Subject, effective_settings
from portal.core.errors import DomainError
from portal.core.pages import FormPage

RESET = "reset"


class SettingsPage(FormPage, abstract=True):
    """A form over the settings of one topic for one subject. Declares `settings` and says who the `subject` is.

    A button named `reset` with a setting's key as its value resets that one instead of saving the form.
    """

    form_class = SettingsForm
    template = "extensions/settings_page.html"
    title: Any = ""
    lead: Any = ""
    done_message = _("Settings saved.")

    def settings(self) -> list[Setting]:
        """The settings on this page, in order."""
        raise NotImplementedError(f"{type(self).__qualname__}.settings")

    def subject(self) -> Subject:
        """Whose settings these are."""
        raise NotImplementedError(f"{type(self).__qualname__}.subject")

    def here(self) -> str:
        """The page's own address, where a save leads back to."""
        return str(self.request.path)

    def form_arguments(self) -> dict[str, Any]:
        shown = [one for one in self.settings() if self.subject().level in one.levels]
        return {
            "settings": shown,
            "holding": effective_settings(self.subject(), shown),
            "lockable": self.subject().level != Level.EXTENSION,
        }

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.POST.get(RESET, "")
        if key in {one.key for one in self.settings()}:
            try:
                reset_settings(subject=self.subject(), keys=[key], by=request.user)
            except DomainError as refusal:
                messages.error(request, refusal.message)
            return self.redirect(self.here())
        return super().post(request, *args, **kwargs)

    def perform(self, form: SettingsForm) -> str:
        change_settings(subject=self.subject(), values=form.changed(), locks=form.locks(), by=self.request.user)
        return self.here()
