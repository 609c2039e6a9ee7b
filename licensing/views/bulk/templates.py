"""Assignment templates: the list, a new one, its licences, a copy, its end (BLK-03 to BLK-05, BLK-16, BLK-21)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from licensing.bulk.drafts import create_template, delete_template, duplicate_template, edit_template
from licensing.bulk.reading import Kind
from licensing.bulk.samples import sample
from licensing.bulk.selectors import addon_choices
from licensing.bulk.states import DELETE, DUPLICATE, LICENCES
from licensing.filters_bulk import BulkFilter
from licensing.forms.bulk import ConfirmForm, DuplicateForm, NewTemplateForm, TemplateForm
from licensing.models import AssignmentTemplate
from licensing.tables.bulk import BulkTable
from licensing.views.bulk.base import OneTemplate
from portal.core.csv import csv_response
from portal.core.pages import FormPage, ListPage, Page, VersionedFormPage
from portal.permissions import Perm


class BulkList(ListPage):
    permission = Perm.LICENCE_READ
    template = "licensing/bulk/list.html"
    partial = "licensing/bulk/_table.html"
    table = BulkTable
    filter = BulkFilter
    export_name = "bulk-assignments"

    def rows(self) -> QuerySet[AssignmentTemplate]:
        return AssignmentTemplate.objects.all()


class NewTemplate(FormPage):
    """First step: name and add-ons. “Next” leads to the users."""

    permission = Perm.LICENCE_UPDATE
    template = "licensing/bulk/new.html"
    form_class = NewTemplateForm

    def form_arguments(self) -> dict[str, Any]:
        return {"addons": addon_choices()}

    def perform(self, form: NewTemplateForm) -> str:
        made = create_template(by=self.request.user, at=timezone.now(), **form.cleaned_data)
        return reverse("licensing:bulk_users", args=[made.uuid])


class TemplateLicences(OneTemplate, VersionedFormPage):
    """Name and add-ons: to be changed in a draft, otherwise only to be seen."""

    permission = Perm.LICENCE_READ
    http_method_names = ["get", "head", "options"]
    button = LICENCES
    template = "licensing/bulk/licences.html"
    form_class = TemplateForm
    done_message = _("Saved.")

    def current(self) -> AssignmentTemplate:
        return self.template_row

    def initial(self) -> dict[str, Any]:
        return {"name": self.template_row.name, "addons": self.template_row.addons}

    def form_arguments(self) -> dict[str, Any]:
        return {"addons": addon_choices()}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.may_change:
            return super().get(request, *args, **kwargs)
        return self.page({**self.context(), "names": self.addon_names})

    def context(self) -> dict[str, Any]:
        return {**self.shared(), "save_url": self.url("save")}

    def perform(self, form: TemplateForm) -> str:
        edit_template(template=self.template_row, by=self.request.user, **form.cleaned_data)
        return self.url("licences")


class SaveLicences(TemplateLicences):
    """What the form of that page is sent to."""

    permission = Perm.LICENCE_UPDATE
    http_method_names = ["get", "post", "head", "options"]


class DuplicateTemplate(OneTemplate, FormPage):
    permission = Perm.LICENCE_UPDATE
    button = DUPLICATE
    template = "licensing/bulk/duplicate.html"
    form_class = DuplicateForm
    done_message = _("Here is the copy.")

    def context(self) -> dict[str, Any]:
        return self.shared()

    def perform(self, form: DuplicateForm) -> str:
        made = duplicate_template(
            template=self.template_row, by=self.request.user, at=timezone.now(), **form.cleaned_data
        )
        return reverse("licensing:bulk_users", args=[made.uuid])


class DeleteTemplate(OneTemplate, FormPage):
    permission = Perm.LICENCE_UPDATE
    button = DELETE
    template = "licensing/bulk/delete.html"
    form_class = ConfirmForm
    done_message = _("Deleted.")

    def context(self) -> dict[str, Any]:
        return self.shared()

    def perform(self, form: ConfirmForm) -> str:
        delete_template(template=self.template_row, by=self.request.user)
        return reverse("licensing:bulk")


class SampleFile(Page):
    """One of the two sample files, with exactly the columns and rows of the manual."""

    permission = Perm.LICENCE_READ

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = Kind(self.kwargs["kind"])
        heading, rows = sample(kind)
        return csv_response(f"bulk-assignment-sample-by-{kind.value}", heading, rows)
