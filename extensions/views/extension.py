"""Extensions: the list, and one of them (EXT-03, EXT-04)."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.emergency import PLACE, demanding_source
from extensions.filters.extension import ExtensionFilter
from extensions.models import Extension, ExtensionState, Team
from extensions.overview import overview_of, whole_extensions
from extensions.selectors import extensions, listed_extensions
from extensions.states import EXTENSION_MOVES
from extensions.tables.extension import ExtensionTable
from extensions.views.glance import Glance
from extensions.views.shown_once import shown_once
from portal.core.chips import chip_of
from portal.core.pages import ListPage, Page
from portal.core.phone_numbers import for_people
from portal.permissions import Perm


class ExtensionList(ListPage):
    permission = Perm.EXTENSION_READ
    template = "extensions/extension_list.html"
    table = ExtensionTable
    filter = ExtensionFilter
    export_name = "extensions"

    def rows(self) -> QuerySet[Extension]:
        return listed_extensions()


class OneExtension(Page, abstract=True):
    """A page about the extension whose number is in the address."""

    def extension(self) -> Extension:
        return get_object_or_404(extensions(), number=self.kwargs["number"])


class ExtensionDetail(OneExtension):
    permission = Perm.EXTENSION_READ
    template = "extensions/extension_detail.html"

    def extension(self) -> Any:
        return get_object_or_404(whole_extensions(), number=self.kwargs["number"])

    def context(self) -> dict[str, Any]:
        extension = self.extension()
        overview = overview_of(extension, at=timezone.now())
        glance = Glance(overview, self.request.user)
        user, state = extension.user, chip_of(ExtensionState(extension.state))
        number = getattr(extension, "outside_number", None)
        facts = [
            {"label": _("Status"), "chip": state},
            {"label": _("Number"), "value": extension.number, "mono": True},
            {"label": _("Outside number"), "value": for_people(getattr(number, "e164", ""))},
            {"label": _("Add-ons"), "value": extension.addon_names},
            {"label": _("Directory name"), "value": extension.directory_name},
            {"label": _("User"), "value": user.username if user else _("Nobody")},
            {"label": _("Business e-mail address"), "value": extension.email},
            {"label": _("Mobile number"), "value": for_people(extension.mobile)},
        ]
        return {
            "extension": extension,
            "facts": facts,
            "chip": state,
            "glance": glance,
            "joined": [Team(pk=row["pk"], name=row["name"]) for row in extension.joined],
            "password": shown_once(self.request, extension),
            "place_demanded": "" if overview.settings[PLACE].value else demanding_source(),
            "live_url": reverse("extensions:extension_live", args=[extension.number]),
            "may_suspend": EXTENSION_MOVES.allows(extension, ExtensionState.SUSPENDED),
        }
