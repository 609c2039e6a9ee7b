"""One set of keys for many extensions: choose whom, look at what would change, do it (BLF-05)."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from extensions.forms.keys import ApplyForm, GiveUpForm, SaveAsTemplateForm, TargetsForm
from extensions.keys.drift import side_by_side
from extensions.keys.in_force import in_force, keys_of_panel
from extensions.keys.targets import chosen_extensions
from extensions.models import Extension, Key, KeyPanel
from extensions.scopes import extensions_within
from extensions.services.keys.spread import SpreadPlan, apply_template, copy_keys, give_up_link, plan_spread
from extensions.services.keys.templates import save_as_template
from extensions.views.keys.ofextension import OfExtension
from extensions.views.keys.oftemplate import OfTemplate
from portal.core.errors import DomainError
from portal.core.forms import PortalForm
from portal.core.pages import FormPage, Page
from portal.permissions import Perm


class SpreadPage(FormPage, abstract=True):
    """The first POST shows by extension who would get the keys, the second, which carries that number, does it."""

    template = "keys/spread.html"
    form_class: type[TargetsForm] = TargetsForm
    title: Any = ""
    lead: Any = ""

    def panel(self) -> KeyPanel:
        """Whose keys they are."""
        raise NotImplementedError(f"{type(self).__qualname__}.panel")

    def keys(self) -> Sequence[Key]:
        """What would be spread."""
        raise NotImplementedError(f"{type(self).__qualname__}.keys")

    def spread(self, extensions: list[Extension], form: Any, expected: int) -> SpreadPlan:
        """Call exactly one service."""
        raise NotImplementedError(f"{type(self).__qualname__}.spread")

    def back(self) -> str:
        """Where this page was opened from."""
        raise NotImplementedError(f"{type(self).__qualname__}.back")

    def crumb(self) -> str:
        """What that place is called."""
        raise NotImplementedError(f"{type(self).__qualname__}.crumb")

    def context(self) -> dict[str, Any]:
        self.panel()  # before anything is said about anybody: theirs to change, or 404
        return {"back": self.back(), "crumb": self.crumb()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.panel()
        form = self.build(request.POST)
        if not form.is_valid():
            return self.page({"form": form, **self.context()}, status=422)
        facts = form.cleaned_data
        try:
            reach = extensions_within(request.user, Perm.KEY_UPDATE)
            chosen = chosen_extensions(
                reach, team=facts["team"], numbers=facts["numbers"], everybody=facts["everybody"]
            )
            if facts["expected"] is None or "again" in request.POST:
                return self._ask(form, chosen)
            plan = self.spread(chosen, form, facts["expected"])
        except DomainError as refusal:
            return self.refused(form, refusal)
        messages.success(request, _told(plan))
        return self.redirect(self.back())

    def _ask(self, form: Any, chosen: list[Extension]) -> HttpResponse:
        plan = plan_spread(keys=self.keys(), extensions=self.meant(chosen))
        form.data = form.data.copy()
        form.data["expected"] = str(len(plan.fitting))
        return self.page({"form": form, "plan": plan, **self.context()})

    def meant(self, chosen: list[Extension]) -> list[Extension]:
        """Those of the chosen that can be meant at all."""
        return chosen


class KeyTemplateApply(OfTemplate, SpreadPage):
    permission = Perm.KEY_UPDATE
    form_class = ApplyForm
    title = gettext_lazy("Apply the template")
    lead = gettext_lazy("Choose who gets these keys. Before anything changes, you see for whom they fit.")

    def keys(self) -> Sequence[Key]:
        return list(self.panel().keys.only("position"))

    def initial(self) -> dict[str, Any]:
        return {"use": "linked", "numbers": self.request.GET.get("numbers", "")[:200]}

    def spread(self, extensions: list[Extension], form: Any, expected: int) -> SpreadPlan:
        return apply_template(
            template=self.panel(), extensions=extensions, linked=form.cleaned_data["use"] == "linked",
            by=self.request.user, expected=expected,
        )  # fmt: skip

    def back(self) -> str:
        return reverse("extensions:key_template", args=self.arguments())

    def crumb(self) -> str:
        return self.panel().name


class ExtensionKeysCopy(OfExtension, SpreadPage):
    permission = Perm.KEY_UPDATE
    title = gettext_lazy("Copy the keys to other telephones")
    lead = gettext_lazy("Their keys are replaced. Before anything changes, you see for whom these fit.")

    def keys(self) -> Sequence[Key]:
        panel = self.panel()
        return [one.key for one in in_force(panel, keys_of_panel(panel))] if panel.pk else []

    def meant(self, chosen: list[Extension]) -> list[Extension]:
        return [one for one in chosen if one.number != self.kwargs["number"]]

    def spread(self, extensions: list[Extension], form: Any, expected: int) -> SpreadPlan:
        source: Any = self.panel().extension
        return copy_keys(source=source, extensions=extensions, by=self.request.user, expected=expected)

    def back(self) -> str:
        return reverse("extensions:keys", args=self.arguments())

    def crumb(self) -> str:
        return _("Keys of %(number)s") % {"number": self.kwargs["number"]}


class ExtensionKeysSave(OfExtension, FormPage):
    permission = Perm.KEY_UPDATE
    template = "keys/save_as_template.html"
    form_class = SaveAsTemplateForm
    done_message = gettext_lazy("Template saved.")

    def context(self) -> dict[str, Any]:
        return {"extension": self.panel().extension, "back": reverse("extensions:keys", args=self.arguments())}

    def perform(self, form: SaveAsTemplateForm) -> str:
        extension: Any = self.panel().extension
        template = save_as_template(extension=extension, by=self.request.user, **form.cleaned_data)
        return reverse("extensions:key_template", args=[template.pk])


class ExtensionKeysCompare(OfExtension, Page):
    """A copy beside its template."""

    permission = Perm.KEY_READ
    template = "keys/compare.html"

    def context(self) -> dict[str, Any]:
        panel = self.panel()
        rows = side_by_side(panel) if panel.template_id else []
        return {
            "panel": panel,
            "extension": panel.extension,
            "rows": rows,
            "differing": sum(row.differs for row in rows),
        }


class ExtensionKeysReapply(OfExtension, FormPage):
    """Copy the template again, over what has drifted."""

    permission = Perm.KEY_UPDATE
    template = "keys/reapply.html"
    form_class = PortalForm
    done_message = gettext_lazy("Keys are the template’s again.")

    def context(self) -> dict[str, Any]:
        panel = self.panel()
        return {"panel": panel, "extension": panel.extension}

    def perform(self, form: PortalForm) -> str:
        panel: Any = self.panel()
        if panel.template is not None:
            apply_template(
                template=panel.template, extensions=[panel.extension], linked=panel.linked, by=self.request.user
            )
        return reverse("extensions:keys", args=self.arguments())


class ExtensionKeysUnlink(OfExtension, FormPage):
    permission = Perm.KEY_UPDATE
    template = "keys/unlink.html"
    form_class = GiveUpForm
    done_message = gettext_lazy("The link is given up.")

    def context(self) -> dict[str, Any]:
        panel = self.panel()
        return {"panel": panel, "extension": panel.extension}

    def perform(self, form: GiveUpForm) -> str:
        give_up_link(panel=self.panel(), keep_keys=form.cleaned_data["keep"] == "copy", by=self.request.user)
        return reverse("extensions:keys", args=self.arguments())


def _told(plan: SpreadPlan) -> str:
    given = len(plan.fitting)
    told = ngettext("%(n)d extension has these keys now.", "%(n)d extensions have these keys now.", given) % {
        "n": given
    }
    if plan.refused:
        names = ", ".join(one.extension.number for one in plan.refused[:10])
        told += " " + _("Too few keys on the telephones of: %(names)s.") % {"names": names}
    return told
