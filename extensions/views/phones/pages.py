"""Telephones: list, add, change, remove; and those of one extension (PRV-02)."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from extensions.filters.phones import PhoneFilter
from extensions.forms.phones import PhoneForm
from extensions.keys.phones import phones
from extensions.models import Phone
from extensions.phone_models import maker_of, model_of
from extensions.provisioning.build import access_of
from extensions.provisioning.freshness import state_of
from extensions.services.phones.edit import add_phone, edit_phone
from extensions.services.phones.mac import for_people
from extensions.tables.phones import PhoneTable
from extensions.views.deletion import DeletePage
from extensions.views.extension import OneExtension
from portal.core.chips import chip_of
from portal.core.pages import FormPage, ListPage, VersionedFormPage
from portal.permissions import Perm


class PhoneList(ListPage):
    permission = Perm.PHONE_READ
    template = "phones/phone_list.html"
    table = PhoneTable
    filter = PhoneFilter
    export_name = "telephones"

    def rows(self) -> QuerySet[Phone]:
        return phones()


class PhoneAdd(FormPage):
    permission = Perm.PHONE_CREATE
    template = "phones/phone_form.html"
    form_class = PhoneForm
    done_message = _("Telephone added.")

    def initial(self) -> dict[str, Any]:
        return {"modules": 0, "extension": self.request.GET.get("extension", "")[:5]}

    def perform(self, form: PhoneForm) -> str:
        phone = add_phone(by=self.request.user, at=timezone.now(), **form.cleaned_data)
        return reverse("extensions:phone", args=[phone.pk])


class OnePhone:
    """A page about the telephone whose id is in the address."""

    kwargs: dict[str, Any]

    def current(self) -> Phone:
        if not hasattr(self, "_phone"):
            self._phone = get_object_or_404(phones(), pk=self.kwargs["pk"])
        return self._phone

    def context(self) -> dict[str, Any]:
        phone = self.current()
        maker, model = maker_of(phone.mac), model_of(phone.model)
        return {
            "phone": phone,
            "mac": for_people(phone.mac),
            "model": model,
            "limit": model.keys(phone.modules),
            "other_maker": maker if maker and maker != model.vendor else "",
        }


class PhoneEdit(OnePhone, VersionedFormPage):
    permission = Perm.PHONE_UPDATE
    template = "phones/phone_form.html"
    form_class = PhoneForm
    done_message = _("Telephone saved.")

    def initial(self) -> dict[str, Any]:
        phone = self.current()
        return {
            "mac": for_people(phone.mac),
            "model": phone.model,
            "modules": phone.modules,
            "extension": phone.extension.number if phone.extension else "",
            "place": phone.place,
        }

    def perform(self, form: PhoneForm) -> str:
        edit_phone(phone=self.current(), by=self.request.user, **form.cleaned_data)
        return reverse("extensions:phone", args=[self.kwargs["pk"]])


class PhoneRemove(DeletePage):
    permission = Perm.PHONE_DELETE

    def found(self) -> Phone:
        return get_object_or_404(Phone, pk=self.kwargs["pk"])

    def back(self) -> str:
        return reverse("extensions:phone", args=[self.kwargs["pk"]])

    def consequences(self) -> list[str]:
        return [gettext("Its address is free for another company. The extension keeps its keys.")]


class ExtensionDevices(OneExtension):
    permission = Perm.PHONE_READ
    template = "phones/extension_devices.html"

    def context(self) -> dict[str, Any]:
        extension = self.extension()
        owned = [
            {"phone": phone, "mac": for_people(phone.mac), "model": (model := model_of(phone.model)),
             "limit": model.keys(phone.modules), "used": phone.keys_used,
             "chip": chip_of(state_of(access_of(phone), timezone.now()))}
            for phone in phones().filter(extension=extension).order_by("pk")
        ]  # fmt: skip
        return {"extension": extension, "owned": owned}
