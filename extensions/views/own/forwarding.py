"""My forwarding: what happens to my calls in each status, from inside and outside."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.models import AgentStatus
from extensions.presence_selectors import usable_statuses
from extensions.settings.registry import Setting, starting_with
from extensions.settings.subjects import Subject
from extensions.views.own.base import OwnFormPage
from extensions.views.settings import SettingsPage
from portal.permissions import Perm


class MyForwarding(OwnFormPage, SettingsPage):
    """One status at a time; which one is in the address."""

    permission = Perm.OWN_CALLS
    template = "own/forwarding.html"
    title = _("Forwarding")

    def statuses(self) -> list[AgentStatus]:
        if not hasattr(self, "_statuses"):
            self._statuses = usable_statuses(by_themselves=False)
        return self._statuses

    def status(self) -> AgentStatus:
        """The status that the page is about: the one asked for, else the first."""
        asked = self.request.GET.get("status")
        return next((one for one in self.statuses() if one.kind == asked), self.statuses()[0])

    def settings(self) -> list[Setting]:
        return starting_with(f"forward.{self.status().kind}.")

    def subject(self) -> Subject:
        return Subject(extension=self.extension())

    def here(self) -> str:
        return f"{reverse('extensions:me_forwarding')}?status={self.status().kind}"

    def context(self) -> dict[str, Any]:
        return {"status": self.status(), "statuses": self.statuses()}
