"""Adding, changing, enabling and testing a PBX; applying again (PBX-08, PBX-12)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from extensions.forms.pbx import PbxForm
from extensions.pbx.asking import ask_to_apply, ask_to_probe
from extensions.views.pbx.look import OnePbx
from portal.core.pages import ActionPage, FormPage, VersionedFormPage
from portal.permissions import Perm
from tenants.models import AppliedVersion, Pbx
from tenants.services.pbx.again import apply_again
from tenants.services.pbx.edit import FACTS, create_pbx, edit_pbx, make_default, switch_pbx
from tenants.services.pbx.strays import forget_strays


def pbx_url(pbx: Pbx) -> str:
    return reverse("pbx:detail", args=[pbx.pk])


class PbxAdd(FormPage):
    permission = Perm.PBX_WRITE
    template = "pbx/form.html"
    form_class = PbxForm
    done_message = _("PBX added.")

    def perform(self, form: PbxForm) -> str:
        return pbx_url(create_pbx(facts=form.cleaned_data))


class PbxEdit(OnePbx, VersionedFormPage):
    permission = Perm.PBX_WRITE
    template = "pbx/form.html"
    form_class = PbxForm
    done_message = _("PBX saved.")

    def current(self) -> Pbx:
        return self.pbx()

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.pbx(), name) for name in FACTS}

    def context(self) -> dict[str, Any]:
        return {"pbx": self.pbx()}

    def perform(self, form: PbxForm) -> str:
        facts = dict(form.cleaned_data)
        return pbx_url(edit_pbx(pbx=self.pbx(), version=facts.pop("version"), facts=facts))


class PbxOn(OnePbx, ActionPage):
    permission = Perm.PBX_WRITE
    done_message = _("PBX enabled. The portal connects within seconds.")

    def perform(self) -> str:
        return pbx_url(switch_pbx(pbx=self.pbx(), enabled=True))


class PbxOff(OnePbx):
    """Asks first: whoever looks at a live page sees that nobody tells any more."""

    permission = Perm.PBX_WRITE
    template = "pbx/off.html"

    def context(self) -> dict[str, Any]:
        count = AppliedVersion.objects.filter(pbx=self.pbx()).count()
        affected = ngettext("%(n)d tenant is on it.", "%(n)d tenants are on it.", count) % {"n": count}
        consequences = [
            affected,
            text("Changes wait until it is enabled again; telephones work with what is in force."),
            text("Live boards say that the connection is switched off."),
        ]
        return {"pbx": self.pbx(), "consequences": consequences}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        switch_pbx(pbx=self.pbx(), enabled=False)
        messages.success(request, text("PBX disabled."))
        return HttpResponseRedirect(pbx_url(self.pbx()))


class PbxDefault(OnePbx, ActionPage):
    permission = Perm.PBX_WRITE
    done_message = _("New tenants go to this PBX.")

    def perform(self) -> str:
        return pbx_url(make_default(pbx=self.pbx()))


class PbxTest(OnePbx, ActionPage):
    permission = Perm.PBX_WRITE
    done_message = _("The PBX is asked. Its answer, or what went wrong, shows here within seconds.")

    def perform(self) -> str:
        ask_to_probe(self.pbx().pk)
        return pbx_url(self.pbx())


class PbxApply(OnePbx, ActionPage):
    """Every tenant of this PBX, or the one in the address, once more."""

    permission = Perm.PBX_WRITE

    def perform(self) -> str:
        tenant = None
        if "number" in self.kwargs:
            rows = AppliedVersion.objects.filter(pbx=self.pbx()).select_related("tenant")
            tenant = get_object_or_404(rows, tenant__instance_number=self.kwargs["number"]).tenant
        count = apply_again(pbx=self.pbx(), at=timezone.now(), ask=ask_to_apply, tenant=tenant)
        words = ngettext("%(n)d tenant is applied again.", "%(n)d tenants are applied again.", count) % {"n": count}
        messages.success(self.request, words)
        return pbx_url(self.pbx())


class StraysForget(OnePbx, ActionPage):
    permission = Perm.PBX_WRITE
    done_message = _("Quarantine emptied.")

    def perform(self) -> str:
        forget_strays(pbx=self.pbx())
        return reverse("pbx:strays", args=[self.pbx().pk])
