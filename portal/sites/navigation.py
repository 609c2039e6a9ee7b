"""The left rail and the profile menu as somebody sees them."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.accounts.models.user import UserKind
from portal.core.db.prepared import PreparedQuery
from portal.permissions import Perm
from portal.sites.entries import MANAGEMENT, TENANT
from tenants.models import Tenant


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the rail or of the profile menu, as templates show it: in the reader's language."""

    label: str
    url: str
    icon: str
    active: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the rail, as templates show it."""

    label: str
    items: tuple[Item, ...]


_HOME = PreparedQuery(
    lambda schema: Tenant.objects.filter(schema_name=schema).only("pk", "instance_number"), schema=str
)


def navigation_for(request: HttpRequest) -> tuple[Section, ...]:
    """Groups and entries that this person may open; the one they are in is marked."""
    management = request.tenant.is_management
    tree = MANAGEMENT if management else TENANT
    open_to = frozenset(
        entry.permission for _label, entries in tree for entry in entries if request.user.may(entry.permission)
    )
    sections = (
        *_visited(request),
        *_sections(management, open_to, get_language(), get_urlconf(), get_script_prefix()),
    )
    return _marked(sections, _active_url(sections, request.path))


def _visited(request: HttpRequest) -> tuple[Section, ...]:
    """What a visitor from a tenant came for: that tenant's licences, to be bought and cancelled (PLT-12)."""
    visit = getattr(request, "support_session", None)
    if not request.tenant.is_management or visit is None or request.user.kind != UserKind.VISITOR:
        return ()
    home = _HOME(schema=visit.actor_schema)
    return tuple(
        Section(
            str(_("My company")),
            (Item(str(_("Licenses")), reverse("cap:licences", args=[one.instance_number]), "packages"),),
        )
        for one in home
    )


def profile_menu_for(request: HttpRequest) -> tuple[Item, ...]:
    """The menu behind the profile icon, top left."""
    visits = not request.tenant.is_management and request.user.may(Perm.VISIT_OPEN)
    manages = not request.tenant.is_management and request.user.may(Perm.LICENCE_READ)
    return _profile_menu(request.user.is_guest, visits, manages, get_language(), get_urlconf(), get_script_prefix())


# The following is worked out once for each set of permissions, language and map of addresses, not for each page. What
# belongs to one person or one tenant never gets in: all they depend on is in their arguments.


@lru_cache(maxsize=500)
def _profile_menu(guest: bool, visits: bool, manages: bool, *_place: str | None) -> tuple[Item, ...]:
    entries = [(_("Manage Organization"), "licensing:licences", "building")] if manages else []
    entries.append((_("Preferences"), "accounts:preferences", "settings"))
    if not guest:
        entries += [
            (_("Password"), "account_change_password", "key"),
            (_("Two-step sign-in"), "mfa_index", "shield-lock"),
            (_("Sessions"), "usersessions_list", "devices"),
        ]
    if visits:
        entries.append((_("Register another tenant"), "accounts:visit", "building"))
    return tuple(Item(str(label), reverse(name), icon) for label, name, icon in entries)


@lru_cache(maxsize=500)
def _sections(management: bool, open_to: frozenset[Perm], *_place: str | None) -> tuple[Section, ...]:
    found = []
    for label, entries in MANAGEMENT if management else TENANT:
        items = tuple(
            Item(str(entry.label), reverse(entry.url_name), entry.icon, words=str(entry.words))
            for entry in entries
            if entry.permission in open_to
        )
        if items:
            found.append(Section(str(label), items))
    return tuple(found)


def _active_url(sections: tuple[Section, ...], path: str) -> str:
    """The longest address that `path` begins with; “/” and “/ops/” begin many."""
    addresses = [item.url for section in sections for item in section.items]
    return max((url for url in addresses if path.startswith(url) and (url != "/" or path == "/")), key=len, default="")


@lru_cache(maxsize=2000)
def _marked(sections: tuple[Section, ...], active: str) -> tuple[Section, ...]:
    """The same with the entry at `active` marked, the first one if there are two."""
    first = next((item for section in sections for item in section.items if item.url == active), None)
    return tuple(
        Section(section.label, tuple(replace(item, active=True) if item is first else item for item in section.items))
        for section in sections
    )
