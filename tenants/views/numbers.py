"""Outside numbers of the platform, and which tenant has which (DID-01, DID-02)."""

from datetime import datetime, time
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_countries import countries

from portal.core.chips import chip_of
from portal.core.pages import FormPage, ListPage, Page
from portal.core.phone_numbers import for_people
from portal.permissions import Perm
from tenants.filters.numbers import RegisteredNumberFilter
from tenants.forms.numbers import AddNumbersForm, GiveNumberForm, TakeNumberBackForm
from tenants.models import NumberState, RegisteredNumber
from tenants.services.numbers import give_numbers, register_numbers, reserve_numbers, take_numbers_back
from tenants.tables.numbers import RegisteredNumberTable

HELD = (NumberState.ASSIGNED, NumberState.RESERVED)


class NumberList(ListPage):
    permission = Perm.TENANT_READ
    template = "tenants/number_list.html"
    table = RegisteredNumberTable
    filter = RegisteredNumberFilter
    export_name = "outside-numbers"

    def rows(self) -> QuerySet[RegisteredNumber]:
        return RegisteredNumber.objects.select_related("instance")


class NumberAdd(FormPage):
    permission = Perm.TENANT_WRITE
    template = "tenants/number_add.html"
    form_class = AddNumbersForm

    def perform(self, form: AddNumbersForm) -> str:
        made = register_numbers(**form.cleaned_data)
        told = ngettext("%(n)d number added.", "%(n)d numbers added.", len(made)) % {"n": len(made)}
        messages.success(self.request, told)
        return reverse("tenants:numbers")


class OneNumber(Page, abstract=True):
    """A page about the number whose key is in the address."""

    @cached_property
    def number(self) -> RegisteredNumber:
        return get_object_or_404(RegisteredNumber.objects.select_related("instance"), pk=self.kwargs["pk"])

    def context(self) -> dict[str, Any]:
        state = NumberState(self.number.state)
        return {
            "number": self.number,
            "shown": for_people(self.number.e164),
            "country": countries.name(self.number.country),
            "chip": chip_of(state),
            "is_held": state in HELD,
        }


class NumberDetail(OneNumber):
    permission = Perm.TENANT_READ
    template = "tenants/number.html"


class NumberGive(FormPage, OneNumber):
    permission = Perm.TENANT_WRITE
    template = "tenants/number_form.html"
    form_class = GiveNumberForm
    title = _("Give number")
    done_message = _("Number given.")

    def perform(self, form: GiveNumberForm) -> str:
        tenant, day = form.cleaned_data["tenant"], form.cleaned_data["reserve_until"]
        if day:
            until = datetime.combine(day, time(23, 59), timezone.get_current_timezone())
            reserve_numbers(ids=[self.number.pk], tenant=tenant, until=until, at=timezone.now())
        else:
            give_numbers(ids=[self.number.pk], tenant=tenant)
        return reverse("tenants:number", args=[self.number.pk])


class NumberTakeBack(FormPage, OneNumber):
    permission = Perm.TENANT_WRITE
    template = "tenants/number_form.html"
    form_class = TakeNumberBackForm
    title = _("Take number back")
    done_message = _("Number taken back.")

    def perform(self, form: TakeNumberBackForm) -> str:
        take_numbers_back(ids=[self.number.pk], at=timezone.now(), **form.cleaned_data)
        return reverse("tenants:number", args=[self.number.pk])
