"""Saved views of lists (UXP-02): two verbs; the lists themselves show them."""

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms.saved_views import SavedViewForm
from portal.accounts.models import SavedView
from portal.accounts.services import delete_view, save_view
from portal.core.errors import DomainError
from portal.core.pages import ActionPage
from portal.permissions import Perm

_PASSING = ("page", "export")  # of a list's address, what is not worth keeping


class BadView(DomainError):
    """What was sent is no list."""


class ViewSave(ActionPage):
    permission = Perm.OWN_USE
    done_message = _("The view is saved.")

    def perform(self) -> str:
        form = SavedViewForm(self.request.POST)
        if not form.is_valid():
            raise BadView(" ".join(error for errors in form.errors.values() for error in errors))
        told = form.cleaned_data
        address = _list_address(told["page"])
        view = save_view(user=self.request.user, page=told["page"], name=told["name"], query=_kept(told["query"]))
        return f"{address}?{view.query}" if view.query else address


class ViewDelete(ActionPage):
    permission = Perm.OWN_USE
    done_message = _("The view is deleted.")

    def perform(self) -> str:
        view = get_object_or_404(SavedView, pk=self.kwargs["pk"], user=self.request.user)
        address = _list_address(view.page)
        delete_view(view=view)
        return address


def _list_address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch as unknown:
        raise BadView(str(_("There is no such list."))) from unknown


def _kept(query: str) -> str:
    asked = QueryDict(query.lstrip("?"), mutable=True)
    for name in _PASSING:
        asked.pop(name, None)
    return asked.urlencode()[:1000]
