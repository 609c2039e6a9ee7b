"""My telephone: my status with big buttons, why it is so, what happens to calls, my numbers (PRS-01)."""

from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.callflow.words import forward_sentence, sentence_settings
from extensions.forms.statuses import WishForm
from extensions.models import AgentStatus, StatusKind, StatusSource
from extensions.presence_selectors import own_teams, status_now, usable_statuses
from extensions.services.presence import set_status
from extensions.settings.catalogue.forwarding import Origin
from extensions.settings.subjects import Subject, effective_settings
from extensions.views.own.base import OwnFormPage, OwnPage
from portal.core.pages import FormPage
from portal.core.phone_numbers import for_people
from portal.permissions import Perm


class MyHome(OwnPage, abstract=True):
    """What the start page of an end user shows, with and without a refused status."""

    template = "own/home.html"

    def statuses(self) -> list[AgentStatus]:
        """Those that are in use, in order; read once."""
        if not hasattr(self, "_statuses"):
            self._statuses = usable_statuses(by_themselves=False)
        return self._statuses

    def choosable(self) -> list[AgentStatus]:
        return [one for one in self.statuses() if one.set_by_agent]

    def available(self) -> str:
        return next((one.label for one in self.statuses() if one.kind == StatusKind.AVAILABLE), "")

    def context(self) -> dict[str, Any]:
        extension = self.extension()
        now = status_now(extension, at=timezone.now(), available=self.available(), own=True)
        held = effective_settings(Subject(extension=extension), sentence_settings())
        outside, inside = (
            forward_sentence(held, now.kind, origin, own=True) for origin in (Origin.EXTERNAL, Origin.INTERNAL)
        )
        return {
            "extension": extension,
            "now": now,
            "statuses": self.choosable(),
            "outside": outside,
            "inside": "" if inside == outside else inside,
            "numbers": self._numbers(),
            "flow_url": self._flow_url(),
        }

    def _numbers(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = [{"label": _("Extension"), "value": self.extension().number, "mono": True}]
        if connection.tenant.ani:
            found.append({"label": _("Company"), "value": for_people(connection.tenant.ani), "mono": True})
        for team in own_teams(self.extension()):
            found.append({"label": team.name, "value": team.number or _("No number"), "mono": bool(team.number)})
        return found

    def _flow_url(self) -> str:
        if not self.request.user.may(Perm.CALL_FLOW_READ):
            return ""
        return f"{reverse('extensions:call_flow')}?dialled={self.extension().number}"


class MyTelephone(MyHome):
    permission = Perm.OWN_USE

    def context(self) -> dict[str, Any]:
        return {"form": WishForm(statuses=self.choosable()), **super().context()}


class MyStatus(MyHome, OwnFormPage, FormPage):
    """One press on a big button. A refusal shows the same page again."""

    permission = Perm.OWN_PRESENCE
    http_method_names = ["post", "options"]
    form_class = WishForm
    done_message = _("Status set.")

    def form_arguments(self) -> dict[str, Any]:
        return {"statuses": self.choosable()}

    def perform(self, form: WishForm) -> str:
        at, by = timezone.now(), self.request.user
        set_status(extension=self.extension(), wish=form.wish(at), source=StatusSource.USER, by=by, at=at)
        return reverse("extensions:me")
