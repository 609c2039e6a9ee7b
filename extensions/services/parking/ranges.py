"""Which numbers parking takes: one that parks, and a contiguous range of slots (PRK-02)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from extensions.models import DialNumber
from extensions.services.numbers import emergency_numbers
from extensions.services.shapes import demand_number
from portal.core.errors import DomainError

LEAST, MOST, USUAL = 1, 99, 10
# 800 as most people know it, then the other round hundreds, then four digits.
_PROPOSED = (800, 700, 900, 600, 500, 400, 300, 200, 8000, 7000, 9000, 6000)


class BadRange(DomainError):
    """The slots do not fit into the numbers that can be dialled."""


@dataclass(frozen=True, slots=True)
class SlotRange:
    """`number` parks a call; the slots are `count` numbers from `first` on, all with as many digits as `first`."""

    number: str
    first: str
    count: int

    @property
    def slots(self) -> list[str]:
        """The numbers of the slots, in order."""
        return [str(int(self.first) + n).zfill(len(self.first)) for n in range(self.count)]

    @property
    def last(self) -> str:
        """The highest slot."""
        return self.slots[-1]


def demand_range(wanted: SlotRange) -> None:
    """Raise unless it is 1 to 99 slots of 3 to 5 digits, which do not hold the number that parks.

    Raises NotAnExtensionNumber on `number` or `first`, BadRange on `first` or `count`.
    """
    demand_number(wanted.number)
    demand_number(wanted.first, field="first")
    if not LEAST <= wanted.count <= MOST:
        raise BadRange(_("Use 1 to 99 slots."), field="count")
    if len(wanted.last) > len(wanted.first):
        raise BadRange(
            _("From %(first)s on there is no room for %(count)d slots with as many digits.")
            % {"first": wanted.first, "count": wanted.count},
            field="count",
        )
    if wanted.number in wanted.slots:
        raise BadRange(
            _("The number that parks, %(number)s, lies among the slots. Begin after it.") % {"number": wanted.number},
            field="first",
        )


def proposed_range(count: int = USUAL) -> SlotRange | None:
    """A free number with `count` free slots behind it: 800 with 801 to 810 unless something clashes. One query."""
    taken = set(DialNumber.objects.values_list("number", flat=True)) | emergency_numbers()
    for start in _PROPOSED:
        proposal = SlotRange(str(start), str(start + 1), count)
        if not taken & {proposal.number, *proposal.slots}:
            return proposal
    return None
