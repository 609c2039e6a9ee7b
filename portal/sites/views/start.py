"""The start page of a tenant: what needs somebody, what there is, what holds now, who was inside (REG-26, LNT-01)."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from extensions.check_selectors import severity_chip
from extensions.live_selectors import calls_now
from extensions.selectors import queue_state
from portal.core.pages import Page
from portal.permissions import Perm
from portal.sites.today import Now, Today, now, today
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
        user, at = self.request.user, timezone.now()
        found: dict[str, Any] = {"tasks": open_tasks()} if user.may(Perm.SETTING_UPDATE) else {}
        if self.request.tenant.kind == TenantKind.TEMPLATE:
            return {**found, "is_template": True}
        counted = today(user, at=at)
        found |= {"today": counted, "at": at, "findings": [(severity_chip(one), one, n) for one, n in counted.findings]}
        found["live"], found["channels_url"] = calls_now(), reverse("extensions:live_channels")
        found["now"] = held = now(at=at) if user.may(Perm.SCHEDULE_READ) else Now()
        if user.may(Perm.SETTING_UPDATE):
            found["first_steps"] = first_steps(counted, held)
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


def first_steps(found: Today, held: Now) -> list[dict[str, Any]]:
    """How a new telephone system is set up, step by step; empty once each step was taken."""
    steps = [
        {
            "title": _("Create extensions"),
            "text": _("A number, a name, and the person behind it."),
            "done": found.used > 0,
            "url": reverse("extensions:create"),
            "label": _("Create extension"),
        },
        {
            "title": _("Say when you are open"),
            "text": _("Make a schedule, and choose it as the company's hours."),
            "done": bool(held.schedules),
            "url": reverse("extensions:schedules"),
            "label": _("Schedules"),
        },
        {
            "title": _("Put people into teams"),
            "text": _("A team with a number rings together or in turn."),
            "done": found.teams > 0,
            "url": reverse("extensions:team_create"),
            "label": _("Create team"),
        },
        {
            "title": _("Register the telephones"),
            "text": _("By their MAC addresses, one by one or from a file."),
            "done": found.telephones > 0,
            "url": reverse("extensions:phones"),
            "label": _("Telephones"),
        },
    ]
    return [] if all(one["done"] for one in steps) else steps
