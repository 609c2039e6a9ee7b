"""The admin guide: groups, topics, and the screen that each topic is about (PLT-13)."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of the guide, `help/topics/<slug>.html`. `screen` names its working screen's URL on a tenant's host.

    `paths` are starts of addresses whose pages it explains: the Help button of those pages leads here.
    """

    slug: str
    title: Any
    screen: str = ""
    paths: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        return f"help/topics/{self.slug}.html"

    @property
    def url(self) -> str:
        return reverse("help:topic", args=[self.slug])

    @property
    def screen_url(self) -> str:
        """The address of the working screen on this host, or empty."""
        try:
            return reverse(self.screen) if self.screen else ""
        except NoReverseMatch:
            return ""


@dataclass(frozen=True, slots=True)
class Group:
    title: Any
    topics: tuple[Topic, ...]


CALLS = Group(
    _("Users & Call Controls"),
    (
        Topic("creating-extensions", _("Creating Extensions for Users"), "extensions:list", ("/extensions/new/",)),
        Topic("managing-extensions", _("Editing and Managing Extensions"), "extensions:list", ("/extensions/",)),
        Topic("teams", _("Creating Teams & Assigning Extensions"), "extensions:teams", ("/teams/",)),
        Topic(
            "agent-status-blf",
            _("Configuring Agent Status & BLF"),
            "extensions:agent_statuses",
            ("/agents/", "/status/"),
        ),
        Topic("schedules", _("Managing Extension Schedules"), "extensions:schedules", ("/schedules/", "/holidays/")),
        Topic("user-roles", _("Managing User Roles"), "accounts:roles", ("/roles/", "/users/")),
        Topic(
            "call-controls",
            _("Managing Call Controls"),
            "extensions:calls",
            ("/call-controls/", "/call-flow/", "/outgoing/", "/blocked/"),
        ),
        Topic("shared-parking", _("Setting up Shared Parking"), "extensions:parking", ("/parking/",)),
        Topic("voicemails", _("Voicemails"), "extensions:mailboxes", ("/voicemail/", "/sounds/")),
        Topic("blf-function", _("The BLF Function"), "extensions:phones", ()),
        Topic("speed-dial", _("Configuring the Speed Dial"), "extensions:speed_dials", ("/speed-dials/",)),
        Topic(
            "blf-configuration",
            _("Configuring the Busy Lamp Field (BLF)"),
            "extensions:key_templates",
            ("/key-templates/",),
        ),
    ),
)
MORE = Group(
    _("More of the telephone system"),
    (
        Topic("live-board", _("The live board"), "extensions:live", ("/live/", "/me/panel/")),
        Topic("licences", _("Licenses, add-ons and numbers"), "licensing:licences", ("/licences/",)),
        Topic("phones", _("Telephones"), "extensions:phones", ("/phones/",)),
        Topic("conference-rooms", _("Conference rooms"), "extensions:conference_rooms", ("/conference/",)),
        Topic("feature-codes", _("Feature codes"), "extensions:feature_codes", ("/settings/feature-codes/",)),
        Topic("my-telephone", _("My telephone"), "extensions:me", ("/me/",)),
    ),
)
ORDERS = Group(
    _("Customer Access Portal"),
    (Topic("customer-access", _("Buying and cancelling licenses"), "orders:buying", ("/cap/",)),),
)
INSTALLATION = (
    Group(
        _("Deployment Methods & System Requirements"),
        (Topic("deployment", _("Deployment Methods & System Requirements")),),
    ),
    Group(_("PBXs"), (Topic("pbx", _("PBXs, trunks, and what is in force"), "pbx:list", ("/ops/pbx/",)),)),
    Group(_("Installation Guides"), (Topic("installation", _("Installation Guides")),)),
)


@cache
def groups() -> list[Group]:
    """The guide's groups with the topics that have a page; looked up once, for every page asks for its help."""
    found = [
        Group(group.title, tuple(filter(_is_written, group.topics))) for group in (CALLS, MORE, ORDERS, *INSTALLATION)
    ]
    return [group for group in found if group.topics]


def topic(slug: str) -> Topic | None:
    """The topic called `slug`, or None."""
    return next((one for group in groups() for one in group.topics if one.slug == slug), None)


def help_for(path: str) -> str:
    """The address of the guide's page about the page at `path`; the guide's index where no topic fits."""
    fitting = [
        (start, one) for group in groups() for one in group.topics for start in one.paths if path.startswith(start)
    ]
    return max(fitting, key=lambda pair: len(pair[0]))[1].url if fitting else reverse("help:index")


def _is_written(one: Topic) -> bool:
    try:
        get_template(one.template)
    except TemplateDoesNotExist:
        return False
    return True
