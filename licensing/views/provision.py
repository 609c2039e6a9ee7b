"""Provision → Provision & Assign → Assign (LIC-02 to LIC-06)."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import IntegerField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from extensions.models import Extension, ExtensionState
from extensions.selectors import next_free_number
from extensions.services.shapes import NUMBER
from licensing.forms.provision import AssignForm, ProvisionForm
from licensing.services.provision import Preview, assign_users, preview_range, provision_range
from licensing.views.offers import offer_more
from portal.core.pages import FormPage, Page
from portal.permissions import Perm

PER_PAGE = 25
NAMED = 12


class Provision(FormPage):
    permission = Perm.EXTENSION_CREATE
    template = "licensing/provision.html"
    form_class = ProvisionForm

    def initial(self) -> dict[str, Any]:
        return {"first": next_free_number()}

    def form_arguments(self) -> dict[str, Any]:
        return {"preview_url": reverse("licensing:provision_preview")}

    def perform(self, form: ProvisionForm) -> str:
        made = provision_range(by=self.request.user, at=timezone.now(), **form.cleaned_data)
        told = ngettext("%(n)d extension provisioned.", "%(n)d extensions provisioned.", len(made))
        messages.success(self.request, told % {"n": len(made)})
        query = urlencode({"first": made[0].number, "last": made[-1].number})
        return f"{reverse('licensing:assign')}?{query}"


class ProvisionPreview(Page):
    """The piece below the fields, as they are typed: what would be made, what stands against it, and the button."""

    permission = Perm.EXTENSION_CREATE
    template = "licensing/_provision_preview.html"

    def context(self) -> dict[str, Any]:
        form = ProvisionForm(self.request.GET, preview_url="")
        if not form.is_valid():
            told = [f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items()]
            return {"preview": Preview(), "problems": told, "asked": True}
        preview = preview_range(**form.cleaned_data)
        return {
            "preview": preview,
            "problems": [preview.problem] if preview.problem else [],
            "named": preview.clashes[:NAMED],
            "unnamed": max(0, len(preview.clashes) - NAMED),
            "asked": True,
            "offer": offer_more(self.request.user, str(preview.shortage)) if preview.shortage else "",
        }


class Assign(FormPage):
    """The extensions of a range that nobody has, some at a time, each with a box for its user."""

    permission = Perm.LICENCE_UPDATE
    template = "licensing/assign.html"
    form_class = AssignForm

    def waiting(self) -> list[Extension]:
        if not hasattr(self, "_waiting"):
            found = Extension.objects.filter(state=ExtensionState.UNASSIGNED).defer("sip_password")
            first, last = (self.request.GET.get(name, "") for name in ("first", "last"))
            if NUMBER.fullmatch(first) and NUMBER.fullmatch(last):
                found = found.alias(digits=Cast("number", IntegerField())).filter(digits__range=(int(first), int(last)))
            self._waiting = list(found.order_by("number", "pk")[: PER_PAGE + 1])
        return self._waiting

    def form_arguments(self) -> dict[str, Any]:
        return {"extensions": self.waiting()[:PER_PAGE]}

    def context(self) -> dict[str, Any]:
        return {"more": len(self.waiting()) > PER_PAGE}

    def perform(self, form: AssignForm) -> str:
        done = assign_users(users=form.cleaned_data["users"], by=self.request.user)
        if not done:
            messages.info(self.request, gettext("Nobody was chosen, so nothing was assigned."))
            return reverse("licensing:phone_system")
        told = ngettext("%(n)d user assigned.", "%(n)d users assigned.", len(done)) % {"n": len(done)}
        messages.success(self.request, told)
        if len(self.waiting()) > PER_PAGE:
            return self.request.get_full_path()
        return reverse("licensing:phone_system")
