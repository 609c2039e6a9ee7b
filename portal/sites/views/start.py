"""The start page of a tenant: what is to do, what there is, who was inside (REG-26)."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from extensions.selectors import queue_state, usage
from portal.accounts.models import SupportSession
from portal.core.pages import Page
from portal.permissions import Perm
from tenants.models import TenantKind


class StartPage(Page):
    """Administrators see the telephone system; everybody else is led to their own telephone."""

    permission = Perm.OWN_USE
    template = "extensions/start.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.may(Perm.EXTENSION_READ):
            return HttpResponseRedirect(reverse("extensions:me"))
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        user = self.request.user
        template = self.request.tenant.kind == TenantKind.TEMPLATE
        found: dict[str, Any] = {"is_template": True} if template else {"usage": usage()}
        if user.may(Perm.SETTING_UPDATE):
            found["tasks"] = open_tasks()
        if user.may(Perm.SUPPORT_READ):
            found["visits"] = list(SupportSession.objects.order_by("-started_at", "pk")[:3])
        return found


def open_tasks() -> list[dict[str, Any]]:
    """What is still to do before the queues work as they should; empty when nothing is."""
    state, tasks = queue_state(), []
    if not state.draft.callback_folder_email:
        tasks.append(
            {
                "title": _("Configure the Callback Folder e-mail address"),
                "text": _("Requests to be called back are sent to this mailbox. Save the address, then publish it."),
                "url": reverse("extensions:queue_parameters"),
                "label": _("Configure"),
            }
        )
    elif state.differences:
        tasks.append(
            {
                "title": _("Publish the changed queue parameters"),
                "text": _("The queues go on with the old values until you publish the new ones."),
                "url": reverse("extensions:queue_parameters"),
                "label": _("Look and publish"),
            }
        )
    return tasks
