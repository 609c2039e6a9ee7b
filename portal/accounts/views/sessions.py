"""Ending one of one's own sessions (SEC-05); the list is allauth's."""

from allauth.usersessions.models import UserSession
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.services.sessions import end_session
from portal.core.pages import ActionPage
from portal.permissions import Perm


class SessionEnd(ActionPage):
    permission = Perm.OWN_USE
    done_message = _("The session is ended.")

    def perform(self) -> str:
        session = get_object_or_404(UserSession, pk=self.kwargs["pk"], user=self.request.user)
        end_session(session=session)
        return reverse("usersessions_list")
