"""Extensions: list, create, look at, change (EXT-01 to EXT-03)."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.filters.extension import ExtensionFilter
from extensions.forms.extension import CreateExtensionForm, EditExtensionForm
from extensions.models import Extension, ExtensionState
from extensions.selectors import extensions, next_free_number
from extensions.services.create import create_extension
from extensions.services.edit import edit_extension
from extensions.states import EXTENSION_MOVES
from extensions.tables.extension import ExtensionTable
from extensions.views.shown_once import show_once, shown_once
from portal.core.chips import chip_of
from portal.core.pages import FormPage, ListPage, Page
from portal.core.phone_numbers import for_people
from portal.permissions import Perm


class ExtensionList(ListPage):
    permission = Perm.EXTENSION_READ
    template = "extensions/extension_list.html"
    table = ExtensionTable
    filter = ExtensionFilter
    export_name = "extensions"

    def rows(self) -> QuerySet[Extension]:
        return extensions()


class ExtensionCreate(FormPage):
    permission = Perm.EXTENSION_CREATE
    template = "extensions/extension_create.html"
    form_class = CreateExtensionForm
    done_message = _("Extension created.")

    def initial(self) -> dict[str, Any]:
        return {"number": next_free_number()}

    def perform(self, form: CreateExtensionForm) -> str:
        extension = create_extension(by=self.request.user, at=timezone.now(), **form.cleaned_data)
        show_once(self.request, extension)
        return reverse("extensions:detail", args=[extension.number])


class OneExtension(Page, abstract=True):
    """A page about the extension whose number is in the address."""

    def extension(self) -> Extension:
        return get_object_or_404(extensions(), number=self.kwargs["number"])


class ExtensionDetail(OneExtension):
    permission = Perm.EXTENSION_READ
    template = "extensions/extension_detail.html"

    def context(self) -> dict[str, Any]:
        extension = self.extension()
        user = extension.user
        facts = [
            {"label": _("Status"), "chip": chip_of(ExtensionState(extension.state))},
            {"label": _("Number"), "value": extension.number, "mono": True},
            {"label": _("Directory name"), "value": extension.directory_name},
            {"label": _("User"), "value": user.username if user else _("Nobody")},
            {"label": _("Business e-mail address"), "value": extension.email},
            {"label": _("Mobile number"), "value": for_people(extension.mobile)},
        ]
        return {
            "extension": extension,
            "facts": facts,
            "chip": chip_of(ExtensionState(extension.state)),
            "password": shown_once(self.request, extension),
            "may_suspend": EXTENSION_MOVES.allows(extension, ExtensionState.SUSPENDED),
        }


class ExtensionEdit(FormPage):
    permission = Perm.EXTENSION_UPDATE
    template = "extensions/extension_edit.html"
    form_class = EditExtensionForm
    done_message = _("Extension saved.")

    def extension(self) -> Extension:
        if not hasattr(self, "_extension"):
            self._extension = get_object_or_404(Extension, number=self.kwargs["number"])
        return self._extension

    def initial(self) -> dict[str, Any]:
        names = ("number", "directory_name", "first_name", "last_name", "mobile")
        return {name: getattr(self.extension(), name) for name in names}

    def context(self) -> dict[str, Any]:
        return {"extension": self.extension()}

    def perform(self, form: EditExtensionForm) -> str:
        changed = edit_extension(extension=self.extension(), by=self.request.user, **form.cleaned_data)
        return reverse("extensions:detail", args=[changed.number])
