"""What is in a slot at present: told by the PBX, and by nobody else (PRK-04)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from extensions.live_selectors import calls_now
from extensions.pbx.events import Parked
from extensions.pbx.live.reader import LinkNow
from portal.core.chips import set_tones


class SlotState(models.TextChoices):
    FREE = "free", _("Free")
    TAKEN = "taken", _("Occupied")
    UNKNOWN = "unknown", _("No data")


set_tones({SlotState.FREE: "good", SlotState.TAKEN: "warning", SlotState.UNKNOWN: "draft"})


@dataclass(frozen=True, slots=True)
class SlotStates:
    """`link` is how far what is told can be believed; `parked` are the calls that wait, by slot."""

    link: LinkNow
    parked: Mapping[str, Parked]

    def of(self, number: str) -> SlotState:
        """The state of the slot `number`; unknown where nobody tells."""
        if not self.link.tells:
            return SlotState.UNKNOWN
        return SlotState.TAKEN if number in self.parked else SlotState.FREE


def slot_states() -> SlotStates:
    """What waits in the active tenant's slots now; one query and two round trips to the live state."""
    live = calls_now()
    return SlotStates(live.link, live.parked)
