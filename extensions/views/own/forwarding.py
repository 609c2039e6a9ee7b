"""My forwarding: what happens to my calls in each status, from inside and outside."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.callflow.effects import row_effects
from extensions.callflow.words import forward_sentence, sentence_settings
from extensions.forms.calls.profile import ProfileForm, keys_of_row, settings_of_profile
from extensions.models import AgentStatus, StatusKind
from extensions.presence_selectors import usable_statuses
from extensions.services.settings import change_settings, reset_settings
from extensions.settings.catalogue.forwarding import Origin
from extensions.settings.registry import Setting
from extensions.settings.resolve import Effective
from extensions.settings.subjects import Subject, effective_settings
from extensions.views.own.base import OwnFormPage
from extensions.views.settings import RESET
from portal.core.errors import DomainError
from portal.permissions import Perm


class MyForwarding(OwnFormPage):
    """One status at a time; which one is in the address."""

    permission = Perm.OWN_CALLS
    template = "own/forwarding.html"
    form_class = ProfileForm
    done_message = _("Forwarding saved.")

    def statuses(self) -> list[AgentStatus]:
        if not hasattr(self, "_statuses"):
            self._statuses = usable_statuses(by_themselves=False)
        return self._statuses

    def status(self) -> AgentStatus:
        """The status that the page is about: the one asked for, else the first."""
        asked = self.request.GET.get("status")
        return next((one for one in self.statuses() if one.kind == asked), self.statuses()[0])

    def settings(self) -> list[Setting]:
        """The settings of the status, in the order of the matrix."""
        return settings_of_profile(StatusKind(self.status().kind))

    def held(self) -> dict[str, Effective]:
        """What holds for them; read once."""
        if not hasattr(self, "_held"):
            wanted = {one.key: one for one in [*self.settings(), *sentence_settings()]}
            self._held = effective_settings(Subject(extension=self.extension()), wanted.values())
        return self._held

    def form_arguments(self) -> dict[str, Any]:
        shown = self.settings()
        effects = row_effects(self.held(), StatusKind(self.status().kind), self.extension())
        return {"settings": shown, "holding": {one.key: self.held()[one.key] for one in shown}, "effects": effects}

    def here(self) -> str:
        """The address of this status's page."""
        return f"{reverse('extensions:me_forwarding')}?status={self.status().kind}"

    def context(self) -> dict[str, Any]:
        kind = StatusKind(self.status().kind)
        sentences = [(origin.label, forward_sentence(self.held(), kind, origin, own=True)) for origin in Origin]
        return {"status": self.status(), "statuses": self.statuses(), "sentences": sentences, "may_write": True}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.POST.get(RESET, "")
        if key in {one.key for one in self.settings()}:
            self._reset(key)
            return self.redirect(self.here())
        return super().post(request, *args, **kwargs)

    def perform(self, form: ProfileForm) -> str:
        change_settings(subject=Subject(extension=self.extension()), values=form.changed(), by=self.request.user)
        return self.here()

    def _reset(self, key: str) -> None:
        try:
            reset_settings(subject=Subject(extension=self.extension()), keys=keys_of_row(key), by=self.request.user)
        except DomainError as refusal:
            messages.error(self.request, refusal.message)
