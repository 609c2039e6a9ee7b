"""Templates of keys: list, create, the same picture, whom they are used for (BLF-05)."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.filters.keys import KeyTemplateFilter
from extensions.forms.keys import KeyTemplateForm
from extensions.keys.drift import key_templates, uses_of
from extensions.keys.phones import Fitting, fittings
from extensions.models import KeyPanel
from extensions.scopes import holds_everywhere
from extensions.services.keys.templates import create_key_template, edit_key_template
from extensions.tables.keys import KeyTemplateTable, UsesTable
from extensions.views.deletion import DeletePage
from extensions.views.keys.panel import (
    KeyMove,
    KeyPage,
    KeyRemove,
    KeysFill,
    KeysOrder,
    KeysSort,
    KeysSuggest,
    PanelPage,
)
from portal.core.pages import FormPage, ListPage, VersionedFormPage
from portal.permissions import Perm


class OfTemplate:
    """Finds the template. Whoever may change keys only in some teams changes no template, because it is everybody's."""

    prefix = "extensions:key_template"
    permission: Perm
    kwargs: dict[str, Any]
    request: Any

    def panel(self) -> KeyPanel:
        if not hasattr(self, "_panel"):
            if self.permission is Perm.KEY_UPDATE and not holds_everywhere(self.request.user, Perm.KEY_UPDATE):
                raise Http404
            self._panel: KeyPanel = get_object_or_404(key_templates(), pk=self.kwargs["pk"])
        return self._panel

    def fittings(self) -> list[Fitting]:
        return fittings([], self.panel())

    def arguments(self) -> list[Any]:
        return [self.kwargs["pk"]]


class KeyTemplateList(ListPage):
    permission = Perm.KEY_READ
    template = "keys/template_list.html"
    table = KeyTemplateTable
    filter = KeyTemplateFilter
    export_name = "key-templates"

    def rows(self) -> QuerySet[KeyPanel]:
        return key_templates()


class KeyTemplateCreate(FormPage):
    permission = Perm.KEY_UPDATE
    template = "keys/template_form.html"
    form_class = KeyTemplateForm
    done_message = _("Template created. Click a key to say what is on it.")

    def initial(self) -> dict[str, Any]:
        return {"modules": 0}

    def perform(self, form: KeyTemplateForm) -> str:
        if not holds_everywhere(self.request.user, Perm.KEY_UPDATE):
            raise Http404
        template = create_key_template(by=self.request.user, **form.cleaned_data)
        return reverse("extensions:key_template", args=[template.pk])


class KeyTemplatePage(OfTemplate, PanelPage):
    permission = Perm.KEY_READ


class KeyTemplateEdit(OfTemplate, VersionedFormPage):
    permission = Perm.KEY_UPDATE
    template = "keys/template_form.html"
    form_class = KeyTemplateForm
    done_message = _("Template saved.")

    def current(self) -> KeyPanel:
        return self.panel()

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.panel(), name) for name in ("name", "model", "modules")}

    def context(self) -> dict[str, Any]:
        return {"panel": self.panel()}

    def perform(self, form: KeyTemplateForm) -> str:
        edit_key_template(template=self.panel(), by=self.request.user, **form.cleaned_data)
        return reverse("extensions:key_template", args=self.arguments())


class KeyTemplateDelete(OfTemplate, DeletePage):
    permission = Perm.KEY_UPDATE

    def found(self) -> KeyPanel:
        return self.panel()

    def back(self) -> str:
        return reverse("extensions:key_template", args=self.arguments())


class KeyTemplateUses(OfTemplate, ListPage):
    permission = Perm.KEY_READ
    template = "keys/template_uses.html"
    table = UsesTable
    export_name = "key-template-uses"

    def rows(self) -> QuerySet[KeyPanel]:
        return uses_of(self.panel())

    def context(self) -> dict[str, Any]:
        return {"panel": self.panel()}


class KeyTemplateKey(OfTemplate, KeyPage):
    permission = Perm.KEY_UPDATE


class KeyTemplateKeyRemove(OfTemplate, KeyRemove):
    permission = Perm.KEY_UPDATE


class KeyTemplateKeyMove(OfTemplate, KeyMove):
    permission = Perm.KEY_UPDATE


class KeyTemplateOrder(OfTemplate, KeysOrder):
    permission = Perm.KEY_UPDATE


class KeyTemplateSort(OfTemplate, KeysSort):
    permission = Perm.KEY_UPDATE


class KeyTemplateFill(OfTemplate, KeysFill):
    permission = Perm.KEY_UPDATE


class KeyTemplateSuggest(OfTemplate, KeysSuggest):
    permission = Perm.KEY_READ
