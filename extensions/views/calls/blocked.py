"""Blocked callers of the company and of extensions: list, add, let through, import and export (CTL-05)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from extensions.call_selectors import blocked_callers
from extensions.filters.calls import BlockedFilter
from extensions.forms.calls.lists import BlockForm
from extensions.models import BlockedCaller
from extensions.services.calls.blocked import block_caller, import_blocked, unblock_caller
from extensions.services.calls.blocked_file import COLUMNS, check_blocked_file
from extensions.tables.calls import BlockedTable
from extensions.views.calls.subjects import COMPANY_PAGES, EXTENSION_PAGES, OfSubject
from portal.core.csv import csv_response
from portal.core.errors import DomainError
from portal.core.forms import PortalForm
from portal.core.pages import FormPage, ListPage, Page
from portal.permissions import Perm

MOST_BYTES = 512 * 1024
SAMPLE = (
    ("number", "+6561112222", "in", "reject", "Sales calls"),
    ("prefix", "+65900", "both", "busy", ""),
    ("anonymous", "", "in", "voicemail", ""),
)


class BlockedList(OfSubject, ListPage, abstract=True):
    permission = Perm.CALL_CONTROL_READ
    template = "calls/blocked.html"
    table = BlockedTable
    filter = BlockedFilter
    export_name = "blocked-callers"
    section_name = "blocked"

    def rows(self) -> QuerySet:
        return blocked_callers(self.extension)

    def context(self) -> dict[str, Any]:
        # Templates call the block that they are in “block”.
        addresses = {"block_new": self.address("_block"), "block_import": self.address("_block_import")}
        return {**self.frame(), **addresses}


class CompanyBlocked(BlockedList):
    permission = Perm.CALL_CONTROL_READ
    sort = COMPANY_PAGES


class ExtensionBlocked(BlockedList):
    permission = Perm.CALL_CONTROL_READ
    sort = EXTENSION_PAGES


class BlockCaller(OfSubject, FormPage, abstract=True):
    permission = Perm.CALL_CONTROL_UPDATE
    template = "calls/block.html"
    form_class = BlockForm
    done_message = _("Caller blocked.")
    section_name = "blocked"

    def context(self) -> dict[str, Any]:
        return {**self.frame(), "back_url": self.address("_blocked")}

    def perform(self, form: BlockForm) -> str:
        block_caller(extension=self.extension, blocking=form.blocking(), by=self.request.user)
        return self.address("_blocked")


class CompanyBlock(BlockCaller):
    permission = Perm.CALL_CONTROL_UPDATE
    sort = COMPANY_PAGES


class ExtensionBlock(BlockCaller):
    permission = Perm.CALL_CONTROL_UPDATE
    sort = EXTENSION_PAGES


class Unblock(FormPage):
    """A confirm page; the line's own number is in the address."""

    permission = Perm.CALL_CONTROL_UPDATE
    template = "calls/confirm.html"
    form_class = PortalForm
    done_message = _("Let through from now on.")

    def blocked(self) -> BlockedCaller:
        rows = BlockedCaller.objects.select_related("extension")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def back(self, blocked: BlockedCaller) -> str:
        if blocked.extension is None:
            return reverse("extensions:calls_blocked")
        return reverse("extensions:extension_calls_blocked", args=[blocked.extension.number])

    def context(self) -> dict[str, Any]:
        blocked = self.blocked()
        return {
            "title": _("Let this caller through"),
            "text": _("Calls are no longer blocked: %(who)s.") % {"who": blocked},
            "submit_label": _("Let through"),
            "back_label": _("Blocked callers"),
            "cancel_url": self.back(blocked),
        }

    def perform(self, form: PortalForm) -> str:
        blocked = self.blocked()
        target = self.back(blocked)
        unblock_caller(blocked=blocked, by=self.request.user)
        return target


class ImportForm(PortalForm):
    """A file, or (from the page that shows what is in it) its text once more."""

    submit_label = _("Check the file")
    file = forms.FileField(label=_("CSV file"), required=False, help_text=_("UTF-8, at most 512 KB and 5,000 lines."))
    text = forms.CharField(required=False, widget=forms.HiddenInput, max_length=MOST_BYTES, strip=False)

    def clean_file(self) -> Any:
        found = self.cleaned_data["file"]
        if found is not None and found.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large. Divide it into files of at most 512 KB."))
        return found

    def content(self) -> bytes:
        """What the file holds."""
        found = self.cleaned_data.get("file")
        return found.read() if found else str(self.cleaned_data.get("text") or "").encode()


class BlockImport(OfSubject, Page, abstract=True):
    """Check first: every fault by line and column, and what would be added. Then commit."""

    permission = Perm.CALL_CONTROL_UPDATE
    template = "calls/block_import.html"
    section_name = "blocked"

    def context(self) -> dict[str, Any]:
        return {**self.frame(), "columns": COLUMNS, "back_url": self.address("_blocked")}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "sample" in request.GET:
            return csv_response("blocked-callers-sample", COLUMNS, SAMPLE)
        return self.page({"form": ImportForm(), **self.context()})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page({"form": form, **self.context()}, status=422)
        content = form.content()
        try:
            checked = check_blocked_file(content)
            if "commit" in request.POST and not checked.faults:
                return self._commit(checked.lines)
        except DomainError as refusal:
            form.add_error("file", str(refusal.message))
            return self.page({"form": form, **self.context()}, status=422)
        text = ImportForm(initial={"text": content.decode("utf-8-sig")})
        return self.page(
            {"form": ImportForm(), "kept": text, "checked": checked, **self.context()},
            status=422 if checked.faults else 200,
        )

    def _commit(self, lines: list[Any]) -> HttpResponse:
        added = import_blocked(extension=self.extension, lines=lines, by=self.request.user)
        words = ngettext("%(n)d line added.", "%(n)d lines added.", added) % {"n": added}
        messages.success(self.request, words)
        return FormPage.redirect(self, self.address("_blocked"))  # type: ignore[arg-type]


class CompanyBlockImport(BlockImport):
    permission = Perm.CALL_CONTROL_UPDATE
    sort = COMPANY_PAGES


class ExtensionBlockImport(BlockImport):
    permission = Perm.CALL_CONTROL_UPDATE
    sort = EXTENSION_PAGES
