"""Making extensions and changing them: one, a range, a clone; number and names, user (EXT-01, 05 to 07, 12, 16)."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from extensions.emergency import NUMBER, PLACE, demanding_source, place_missing
from extensions.forms.extension import (
    ChangeUserForm,
    CloneExtensionForm,
    CreateExtensionForm,
    EditExtensionForm,
    RangeForm,
    SearchUserForm,
)
from extensions.models import Extension
from extensions.scopes import extensions_within
from extensions.selectors import next_free_number, phones_to_provision
from extensions.services.clone import clone_extension
from extensions.services.create import create_extension
from extensions.services.edit import edit_extension
from extensions.services.range import create_range
from extensions.services.reassign import change_user
from extensions.settings.registry import Setting, settings_of
from extensions.settings.subjects import Subject
from extensions.views.settings import SettingsPage
from extensions.views.shown_once import show_once
from portal.core.pages import FormPage, VersionedFormPage
from portal.permissions import Perm

NAMED_PHONES = 5


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


class ExtensionRange(FormPage):
    permission = Perm.EXTENSION_CREATE
    template = "extensions/extension_range.html"
    form_class = RangeForm

    def initial(self) -> dict[str, Any]:
        return {"first": next_free_number()}

    def perform(self, form: RangeForm) -> str:
        made = create_range(by=self.request.user, at=timezone.now(), **form.cleaned_data)
        told = ngettext(
            "%(n)d extension created: %(first)s.", "%(n)d extensions created: %(first)s to %(last)s.", len(made)
        )
        messages.success(self.request, told % {"n": len(made), "first": made[0].number, "last": made[-1].number})
        return reverse("extensions:list")


class ChangeOne(FormPage, abstract=True):
    """A form about the extension in the address, which this person may change."""

    permission = Perm.EXTENSION_UPDATE

    def current(self) -> Extension:
        if not hasattr(self, "_extension"):
            within = extensions_within(self.request.user, Perm.EXTENSION_UPDATE)  # type: ignore[arg-type]
            self._extension = get_object_or_404(
                within.select_related("home_team", "user"), number=self.kwargs["number"]
            )
        return self._extension

    def context(self) -> dict[str, Any]:
        return {"extension": self.current()}


class ExtensionEdit(ChangeOne, VersionedFormPage):
    permission = Perm.EXTENSION_UPDATE
    template = "extensions/extension_edit.html"
    form_class = EditExtensionForm
    done_message = _("Extension saved.")

    def initial(self) -> dict[str, Any]:
        names = ("number", "directory_name", "first_name", "last_name", "email", "mobile")
        return {name: getattr(self.current(), name) for name in names}

    def perform(self, form: EditExtensionForm) -> str:
        before = (self.current().number, self.current().directory_name)
        changed = edit_extension(extension=self.current(), by=self.request.user, **form.cleaned_data)
        if (changed.number, changed.directory_name) != before:
            self._report_phones(changed)
        return reverse("extensions:detail", args=[changed.number])

    def _report_phones(self, changed: Extension) -> None:
        phones = phones_to_provision(changed)
        if phones:
            told = ngettext(
                "%(n)d telephone must fetch its configuration again: %(names)s.",
                "%(n)d telephones must fetch their configuration again: %(names)s.",
                len(phones),
            )
            names = ", ".join(phones[:NAMED_PHONES]) + (" …" if len(phones) > NAMED_PHONES else "")
            messages.warning(self.request, told % {"n": len(phones), "names": names})


class ExtensionUser(ChangeOne, VersionedFormPage):
    permission = Perm.EXTENSION_UPDATE
    template = "extensions/extension_user.html"
    form_class = ChangeUserForm
    done_message = _("User changed.")

    def form_arguments(self) -> dict[str, Any]:
        return {"search": self.request.GET.get("q", "")[:100], "present": self.current().user}

    def initial(self) -> dict[str, Any]:
        return {**super().initial(), "user": self.current().user}

    def context(self) -> dict[str, Any]:
        return {**super().context(), "search": SearchUserForm(self.request.GET or None)}

    def perform(self, form: ChangeUserForm) -> str:
        change_user(extension=self.current(), by=self.request.user, **form.cleaned_data)
        return reverse("extensions:detail", args=[self.kwargs["number"]])


class ExtensionClone(FormPage):
    permission = Perm.EXTENSION_CREATE
    template = "extensions/extension_clone.html"
    form_class = CloneExtensionForm
    done_message = _("Extension cloned.")

    def source(self) -> Extension:
        if not hasattr(self, "_source"):
            self._source = get_object_or_404(Extension, number=self.kwargs["number"])
        return self._source

    def initial(self) -> dict[str, Any]:
        return {"number": next_free_number()}

    def context(self) -> dict[str, Any]:
        return {"extension": self.source()}

    def perform(self, form: CloneExtensionForm) -> str:
        made = clone_extension(source=self.source(), by=self.request.user, at=timezone.now(), **form.cleaned_data)
        show_once(self.request, made)
        return reverse("extensions:detail", args=[made.number])


class ExtensionEmergency(ChangeOne, SettingsPage):
    permission = Perm.EXTENSION_UPDATE
    template = "extensions/extension_emergency.html"

    def settings(self) -> list[Setting]:
        return settings_of([NUMBER, PLACE])

    def subject(self) -> Subject:
        return Subject(extension=self.current())

    def context(self) -> dict[str, Any]:
        return {**super().context(), "demanded": demanding_source(), "missing": place_missing(self.current())}

    def perform(self, form: Any) -> str:
        target = super().perform(form)
        if place_missing(self.current()):
            messages.warning(
                self.request,
                gettext("Your country demands a place with emergency calls, and this extension has none."),
            )
        return target
