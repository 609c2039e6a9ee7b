"""Profiles and the other sections of call controls, for company, team and extension (CTL-01 to CTL-03, 07, 08, 10)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.callflow.effects import row_effects
from extensions.callflow.words import forward_sentence, sentence_settings
from extensions.forms.calls.profile import ProfileForm, keys_of_row, settings_of_profile
from extensions.forms.settings import SettingsForm
from extensions.models import Level, StatusKind
from extensions.services.settings import change_settings, reset_settings
from extensions.settings.catalogue.forwarding import Origin
from extensions.settings.registry import Setting, settings_of
from extensions.settings.subjects import effective_settings
from extensions.views.calls.subjects import COMPANY_PAGES, EXTENSION_PAGES, PROFILES, SECTIONS, TEAM_PAGES, OfSubject
from extensions.views.settings import RESET
from portal.core.errors import DomainError
from portal.core.pages import FormPage, Page
from portal.permissions import Perm


class Section(OfSubject, Page, abstract=True):
    """One section: what holds and why, with the form for those who may change it."""

    permission = Perm.CALL_CONTROL_READ
    template = "calls/section.html"

    def settings(self) -> list[Setting]:
        """The settings of the section that can be set on this level."""
        profile = self.profile()
        found = settings_of_profile(StatusKind(profile.kind)) if profile else settings_of(SECTIONS[self.section][1])
        return [one for one in found if self.subject().level in one.levels]

    def held(self) -> dict[str, Any]:
        """What holds for the subject: this section's settings, and what the sentence about the profile reads."""
        if not hasattr(self, "_held"):
            wanted = {one.key: one for one in [*self.settings(), *(sentence_settings() if self.profile() else [])]}
            self._held = effective_settings(self.subject(), wanted.values())
        return self._held

    def build_form(self, data: Any = None) -> SettingsForm:
        """The form over the section's settings, filled with what holds."""
        shown = self.settings()
        arguments = {
            "settings": shown,
            "holding": {one.key: self.held()[one.key] for one in shown},
            "lockable": self.subject().level != Level.EXTENSION,
        }
        profile = self.profile()
        if profile is None:
            form = SettingsForm(data, **arguments)
        else:
            effects = row_effects(self.held(), StatusKind(profile.kind), self.extension)
            form = ProfileForm(data, effects=effects, **arguments)
        if not self.request.user.may(Perm.CALL_CONTROL_UPDATE):
            for field in form.fields.values():
                field.disabled = True
        return form

    def page_context(self) -> dict[str, Any]:
        """Everything around the form."""
        profile = self.profile()
        return {
            **self.frame(),
            "profile": profile,
            "title": profile.label if profile else SECTIONS[self.section][0],
            "section": self.section,
            "sentences": self.sentences(),
            "edit_url": self.address("_edit", self.section),
            "now": self._now(),
        }

    def sentences(self) -> list[tuple[str, str]]:
        """What happens to calls in this profile, from inside and from outside."""
        profile = self.profile()
        if profile is None:
            return []
        kind = StatusKind(profile.kind)
        return [(str(origin.label), forward_sentence(self.held(), kind, origin)) for origin in Origin]

    def _now(self) -> Any:
        """The status that the extension has now, if it is the one whose profile this is."""
        presence = getattr(self.extension, "presence", None) if self.extension else None
        kind = presence.status.kind if presence else StatusKind.AVAILABLE.value
        return self.profile() if self.extension and self.section == kind else None


class SectionShow(Section, abstract=True):
    permission = Perm.CALL_CONTROL_READ
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.section not in PROFILES and not self.has_section(self.section):
            raise Http404
        return self.page({"form": self.build_form(), **self.page_context()})


class SectionEdit(Section, FormPage, abstract=True):
    """Saves a section, or resets one row of it (a button named `reset` with the row's key)."""

    permission = Perm.CALL_CONTROL_UPDATE
    done_message = gettext_lazy("Settings saved.")

    def build(self, data: Any = None, files: Any = None) -> SettingsForm:
        return self.build_form(data)

    def context(self) -> dict[str, Any]:
        return self.page_context()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.POST.get(RESET, "")
        if key not in {one.key for one in self.settings()}:
            return super().post(request, *args, **kwargs)
        keys = keys_of_row(key) if self.profile() else [key]
        try:
            reset_settings(subject=self.subject(), keys=keys, by=request.user)
        except DomainError as refusal:
            messages.error(request, _("Not reset: %(why)s") % {"why": refusal.message})
        return self.redirect(self.address("_section", self.section))

    def perform(self, form: SettingsForm) -> str:
        change_settings(subject=self.subject(), values=form.changed(), locks=form.locks(), by=self.request.user)
        return self.address("_section", self.section)


class CompanySection(SectionShow):
    permission = Perm.CALL_CONTROL_READ
    sort = COMPANY_PAGES


class CompanySectionEdit(SectionEdit):
    permission = Perm.CALL_CONTROL_UPDATE
    sort = COMPANY_PAGES


class ExtensionSection(SectionShow):
    permission = Perm.CALL_CONTROL_READ
    sort = EXTENSION_PAGES


class ExtensionSectionEdit(SectionEdit):
    permission = Perm.CALL_CONTROL_UPDATE
    sort = EXTENSION_PAGES


class TeamSection(SectionShow):
    permission = Perm.CALL_CONTROL_READ
    sort = TEAM_PAGES


class TeamSectionEdit(SectionEdit):
    permission = Perm.CALL_CONTROL_UPDATE
    sort = TEAM_PAGES
