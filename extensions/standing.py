"""Whether somebody can be reached at all, as chips: wherever an extension is used, these mark it (EXT-13, TEAM-05)."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension, Phone, StatusKind
from portal.core.chips import Chip

_LOOKS = {
    StatusKind.AVAILABLE: ("good", "circle-check"),
    StatusKind.BUSY: ("failed", "phone-call"),
    StatusKind.AWAY: ("scheduled", "clock"),
    StatusKind.DND: ("suspended", "circle-minus"),
    StatusKind.CUSTOM_1: ("neutral", "star"),
    StatusKind.CUSTOM_2: ("neutral", "star"),
    StatusKind.LOGGED_OUT: ("cancelled", "logout"),
}


def with_telephone(rows: QuerySet[Any], extension: str = "pk") -> QuerySet[Any]:
    """`rows` with `has_telephone`; `extension` is the path from a row to its extension's id."""
    return rows.annotate(has_telephone=Exists(Phone.objects.filter(extension=OuterRef(extension))))


def presence_chip(extension: Extension) -> Chip:
    """The status that somebody has now; read it with select_related("presence__status")."""
    presence = getattr(extension, "presence", None)
    if presence is None:
        return Chip(StatusKind.AVAILABLE.label, *_LOOKS[StatusKind.AVAILABLE])
    return Chip(presence.status.label, *_LOOKS[StatusKind(presence.status.kind)])


def warnings_of(extension: Extension, *, has_telephone: bool) -> list[Chip]:
    """What keeps its telephone from ringing: suspended, or no telephone at all."""
    found = []
    if extension.is_suspended:
        found.append(Chip(_("Suspended"), "suspended", "player-pause"))
    if not has_telephone:
        found.append(Chip(_("No telephone"), "warning", "phone-off"))
    return found
