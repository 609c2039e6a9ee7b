"""What a tenant's owner sees of guests (TEN-05), and the way out for a visit to the management host."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.handoff import issue
from portal.accounts.models import SupportSession
from portal.accounts.models.user import UserKind
from portal.accounts.services import end_support_session
from portal.accounts.tables.support import SupportTable
from portal.accounts.views.handoff import go_page
from portal.core.addresses import origin_beside, origin_here
from portal.core.pages import ActionPage, ListPage, Page
from portal.permissions import Perm


class SupportList(ListPage):
    permission = Perm.SUPPORT_READ
    template = "accounts/support_list.html"
    partial = "accounts/_support_table.html"
    table = SupportTable
    export_name = "support-sessions"

    def rows(self) -> QuerySet:
        return SupportSession.objects.all()


class SupportEnd(ActionPage):
    permission = Perm.SUPPORT_END
    done_message = _("The support session is ended.")

    def perform(self) -> str:
        session = get_object_or_404(SupportSession, pk=self.kwargs["pk"])
        end_support_session(session=session, by_name=str(self.request.user), at=timezone.now())
        return reverse("accounts:support_sessions")

    def refused_to(self) -> str:
        return reverse("accounts:support_sessions")


class VisitPage(Page, abstract=True):
    """A tenant's administrator goes to a page of the management host as a guest."""

    permission = Perm.VISIT_OPEN
    template = "accounts/visit.html"
    heading: Any = ""
    lead: Any = ""

    def path(self) -> str:
        """The page on the management host."""
        return "/"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        host = settings.PORTAL_MANAGEMENT_FQDN
        token = issue(
            actor=request.user,
            reason=str(self.heading),
            target_schema="public",
            target_host=host,
            kind=UserKind.VISITOR,
            origin=origin_here(request),
            path=self.path(),
        )
        return go_page(request, token=token, target=origin_beside(request, host), place=settings.PORTAL_COMPANY)


class Visit(VisitPage):
    """“Register another tenant”."""

    heading = _("Register another tenant")
    lead = _("New tenants are ordered on the host of your provider. You go there as a guest for 30 minutes at most.")

    def path(self) -> str:
        return reverse("register:start", urlconf=settings.PUBLIC_SCHEMA_URLCONF)
