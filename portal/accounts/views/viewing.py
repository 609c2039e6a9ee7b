"""Beginning and ending “view as role” (ROL-10)."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.services.roles import grantable_roles
from portal.accounts.viewing import begin_view, end_view
from portal.core.pages import ActionPage
from portal.permissions import Perm


class ViewAs(ActionPage):
    """Only roles that this person could give; others are not there."""

    permission = Perm.ROLE_ASSIGN

    def perform(self) -> str:
        role = next((one for one in grantable_roles(by=self.request.user) if one.pk == self.kwargs["pk"]), None)
        if role is None:
            raise Http404
        begin_view(self.request, role)
        return reverse("home")


class ViewAsLeave(ActionPage):
    permission = Perm.OWN_USE
    done_message = _("You see your own pages again.")

    def perform(self) -> str:
        end_view(self.request)
        return reverse("home")
