"""Whose call controls a page shows: the company's, a team's or an extension's. The pages are the same."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.call_selectors import Framed, Profile, framed
from extensions.models import Extension, StatusKind, Team
from extensions.settings.catalogue.calls import MAIN_NUMBER
from extensions.settings.subjects import COMPANY, Subject
from portal.permissions import Perm

INCOMING, OUTGOING, RECORDING, CALLER_ID = "incoming", "outgoing", "recording", "caller-id"
# Sections beside the profiles: title and the settings they show.
SECTIONS: dict[str, tuple[Any, tuple[str, ...]]] = {
    INCOMING: (gettext_lazy("Incoming calls"), (MAIN_NUMBER,)),
    OUTGOING: (gettext_lazy("Outgoing calls"), ("outgoing.rules", "outgoing.hours")),
    RECORDING: (
        gettext_lazy("Recording"),
        ("recording.incoming", "recording.outgoing", "recording.announce", "recording.retention_days"),
    ),
    CALLER_ID: (
        gettext_lazy("Caller ID"),
        ("caller_id.number", "caller_id.withheld", "emergency.number", "emergency.place"),
    ),
}
PROFILES = tuple(kind.value for kind in StatusKind)


@dataclass(frozen=True, slots=True)
class Sort:
    """How the addresses of one sort of subject are named: the start of the names, and the argument they take."""

    start: str
    argument: str = ""


COMPANY_PAGES, EXTENSION_PAGES, TEAM_PAGES = Sort("calls"), Sort("extension_calls", "number"), Sort("team_calls", "pk")


class OfSubject:
    """Mix into pages: finds the subject named in the address, and the addresses and tabs of its pages."""

    sort = COMPANY_PAGES
    kwargs: dict[str, Any]
    request: Any
    section_name = ""

    @cached_property
    def framed(self) -> Framed:
        """The subject in the address with its surroundings; 404 where it is not there."""
        if self.sort is EXTENSION_PAGES:
            return framed(number=self.kwargs["number"])
        return framed(team=int(self.kwargs["pk"])) if self.sort is TEAM_PAGES else framed()

    @property
    def extension(self) -> Extension | None:
        owner = self.framed.owner
        return owner if isinstance(owner, Extension) else None

    @property
    def team(self) -> Team | None:
        owner = self.framed.owner
        return owner if isinstance(owner, Team) else None

    def subject(self) -> Subject:
        """Whose settings these are."""
        return COMPANY if self.sort is COMPANY_PAGES else Subject(extension=self.extension, team=self.team)

    def address(self, name: str, *more: Any) -> str:
        """The address of another page of this subject: `address("_section", "away")`."""
        own = [self.kwargs[self.sort.argument]] if self.sort.argument else []
        return reverse(f"extensions:{self.sort.start}{name}", args=[*own, *more])

    def profile(self) -> Profile | None:
        """The status whose profile the page shows, or None for another section. 404 for one that is not in use."""
        if self.section not in PROFILES:
            return None
        found = next((one for one in self.framed.profiles if one.kind == self.section), None)
        if found is None:
            raise Http404
        return found

    @property
    def section(self) -> str:
        return self.section_name or self.kwargs.get("section") or StatusKind.AVAILABLE.value

    def has_section(self, key: str) -> bool:
        """Whether this section bears on the subject: only the company has a main number."""
        return key in SECTIONS and (key != INCOMING or self.sort is COMPANY_PAGES)

    def tabs(self) -> list[dict[str, Any]]:
        """Profiles first, then the rest."""
        named = [(one.kind, one.label) for one in self.framed.profiles] + [
            (key, one[0]) for key, one in SECTIONS.items() if self.has_section(key)
        ]
        tabs = [
            {"label": label, "url": self.address("_section", key), "active": key == self.section}
            for key, label in named
        ]
        if self.sort is not TEAM_PAGES:
            lists = (("blocked", _("Blocked callers")), ("exceptions", _("Exceptions")))
            tabs += [
                {"label": label, "url": self.address(f"_{key}"), "active": key == self.section} for key, label in lists
            ]
        return tabs

    def frame(self) -> dict[str, Any]:
        """What every page of the subject shows around its content."""
        return {
            "subject": self.subject(),
            "extension": self.extension,
            "team": self.team,
            "tabs": self.tabs(),
            "may_write": self.request.user.may(Perm.CALL_CONTROL_UPDATE),
            "failing": self.framed.failing,
        }
