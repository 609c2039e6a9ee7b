"""Asking every source at once: one query, limited to what the person may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from portal.accounts.models import User
from portal.permissions import Perm
from portal.sites.guide import groups
from portal.sites.navigation import navigation_for
from portal.sites.search.hits import Hit, Source
from portal.sites.search.sources import MANAGEMENT, TENANT

EACH = 5  # hits of one source that the palette shows; the search page shows more
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Section:
    """Hits of one kind, under their title."""

    title: Any
    hits: Sequence[Hit]


# What can be started from the palette: words, the URL's name, who may, and an icon.
ACTIONS = {
    "tenant": (
        (_lazy("Create extension"), "extensions:create", Perm.EXTENSION_CREATE, "plus"),
        (_lazy("Create team"), "extensions:team_create", Perm.TEAM_CREATE, "users-plus"),
        (_lazy("Create schedule"), "extensions:schedule_create", Perm.SCHEDULE_CREATE, "calendar-plus"),
        (_lazy("Add telephone"), "extensions:phone_create", Perm.PHONE_CREATE, "phone-plus"),
        (_lazy("Invite user"), "accounts:user_create", Perm.USER_WRITE, "user-plus"),
    ),
    "management": (
        (_lazy("Register a tenant"), "register:template", Perm.REQUEST_SUBMIT, "plus"),
        (_lazy("New template"), "tenants:template_new", Perm.TEMPLATE_WRITE, "template"),
        (_lazy("Invite user"), "accounts:user_create", Perm.USER_WRITE, "user-plus"),
    ),
}


def found_things(text: str, *, user: User, management: bool, each: int = EACH) -> list[Section]:
    """What fits `text` (at least two characters), by source and in their order; one query for all of them."""
    text = " ".join(text.replace("\x00", "").split())
    if len(text) < SHORTEST:
        return []
    sources = [one for one in (MANAGEMENT if management else TENANT) if user.may(one.permission) and usable(one)]
    branches = [source.rows(text, number)[: each + 1] for number, source in enumerate(sources)]
    if not branches:
        return []
    rows = branches[0].union(*branches[1:], all=True) if len(branches) > 1 else branches[0]
    hits: dict[int, list[Hit]] = {}
    for number, key, label, detail in rows:
        source = sources[number]
        hits.setdefault(number, []).append(Hit(label, detail or "", source.url(key), source.icon))
    return [Section(sources[number].title, hits[number][:each]) for number in sorted(hits)]


def places(request: HttpRequest, text: str) -> Section:
    """The pages of the rail whose name, or one of its other names, holds `text`."""
    wanted = text.casefold().strip()
    items = [item for section in navigation_for(request) for item in section.items]
    fitting = [item for item in items if wanted in f"{item.label}, {item.words}".casefold()]
    fitting.sort(key=lambda item: wanted not in item.label.casefold())
    return Section(_("Go to"), [Hit(item.label, "", item.url, item.icon) for item in fitting[:8]])


def guidance(request: HttpRequest, text: str) -> Section:
    """The pages of the guide whose title holds `text`."""
    wanted = text.casefold().strip()
    if len(wanted) < SHORTEST or not request.user.may(Perm.HELP_READ):
        return Section(_("Guide"), [])
    topics = [topic for group in groups() for topic in group.topics if wanted in str(topic.title).casefold()]
    return Section(_("Guide"), [Hit(str(topic.title), "", topic.url, "notes") for topic in topics[:EACH]])


def actions(request: HttpRequest, text: str) -> Section:
    """What this person may start here and `text` fits."""
    face: Any = "management" if request.tenant.is_management else "tenant"
    wanted, hits = text.casefold().strip(), []
    for words, name, permission, icon in ACTIONS[face]:
        label = str(words)
        if request.user.may(permission) and wanted in label.casefold() and _exists(name):
            hits.append(Hit(label, "", reverse(name), icon))
    return Section(_("Do"), hits)


def _exists(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


def usable(source: Source) -> bool:
    """Whether the page that a source leads to exists on this host."""
    try:
        source.url("101")
    except NoReverseMatch:
        return False
    return True
