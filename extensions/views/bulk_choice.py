"""A verb on many extensions that asks something first, and then says what would change."""

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.request import QueryDict

from extensions.models import Extension
from extensions.selectors import plan_where
from extensions.views.bulk import ExtensionsBulk
from portal.core.bulk import BulkPlan, SetChanged
from portal.core.forms import PortalForm
from portal.permissions import Perm


class ChoiceFirst(ExtensionsBulk, abstract=True):
    """`asked` is a field of the question: it is in what was sent as soon as somebody answered."""

    permission = Perm.EXTENSION_UPDATE
    asked = ""

    def question(self, data: QueryDict | None) -> PortalForm:
        """What is asked; without `data` while nobody was."""
        raise NotImplementedError(f"{type(self).__qualname__}.question")

    def fits(self) -> Q:
        """Which extensions the answer would change."""
        raise NotImplementedError(f"{type(self).__qualname__}.fits")

    def perform_chosen(self, rows: QuerySet[Extension], expected: int) -> int:
        """As `perform`, once there is an answer."""
        raise NotImplementedError(f"{type(self).__qualname__}.perform_chosen")

    @cached_property
    def choice(self) -> PortalForm:
        """The question with its answer."""
        return self.question(self.request.POST if self.asked in self.request.POST else None)

    @property
    def is_chosen(self) -> bool:
        return self.choice.is_valid()

    def carried(self) -> dict[str, Any]:
        return dict(self.choice.cleaned_data) if self.is_chosen else {}

    def plan(self, rows: QuerySet[Extension]) -> BulkPlan:
        return plan_where(rows, self.fits()) if self.is_chosen else BulkPlan(0, [], 0, [])

    def perform(self, rows: QuerySet[Extension], expected: int) -> int:
        if not self.is_chosen:
            raise SetChanged
        return self.perform_chosen(rows, expected)

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        if not self.is_chosen:
            self.template = "extensions/bulk_choice.html"
            context |= {"choice": self.choice}
        return super().page(context, status=422 if self.choice.errors else status)
