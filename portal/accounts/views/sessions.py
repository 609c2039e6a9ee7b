"""One's own sessions, and ending them (SEC-05)."""

from typing import Any

from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Window
from django.db.models.aggregates import Count
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormView

from portal.accounts.services.sessions import end_session, end_sessions
from portal.core.pages import ActionPage
from portal.permissions import Perm

MOST = 50  # sessions that are shown, those used last first


class SessionList(ListUserSessionsView):
    """allauth's page, which asks the database once for each session, with one query for all."""

    form_class = Form

    def get_form_kwargs(self) -> dict[str, Any]:
        return FormView.get_form_kwargs(self)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
        theirs = UserSession.objects.filter(Exists(alive), user=self.request.user)
        shown = list(theirs.annotate(total=Window(Count("pk"))).order_by("-last_seen_at", "-pk")[:MOST])
        count = shown[0].total if shown else 0
        told = {"sessions": shown, "session_count": count, "more": count - len(shown), "show_last_seen_at": True}
        return FormView.get_context_data(self, **kwargs) | told

    def form_valid(self, form: Form) -> HttpResponse:
        end_sessions(user=self.request.user, keep=self.request.session.session_key)
        messages.success(self.request, gettext("You are signed out everywhere else."))
        return HttpResponseRedirect(reverse("usersessions_list"))


class SessionEnd(ActionPage):
    permission = Perm.OWN_USE
    done_message = _("The session is ended.")

    def perform(self) -> str:
        session = get_object_or_404(UserSession, pk=self.kwargs["pk"], user=self.request.user)
        end_session(session=session)
        return reverse("usersessions_list")
