"""The users of a template: files, rows typed by hand, and what the check says of them (BLK-05, BLK-14, BLK-24)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from licensing.bulk.checking import check_rows
from licensing.bulk.drafts import demand_draft
from licensing.bulk.error_file import heading_and_rows
from licensing.bulk.needs import Need, shortages
from licensing.bulk.selectors import report_rows, with_numbers
from licensing.bulk.states import USERS
from licensing.bulk.users import add_file, add_user, remove_file, remove_user, remove_wrong_rows
from licensing.filters_bulk import UsersFilter
from licensing.forms.bulk import FileForm, UserForm
from licensing.models import AssignmentRow, AssignmentTemplate
from licensing.tables.bulk import UsersTable
from licensing.views.bulk.base import OneTemplate
from portal.core.csv import csv_response
from portal.core.errors import DomainError
from portal.core.events import emit
from portal.core.exports import Exported
from portal.core.pages import ActionPage, FormPage, ListPage, Page
from portal.core.pages.forms import refuse
from portal.permissions import Perm


class TemplateUsers(OneTemplate, ListPage):
    """Every user with what the check says. In a draft files are uploaded here; otherwise it is only to be seen."""

    permission = Perm.LICENCE_READ
    button = USERS
    template = "licensing/bulk/users.html"
    partial = "licensing/bulk/_users_table.html"
    table = UsersTable
    filter = UsersFilter
    export_name = "bulk-users"
    http_method_names = ["get", "head", "options"]
    status = 200
    form: FileForm | None = None

    def templates(self) -> QuerySet[AssignmentTemplate]:
        return with_numbers(super().templates())

    def rows(self) -> QuerySet[AssignmentRow]:
        return report_rows(self.template_row)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.table = partial(UsersTable, removable=self.may_change)  # type: ignore[assignment]
        return super().get(request, *args, **kwargs)

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        return super().page(context, status=self.status)

    def context(self) -> dict[str, Any]:
        files = list(self.template_row.files.order_by("pk")) if self.may_change else []
        row = self.template_row
        short: list[Need] = []
        if self.is_draft and row.total > row.wrong:
            short = shortages(row, users=row.total - row.wrong, numbers=row.numbers)  # type: ignore[attr-defined]
        return {
            **self.shared(), **self.shortage(short),
            "form": self.form or FileForm(), "files": files, "upload_url": self.url("upload"),
        }  # fmt: skip


class UploadFile(TemplateUsers):
    """What the upload of that page is sent to."""

    permission = Perm.LICENCE_UPDATE
    http_method_names = ["get", "post", "head", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.form = FileForm(request.POST, request.FILES)
        if self.form.is_valid():
            try:
                return HttpResponseRedirect(self._take(self.form.cleaned_data["file"]))
            except DomainError as refusal:
                refuse(self.form, refusal)
        self.status = 422
        return self.get(request, *args, **kwargs)

    def _take(self, file: Any) -> str:
        template, added = add_file(
            template=self.template_row, name=file.name, content=file.read(), by=self.request.user, at=timezone.now()
        )
        messages.success(
            self.request, ngettext("%(n)d user uploaded.", "%(n)d users uploaded.", added.rows) % {"n": added.rows}
        )
        return self.url("users") + ("?check=problem" if template.wrong else "")


class ErrorFile(OneTemplate, Page):
    """The rows as they were uploaded, with one column more that says what is wrong."""

    permission = Perm.LICENCE_READ

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        name = "bulk-assignment-errors"
        emit(Exported(file=f"{name}.csv", page=request.path, query=""))
        return csv_response(name, *heading_and_rows(self.template_row))


class _DraftVerb(OneTemplate, ActionPage, abstract=True):
    """Something done with the users of a draft."""

    permission = Perm.LICENCE_UPDATE
    button = USERS

    def refused_to(self) -> str:
        return self.url("users")


class RemoveFile(_DraftVerb):
    done_message = gettext_lazy("The file and its users are out.")

    def perform(self) -> str:
        remove_file(file=get_object_or_404(self.template_row.files, pk=self.kwargs["pk"]), by=self.request.user)
        return self.url("users")


class RemoveUser(_DraftVerb):
    done_message = gettext_lazy("The user is out of the list.")

    def perform(self) -> str:
        remove_user(row=get_object_or_404(report_rows(self.template_row), pk=self.kwargs["pk"]), by=self.request.user)
        return self.url("users")


class RemoveWrong(_DraftVerb):
    def perform(self) -> str:
        count = remove_wrong_rows(template=self.template_row, by=self.request.user)
        messages.success(self.request, ngettext("%(n)d row is out.", "%(n)d rows are out.", count) % {"n": count})
        return self.url("users")


class CheckAgain(_DraftVerb):
    """Compare every row with the company as it is now."""

    done_message = gettext_lazy("Every row was checked again.")

    def perform(self) -> str:
        demand_draft(self.template_row)
        check_rows(self.template_row)
        return self.url("users")


class AddUser(OneTemplate, FormPage):
    """One user typed by hand, under the rules of a file's rows."""

    permission = Perm.LICENCE_UPDATE
    button = USERS
    template = "licensing/bulk/add_user.html"
    form_class = UserForm

    def context(self) -> dict[str, Any]:
        return self.shared()

    def perform(self, form: UserForm) -> str:
        add_user(template=self.template_row, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("%(name)s is in the list.") % {"name": form.cleaned_data["person"]})
        return self.url("users")
