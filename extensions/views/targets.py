"""What exists of one kind of destination, offered while somebody types which one."""

from typing import Any

from extensions.models import DestinationKind
from extensions.services.destinations import offered_targets
from portal.core.pages import Page
from portal.permissions import Perm

LONGEST = 80


class Targets(Page):
    """Options for a datalist; empty for kinds that point at nothing here."""

    permission = Perm.PRESENCE_READ
    template = "components/targets.html"

    def context(self) -> dict[str, Any]:
        kind, text = self.request.GET.get("kind", ""), self.request.GET.get("q", "")[:LONGEST]
        known = kind in DestinationKind.values
        return {"targets": offered_targets(DestinationKind(kind), text.replace("\x00", "")) if known else []}
