"""Which agent statuses exist and what they do (PRS-01, PRS-04, PRS-06)."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.forms.statuses import ReplacementForm, StatusForm
from extensions.models import AgentStatus
from extensions.services.statuses import (
    StatusRules,
    edit_status,
    move_status,
    switch_off_status,
    switch_on_status,
    uses_of,
)
from extensions.status_picture import status_picture
from portal.core.pages import ActionPage, FormPage, Page, VersionedFormPage
from portal.permissions import Perm


class StatusList(Page):
    permission = Perm.STATUS_READ
    template = "presence/statuses.html"

    def context(self) -> dict[str, Any]:
        return {"picture": status_picture()}


class OneStatus(Page, abstract=True):
    """A page about the status whose kind is in the address."""

    def current(self) -> AgentStatus:
        if not hasattr(self, "_status"):
            found = AgentStatus.objects.filter(kind=self.kwargs["kind"]).first()
            if found is None:
                raise Http404
            self._status = found
        return self._status

    def context(self) -> dict[str, Any]:
        return {"status": self.current()}


class StatusEdit(OneStatus, VersionedFormPage):
    permission = Perm.STATUS_UPDATE
    template = "presence/status_edit.html"
    form_class = StatusForm
    done_message = _("Status saved.")

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.current(), name) for name in StatusForm.base_fields}

    def perform(self, form: StatusForm) -> str:
        facts = dict(form.cleaned_data)
        version = facts.pop("version")
        edit_status(status=self.current(), rules=StatusRules(**facts), by=self.request.user, version=version)
        return reverse("extensions:agent_statuses")


class StatusOff(OneStatus, FormPage):
    permission = Perm.STATUS_UPDATE
    template = "presence/status_off.html"
    form_class = ReplacementForm
    done_message = _("Status switched off.")

    def form_arguments(self) -> dict[str, Any]:
        return {"going": self.current()}

    def context(self) -> dict[str, Any]:
        uses = uses_of(self.current())
        return {"status": self.current(), "uses": uses, "in_use": any(uses.values())}

    def perform(self, form: ReplacementForm) -> str:
        replacement = form.cleaned_data["replacement"]
        by, at = self.request.user, timezone.now()
        switch_off_status(status=self.current(), replacement=replacement, by=by, at=at)
        return reverse("extensions:agent_statuses")


class StatusVerb(OneStatus, ActionPage, abstract=True):
    """A verb on one status, from the list."""

    permission = Perm.STATUS_UPDATE

    def refused_to(self) -> str:
        return reverse("extensions:agent_statuses")


class StatusOn(StatusVerb):
    permission = Perm.STATUS_UPDATE
    done_message = _("Status switched on.")

    def perform(self) -> str:
        switch_on_status(status=self.current(), by=self.request.user)
        return self.refused_to()


class StatusMove(StatusVerb):
    """One place up or down; the direction is the last part of the address."""

    permission = Perm.STATUS_UPDATE

    def perform(self) -> str:
        move_status(status=self.current(), up=self.kwargs["direction"] == "up", by=self.request.user)
        return self.refused_to()
