"""Exceptions by caller and time, of the company and of extensions (CTL-09)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.call_selectors import call_exceptions
from extensions.callflow.words import destination_words
from extensions.forms.calls.lists import ExceptionForm
from extensions.models import CallException
from extensions.services.calls.exceptions import add_exception, edit_exception, move_exception, remove_exception
from extensions.services.destinations import Target
from extensions.views.calls.subjects import COMPANY_PAGES, EXTENSION_PAGES, OfSubject
from portal.core.forms import PortalForm
from portal.core.pages import ActionPage, FormPage, Page, VersionedFormPage
from portal.permissions import Perm


def list_of(exception: CallException) -> str:
    """The list that an exception stands in."""
    if exception.extension is None:
        return reverse("extensions:calls_exceptions")
    return reverse("extensions:extension_calls_exceptions", args=[exception.extension.number])


class ExceptionList(OfSubject, Page, abstract=True):
    permission = Perm.CALL_CONTROL_READ
    template = "calls/exceptions.html"
    section_name = "exceptions"

    def context(self) -> dict[str, Any]:
        rows = [
            (one, destination_words(one.destination) if one.destination else _("rings all the same"))
            for one in call_exceptions(self.extension)
        ]
        return {**self.frame(), "rows": rows, "add_url": self.address("_exception")}


class CompanyExceptions(ExceptionList):
    permission = Perm.CALL_CONTROL_READ
    sort = COMPANY_PAGES


class ExtensionExceptions(ExceptionList):
    permission = Perm.CALL_CONTROL_READ
    sort = EXTENSION_PAGES


class ExceptionAdd(OfSubject, FormPage, abstract=True):
    permission = Perm.CALL_CONTROL_UPDATE
    template = "calls/exception.html"
    form_class = ExceptionForm
    done_message = _("Exception added.")
    section_name = "exceptions"

    def context(self) -> dict[str, Any]:
        return {"title": _("Add exception"), "back_url": self.address("_exceptions"), "extension": self.extension}

    def perform(self, form: ExceptionForm) -> str:
        add_exception(extension=self.extension, facts=form.facts(), by=self.request.user)
        return self.address("_exceptions")


class CompanyExceptionAdd(ExceptionAdd):
    permission = Perm.CALL_CONTROL_UPDATE
    sort = COMPANY_PAGES


class ExtensionExceptionAdd(ExceptionAdd):
    permission = Perm.CALL_CONTROL_UPDATE
    sort = EXTENSION_PAGES


class OneException:
    """Finds the exception in the address."""

    kwargs: dict[str, Any]

    def current(self) -> CallException:
        if not hasattr(self, "_exception"):
            rows = CallException.objects.select_related("extension", "destination", "schedule")
            self._exception = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._exception


class ExceptionEdit(OneException, VersionedFormPage):
    permission = Perm.CALL_CONTROL_UPDATE
    template = "calls/exception.html"
    form_class = ExceptionForm
    done_message = _("Exception saved.")

    def initial(self) -> dict[str, Any]:
        one = self.current()
        facts = {name: getattr(one, name) for name in ("label", "prefix", "schedule")}
        target = Target.of(one.destination) if one.destination else None
        return {**facts, "when_open": "1" if one.when_open else "0", "target": target}

    def context(self) -> dict[str, Any]:
        one = self.current()
        return {"title": _("Edit exception"), "back_url": list_of(one), "extension": one.extension, "exception": one}

    def perform(self, form: ExceptionForm) -> str:
        facts, version = form.facts(), form.cleaned_data["version"]
        edit_exception(exception=self.current(), facts=facts, version=version, by=self.request.user)
        return list_of(self.current())


class ExceptionRemove(OneException, FormPage):
    permission = Perm.CALL_CONTROL_UPDATE
    template = "calls/confirm.html"
    form_class = PortalForm
    done_message = _("Exception removed.")

    def context(self) -> dict[str, Any]:
        one = self.current()
        return {
            "title": _("Remove exception"),
            "text": _("Calls no longer go by the exception “%(name)s”.") % {"name": one.label},
            "submit_label": _("Remove exception"),
            "back_label": _("Exceptions"),
            "cancel_url": list_of(one),
        }

    def perform(self, form: PortalForm) -> str:
        target = list_of(self.current())
        remove_exception(exception=self.current(), by=self.request.user)
        return target


class ExceptionMove(OneException, ActionPage):
    permission = Perm.CALL_CONTROL_UPDATE

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.current()
        return super().post(request, *args, **kwargs)

    def perform(self) -> str:
        steps = -1 if self.kwargs["direction"] == "up" else 1
        move_exception(exception=self.current(), steps=steps, by=self.request.user)
        return list_of(self.current())
