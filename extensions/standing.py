"""Whether somebody can be reached at all: wherever an extension is used, these mark it (EXT-13, TEAM-05)."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.models import AgentStatus, Extension, Phone, StatusKind
from portal.core.chips import Chip


def with_telephone(rows: QuerySet[Any], extension: str = "pk") -> QuerySet[Any]:
    """`rows` with `has_telephone`; `extension` is the path from a row to its extension's id."""
    return rows.annotate(has_telephone=Exists(Phone.objects.filter(extension=OuterRef(extension))))


def status_of(extension: Extension) -> AgentStatus | StatusKind:
    """The status that somebody has now; read it with select_related("presence__status")."""
    presence = getattr(extension, "presence", None)
    return presence.status if presence else StatusKind.AVAILABLE


def warnings_of(extension: Extension, *, has_telephone: bool) -> list[Chip]:
    """What keeps its telephone from ringing: suspended, or no telephone at all."""
    found = []
    if extension.is_suspended:
        found.append(Chip(_("Suspended"), "suspended", "player-pause"))
    if not has_telephone:
        found.append(Chip(_("No telephone"), "warning", "phone-off"))
    return found
