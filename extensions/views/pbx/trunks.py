"""Trunks of a PBX: what is changed is brought to it at once (PBX-08)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from extensions.forms.pbx import TrunkForm
from extensions.pbx.asking import ask_to_apply
from extensions.views.pbx.change import pbx_url
from extensions.views.pbx.look import OnePbx
from portal.core.pages import FormPage, Page, VersionedFormPage
from portal.permissions import Perm
from tenants.models import Pbx, Trunk
from tenants.services.pbx.again import apply_again
from tenants.services.pbx.trunks import FACTS, add_trunk, delete_trunk, edit_trunk


def bring(pbx: Pbx) -> str:
    """Trunks stand in files that all tenants share; they come with the next reading. The page to go to."""
    apply_again(pbx=pbx, at=timezone.now(), ask=ask_to_apply)
    return pbx_url(pbx)


class TrunkAdd(OnePbx, FormPage):
    permission = Perm.PBX_WRITE
    template = "pbx/trunk.html"
    form_class = TrunkForm
    done_message = _("Trunk added.")

    def context(self) -> dict[str, Any]:
        return {"pbx": self.pbx()}

    def perform(self, form: TrunkForm) -> str:
        add_trunk(pbx=self.pbx(), facts=form.cleaned_data)
        return bring(self.pbx())


class OneTrunk(Page, abstract=True):
    """A page about the trunk in the address."""

    def trunk(self) -> Trunk:
        if not hasattr(self, "_trunk"):
            self._trunk = get_object_or_404(Trunk.objects.select_related("pbx"), pk=self.kwargs["pk"])
        return self._trunk

    def context(self) -> dict[str, Any]:
        return {"trunk": self.trunk(), "pbx": self.trunk().pbx}


class TrunkEdit(OneTrunk, VersionedFormPage):
    permission = Perm.PBX_WRITE
    template = "pbx/trunk.html"
    form_class = TrunkForm
    done_message = _("Trunk saved.")

    def current(self) -> Trunk:
        return self.trunk()

    def initial(self) -> dict[str, Any]:
        held = {name: getattr(self.trunk(), name) for name in FACTS}
        return {**held, "match_addresses": ", ".join(self.trunk().match_addresses)}

    def perform(self, form: TrunkForm) -> str:
        facts = dict(form.cleaned_data)
        edit_trunk(trunk=self.trunk(), version=facts.pop("version"), facts=facts)
        return bring(self.trunk().pbx)


class TrunkDelete(OneTrunk):
    permission = Perm.PBX_WRITE
    template = "pbx/trunk_delete.html"

    def context(self) -> dict[str, Any]:
        consequences = [text("Calls to the outside take the next trunk; without one they are refused.")]
        return {**super().context(), "consequences": consequences}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pbx = self.trunk().pbx
        delete_trunk(trunk=self.trunk())
        messages.success(request, text("Trunk deleted."))
        return HttpResponseRedirect(bring(pbx))
