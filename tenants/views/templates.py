"""Service templates (TPL-01 to TPL-04, TPL-08)."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.chips import chip_of
from portal.core.pages import ActionPage, FormPage, ListPage, Page
from portal.permissions import Perm
from tenants.filters.templates import TemplateFilter
from tenants.forms.templates import EmptyForm, NewTemplateForm, TemplateForm, included_addons
from tenants.forms.tenants import further_limits
from tenants.models import ServiceTemplate, TemplateState
from tenants.selectors.catalogue import addons_in_words
from tenants.selectors.preview import contents_of
from tenants.selectors.templates import (
    template_facts,
    templates_listed,
    unpublished_changes,
    versions_of,
)
from tenants.services.templates.create import FACTS, create_template, edit_template
from tenants.services.templates.publish import make_default, publish_template, retire_template
from tenants.tables.templates import TemplateTable
from tenants.tenant_states import TEMPLATE_MOVES


class TemplateList(ListPage):
    permission = Perm.TEMPLATE_READ
    template = "tenants/template_list.html"
    partial = "tenants/_template_table.html"
    table = TemplateTable
    filter = TemplateFilter
    export_name = "service-templates"

    def rows(self) -> QuerySet[ServiceTemplate]:
        return templates_listed()

    def context(self) -> dict[str, Any]:
        may_write = self.request.user.may(Perm.TEMPLATE_WRITE)
        return {"new_url": reverse("tenants:template_new") if may_write else ""}


class _OneTemplate:
    """What pages about one template share."""

    @cached_property
    def shown(self) -> ServiceTemplate:
        found = ServiceTemplate.objects.select_related("working_copy")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @property
    def back(self) -> str:
        return reverse("tenants:template", args=[self.kwargs["pk"]])


class TemplateDetail(_OneTemplate, Page):
    permission = Perm.TEMPLATE_READ
    template = "tenants/template_detail.html"

    def context(self) -> dict[str, Any]:
        shown, may = self.shown, self.request.user.may
        versions = versions_of(shown)
        published = shown.state == TemplateState.PUBLISHED
        return {
            "shown": shown,
            "state": chip_of(TemplateState(shown.state)),
            "facts": template_facts(shown),
            "versions": versions,
            "changes": unpublished_changes(shown, versions[0] if versions else None),
            "contents": contents_of(shown.working_copy, named=True, technical=True),
            "services": shown.services.splitlines(),
            "addons": addons_in_words(shown.addons),
            "host": shown.working_copy.get_primary_domain(),
            "may_write": may(Perm.TEMPLATE_WRITE),
            "may_publish": may(Perm.TEMPLATE_PUBLISH) and TEMPLATE_MOVES.allows(shown, TemplateState.PUBLISHED),
            "may_retire": may(Perm.TEMPLATE_PUBLISH) and TEMPLATE_MOVES.allows(shown, TemplateState.RETIRED),
            "may_prefer": may(Perm.TEMPLATE_PUBLISH) and published and not shown.is_default,
            "may_enter": may(Perm.TENANT_ENTER) and may(Perm.TEMPLATE_WRITE),
        }


class TemplateNew(FormPage):
    permission = Perm.TEMPLATE_WRITE
    template = "tenants/template_edit.html"
    form_class = NewTemplateForm
    done_message = _("Template created. Edit its content, then publish it.")
    heading = _("New template")
    back = "../"

    def initial(self) -> dict[str, Any]:
        return further_limits({})

    def form_arguments(self) -> dict[str, Any]:
        return {"sources": ServiceTemplate.objects.order_by("name", "pk")}

    def perform(self, form: NewTemplateForm) -> str:
        facts = form.facts()
        template = create_template(source=facts.pop("source"), facts=facts)
        return reverse("tenants:template", args=[template.pk])


class TemplateEdit(_OneTemplate, FormPage):
    permission = Perm.TEMPLATE_WRITE
    template = "tenants/template_edit.html"
    form_class = TemplateForm
    done_message = _("Template saved.")
    heading = _("Edit template")

    def initial(self) -> dict[str, Any]:
        columns = {name: getattr(self.shown, name) for name in FACTS}
        return columns | further_limits(self.shown.limits) | included_addons(self.shown.addons)

    def perform(self, form: TemplateForm) -> str:
        edit_template(template=self.shown, facts=form.facts())
        return self.back


class TemplatePublish(_OneTemplate, FormPage):
    permission = Perm.TEMPLATE_PUBLISH
    template = "tenants/template_confirm.html"
    form_class = EmptyForm
    done_message = _("Template published.")
    heading = _("Publish template")
    text = _("Facts and content are frozen as the next version. New requests are made from it.")
    consequences = (_("Open requests keep the version that they were sent with."),)
    submit_label = _("Publish")
    danger = False

    def perform(self, form: EmptyForm) -> str:
        publish_template(template=self.shown, by=self.request.user, at=timezone.now())
        return self.back


class TemplateRetire(_OneTemplate, FormPage):
    permission = Perm.TEMPLATE_PUBLISH
    template = "tenants/template_confirm.html"
    form_class = EmptyForm
    done_message = _("Template retired.")
    heading = _("Retire template")
    text = _("Nobody can choose this template any more.")
    consequences = (_("Tenants made from it keep working."), _("Requests already sent are still carried out."))
    submit_label = _("Retire")
    danger = True

    def perform(self, form: EmptyForm) -> str:
        retire_template(template=self.shown, at=timezone.now())
        return self.back


class TemplateDefault(_OneTemplate, ActionPage):
    permission = Perm.TEMPLATE_PUBLISH
    done_message = _("Default template changed.")

    def perform(self) -> str:
        make_default(template=self.shown)
        return self.back

    def refused_to(self) -> str:
        return self.back
