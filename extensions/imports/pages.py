"""The pages of an upload in two steps. A topic says how its files are read, checked and committed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.imports.checked import Checked, Row, keep, kept
from portal.core.csv import csv_response
from portal.core.errors import DomainError
from portal.core.events import emit
from portal.core.exports import Exported
from portal.core.forms import PortalForm
from portal.core.pages.base import Page
from portal.core.pages.forms import FormPage

MOST_BYTES = 2 * 1024 * 1024
SHOWN = 200  # rows and problems that a page shows; the list of problems has all


class UploadForm(PortalForm):
    file = forms.FileField(
        label=gettext_lazy("CSV file"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"})
    )
    submit_label = gettext_lazy("Check the file")

    def clean_file(self) -> bytes:
        """What is in the file, if it is not too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB. Divide it."))
        return bytes(file.read())


class KeptForm(PortalForm):
    """The second step: the checked rows, and how many of them the person saw as right."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)
    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)


class Upload(Page, abstract=True):
    """What all steps of one topic share: `purpose` (a word for the signature), columns, and where the list is."""

    purpose = ""
    columns: dict[str, Any]  # key → what the column is called in the preview
    list_title: Any = ""
    title: Any = ""
    lead: Any = ""
    example = ""

    def list_url(self) -> str:
        """Where the imported things are listed."""
        raise NotImplementedError(f"{type(self).__qualname__}.list_url")

    def step_url(self, step: str) -> str:
        """The address of “upload”, “commit” or “problems”."""
        raise NotImplementedError(f"{type(self).__qualname__}.step_url")

    def read(self, data: bytes) -> list[Row]:
        """The rows of a file. Raises a DomainError on `file`."""
        raise NotImplementedError(f"{type(self).__qualname__}.read")

    def check(self, rows: Sequence[Row]) -> Checked:
        """What is wrong with them."""
        raise NotImplementedError(f"{type(self).__qualname__}.check")

    def result(self, rows: Sequence[Row], *, refusal: str = "", status: int = 200) -> HttpResponse:
        """The page that shows what the check found, with the button that commits it."""
        checked = self.check(rows)
        good = checked.good
        signed = keep(rows, purpose=self.purpose, by=self.request.user)
        context = {
            "good": [[values[key] for key in self.columns] for _line, values in good[:SHOWN]],
            "good_count": len(good),
            "good_unshown": max(len(good) - SHOWN, 0),
            "wrong_count": len(checked.wrong_lines),
            "problems": checked.problems[:SHOWN],
            "problems_unshown": max(len(checked.problems) - SHOWN, 0),
            "kept": KeptForm(initial={"rows": signed, "expected": len(good)}),
            "heading": list(self.columns.values()),
            "refusal": refusal,
        }
        context["urls"] = {step: self.step_url(step) for step in ("upload", "commit", "problems")}
        self.template = "imports/result.html"
        return self.page(context, status=status)


class UploadPage(Upload, FormPage, abstract=True):
    """First step: choose a file. What the check found is the answer; nothing is written."""

    template = "imports/upload.html"
    form_class = UploadForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.build(request.POST, request.FILES)
        if not form.is_valid():
            return self.page({"form": form, **self.context()}, status=422)
        try:
            rows = self.read(form.cleaned_data["file"])
        except DomainError as refusal:
            return self.refused(form, refusal)
        return self.result(rows)


class CommitPage(Upload, abstract=True):
    """Second step: write what was shown."""

    http_method_names = ["post", "options"]

    def commit(self, rows: Sequence[Row], expected: int) -> int:
        """Call one service, which refuses unless `expected` rows are right, and return how many were written."""
        raise NotImplementedError(f"{type(self).__qualname__}.commit")

    def done_message(self, written: int) -> str:
        """What the list says afterwards."""
        raise NotImplementedError(f"{type(self).__qualname__}.done_message")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = KeptForm(request.POST)
        try:
            rows = _rows(form, self)
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(self.step_url("upload"))
        try:
            written = self.commit(rows, form.cleaned_data["expected"] or 0)
        except DomainError as refusal:
            return self.result(rows, refusal=refusal.message, status=422)
        messages.success(request, self.done_message(written))
        return HttpResponseRedirect(self.list_url())


class ProblemsPage(Upload, abstract=True):
    """The list of problems as a file, to mend the source with."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            checked = self.check(_rows(KeptForm(request.POST), self))
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(self.step_url("upload"))
        name = f"{self.purpose}-problems"
        emit(Exported(file=f"{name}.csv", page=request.path, query=""))
        lines = [[one.line, one.column, one.value, one.sentence] for one in checked.problems]
        return csv_response(name, [_("Line"), _("Column"), _("Value"), _("Problem")], lines)


def _rows(form: KeptForm, page: Upload) -> list[Row]:
    form.is_valid()
    return kept(form.cleaned_data.get("rows", ""), purpose=page.purpose, by=page.request.user)
