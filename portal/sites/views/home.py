"""The management host's front door."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal.core.pages import Page
from portal.permissions import Perm
from portal.sites.navigation import navigation_for


class FirstPage(Page):
    """Leads to the first page that this person may open."""

    permission = Perm.OWN_USE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = [item.url for section in navigation_for(request) for item in section.items]
        return HttpResponseRedirect(found[0] if found else reverse("usersessions_list"))
