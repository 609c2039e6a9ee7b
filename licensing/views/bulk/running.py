"""Starting a run, looking at it, ending it, taking it back (BLK-17, BLK-20, BLK-22 to BLK-26)."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from licensing.bulk.conflicts import WORDS
from licensing.bulk.selectors import dry_run, progress_of, report_rows
from licensing.bulk.start import ask_to_cancel, start_run
from licensing.bulk.states import ASSIGN, REPORT, USERS
from licensing.bulk.undo import start_undo
from licensing.filters_bulk import ReportFilter
from licensing.forms.bulk import ConfirmForm, StartForm
from licensing.models import AssignmentRow, BulkMode, BulkState, RowState, UndoState
from licensing.tables.bulk import ReportTable
from licensing.views.bulk.base import OneTemplate
from portal.core.pages import FormPage, ListPage, Page
from portal.permissions import Perm


class StartRun(OneTemplate, FormPage):
    """What the run needs against what there is, how it treats bad rows, and the button that starts it."""

    permission = Perm.LICENCE_UPDATE
    button = ASSIGN
    template = "licensing/bulk/start.html"
    form_class = StartForm

    def context(self) -> dict[str, Any]:
        plan = dry_run(self.template_row)
        return {**self.shared(), **self.shortage(plan.short), "plan": plan}

    def perform(self, form: StartForm) -> str:
        mode = BulkMode(form.cleaned_data["mode"])
        start_run(template=self.template_row, mode=mode, by=self.request.user, at=timezone.now())
        return self.url("report")


class DryRunPage(OneTemplate, Page):
    """What would be made and used, without writing anything."""

    permission = Perm.LICENCE_READ
    button = USERS
    template = "licensing/bulk/dry_run.html"

    def context(self) -> dict[str, Any]:
        if not self.is_draft:
            raise Http404
        rows = report_rows(self.template_row).filter(problems=[]).order_by("position")
        plan = dry_run(self.template_row)
        addons = plan.addons(self.template_row)
        return {**self.shared(), **self.shortage(plan.short), "plan": plan, "first_rows": rows[:20], "addons": addons}


class Report(OneTemplate, ListPage):
    """The result of each row, with totals; while the run goes on, its progress."""

    permission = Perm.LICENCE_READ
    button = REPORT
    template = "licensing/bulk/report.html"
    partial = "licensing/bulk/_report_table.html"
    table = ReportTable
    filter = ReportFilter

    @property
    def export_name(self) -> str:  # type: ignore[override]
        return f"{self.template_row.uuid}_report"

    def rows(self) -> QuerySet[AssignmentRow]:
        return report_rows(self.template_row)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.table = partial(ReportTable, addon_names=", ".join(self.addon_names))  # type: ignore[assignment]
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        return {**self.shared(), **_progress(self), "conflicts": _conflicts(self.template_row.conflicts)}


class ReportProgress(OneTemplate, Page):
    """The upper part of the report, which fetches itself until the run has ended; then the page is fetched anew."""

    permission = Perm.LICENCE_READ
    button = REPORT
    template = "licensing/bulk/_progress.html"

    def context(self) -> dict[str, Any]:
        return {**self.shared(), **_progress(self)}

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        response = super().page(context, status=status)
        if not context["progress"].is_running and self.request.headers.get("HX-Request") == "true":
            response["HX-Refresh"] = "true"
        return response


class CancelRun(OneTemplate, FormPage):
    permission = Perm.LICENCE_UPDATE
    button = REPORT
    template = "licensing/bulk/cancel.html"
    form_class = ConfirmForm
    done_message = _("The run ends after the users it is working on.")

    def context(self) -> dict[str, Any]:
        return {**self.shared(), "progress": progress_of(self.template_row)}

    def perform(self, form: ConfirmForm) -> str:
        ask_to_cancel(template=self.template_row, by=self.request.user, at=timezone.now())
        return self.url("report")


class UndoRun(OneTemplate, FormPage):
    permission = Perm.LICENCE_UPDATE
    button = REPORT
    template = "licensing/bulk/undo.html"
    form_class = ConfirmForm

    def context(self) -> dict[str, Any]:
        return {**self.shared(), "progress": progress_of(self.template_row)}

    def perform(self, form: ConfirmForm) -> str:
        start_undo(template=self.template_row, by=self.request.user, at=timezone.now())
        return self.url("report")


def _progress(page: Any) -> dict[str, Any]:
    row, user = page.template_row, page.request.user
    progress = progress_of(row)
    may = user.may(Perm.LICENCE_UPDATE)
    running = row.state == BulkState.IN_PROGRESS
    undoable = not progress.is_running and row.undo == UndoState.NONE and bool(progress.counts[RowState.ASSIGNED])
    return {
        "progress": progress,
        "poll_url": reverse("licensing:bulk_progress", args=[row.uuid]) if progress.is_running else "",
        "may_cancel": may and running and row.cancel_asked_at is None,
        "may_undo": may and undoable,
    }


def _conflicts(kept: list[Any]) -> dict[str, Any] | None:
    """What kept the run from being undone, in words."""
    if not kept:
        return None
    named = [{"key": key, "what": WORDS[what]} for key, what in kept if key]
    count = next((what for key, what in kept if not key), len(named))
    return {"named": named, "count": count, "more": count - len(named)}
