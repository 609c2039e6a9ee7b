"""What the pages about one template share."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from licensing.bulk.needs import Need
from licensing.bulk.selectors import templates_with_addon_names
from licensing.bulk.states import BUTTONS
from licensing.models import AssignmentTemplate, BulkState
from licensing.views.offers import offer_more
from portal.core.chips import chip_of
from portal.permissions import Perm


class OneTemplate:
    """A page about the template whose UUID is in the address. `button` names the button that leads here: in a state
    without it the page is not there, either."""

    button = ""
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def template_row(self) -> AssignmentTemplate:
        """The template; read once per request."""
        found: AssignmentTemplate = get_object_or_404(self.templates(), uuid=self.kwargs["uuid"])
        return found

    def templates(self) -> QuerySet[AssignmentTemplate]:
        """Among these it is looked for, with all that the page shows of it."""
        return templates_with_addon_names()

    @property
    def addon_names(self) -> list[str]:
        """What the template's add-ons are called."""
        return list(self.template_row.addon_names)  # type: ignore[attr-defined] # read with the template

    @property
    def is_draft(self) -> bool:
        return self.template_row.state == BulkState.DRAFT

    @property
    def may_change(self) -> bool:
        return self.is_draft and self.request.user.may(Perm.LICENCE_UPDATE)

    def url(self, name: str, *more: Any) -> str:
        """The address of another page about this template."""
        return reverse(f"licensing:bulk_{name}", args=[self.template_row.uuid, *more])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        may = request.user.is_authenticated and request.user.may(self.permission)  # type: ignore[attr-defined]
        if may and self.button and self.button not in BUTTONS[BulkState(self.template_row.state)]:
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def shared(self) -> dict[str, Any]:
        """What every template of these pages shows."""
        row = self.template_row
        return {"shown": row, "state": chip_of(BulkState(row.state)), "may_change": self.may_change}

    def shortage(self, short: list[Need]) -> dict[str, Any]:
        """Where a run finds too few licenses: `short`, and `offer`, a sentence with the link to get more."""
        told = _("There are too few licenses to assign everybody.")
        return {"short": short, "offer": offer_more(self.request.user, told) if short else ""}
