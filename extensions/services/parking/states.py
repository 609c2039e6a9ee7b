"""What is in a slot at present: told by the telephone system, and by nobody else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.chips import set_tones


class SlotState(models.TextChoices):
    FREE = "free", _("Free")
    TAKEN = "taken", _("Taken")
    UNKNOWN = "unknown", _("Not connected")


set_tones({SlotState.FREE: "good", SlotState.TAKEN: "warning", SlotState.UNKNOWN: "draft"})


@dataclass(frozen=True, slots=True)
class SlotStates:
    """`connected` is whether somebody tells; what was not told is unknown."""

    connected: bool
    told: Mapping[str, SlotState]

    def of(self, number: str) -> SlotState:
        """The state of the slot `number`."""
        return self.told.get(number, SlotState.UNKNOWN)


def slot_states(numbers: Collection[str]) -> SlotStates:
    """The states of the slots `numbers`. No telephone system is connected yet, so nobody knows."""
    return SlotStates(connected=False, told={})
