"""What the pages of the registration form share: who may be here, the tabs, the provider's remarks."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.pages import Page
from portal.core.pages.forms import FormFlow
from portal.permissions import Perm
from tenants.models import Platform, RegistrationDraft, TemplateVersion
from tenants.selectors.requests import draft_of, offered_versions, registration_open

TABS = ("template", "tenant", "contact")


class RegistrationPage(Page, abstract=True):
    """A page for everybody who may order a tenant. Prospects without a session are led to the start of the way."""

    permission = Perm.REQUEST_SUBMIT

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.method in ("GET", "HEAD") and registration_open():
                return HttpResponseRedirect(reverse("register:start"))
            return redirect_to_login(request.get_full_path())
        return super().dispatch(request, *args, **kwargs)


class RegistrationTab(FormFlow, RegistrationPage, abstract=True):
    """One tab. Going on demands that it is right; going back keeps whatever was typed (REG-03).

    The button names the tab to go to in `go`; without one it is the next.
    """

    tab = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and request.user.may(self.permission) and not registration_open(request.user):
            self.template, self.partial = "tenants/register_closed.html", ""
            return self.page({}, status=403)
        return super().dispatch(request, *args, **kwargs)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.draft = draft_of(request.user) if request.user.is_authenticated else RegistrationDraft()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.tab not in self.reachable():
            return HttpResponseRedirect(self.url_of(self.reachable()[-1]))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.goes_back():
            self.keep(self.build(request.POST))
            return HttpResponseRedirect(self.url_of(request.POST["go"]))
        return super().post(request, *args, **kwargs)

    def keep(self, form: Any) -> None:
        """Keep what was typed, wrong or not."""

    def goes_back(self) -> bool:
        wanted = self.request.POST.get("go", "")
        return wanted in TABS and TABS.index(wanted) < TABS.index(self.tab)

    def next_url(self) -> str:
        """Where a right tab leads: to the tab asked for, as far as the tabs between are finished."""
        self.draft = draft_of(self.request.user)
        wanted = self.request.POST.get("go", "")
        if wanted not in TABS or TABS.index(wanted) <= TABS.index(self.tab):
            wanted = TABS[min(TABS.index(self.tab) + 1, len(TABS) - 1)]
        return self.url_of(wanted if wanted in self.reachable() else self.reachable()[-1])

    def reachable(self) -> list[str]:
        """The tabs that may be opened: every one up to the first that is not finished."""
        if not self.template_chosen():
            return ["template"]
        return ["template", "tenant", "contact"] if self.draft.password else ["template", "tenant"]

    def template_chosen(self) -> bool:
        return self.draft.template_version_id in {version.pk for version in self.offered()}

    def offered(self) -> list[TemplateVersion]:
        """The template versions that this person may choose; asked once."""
        if not hasattr(self, "_offered"):
            self._offered = offered_versions(self.request.user)
        return self._offered

    def url_of(self, tab: str) -> str:
        return reverse(f"register:{tab}")

    def tabs(self, wrong: str = "") -> list[dict[str, Any]]:
        """The row of tabs as the template draws it."""
        labels = {"template": _("Template"), "tenant": _("Tenant"), "contact": _("Contact")}
        done = {"template": self.template_chosen(), "tenant": bool(self.draft.password), "contact": False}
        open_tabs = self.reachable()
        return [
            {
                "name": tab,
                "label": labels[tab],
                "open": tab in open_tabs or tab == self.tab,
                "active": tab == self.tab,
                "state": "wrong" if tab == wrong else "done" if done[tab] else "",
            }
            for tab in TABS
        ]

    def context(self) -> dict[str, Any]:
        return {"draft": self.draft, "tabs": self.tabs(), **self.remarks()}

    def remarks(self) -> dict[str, Any]:
        """The two blocks that service providers see, and nobody else (REG-27)."""
        if not self.request.user.may(Perm.REQUEST_READ):
            return {}
        platform = Platform.objects.get(pk=1)
        may_edit = self.request.user.may(Perm.PLATFORM_WRITE)
        return {"remarks": {"note": platform.note, "caution": platform.caution, "may_edit": may_edit}}
