"""The tenant's parking lot (PRK-01 to PRK-03). Its slots can be watched and dialled."""

from extensions.models import ParkingReturn
from extensions.pbx.facts import TenantFacts
from extensions.pbx.formats.ini import Options, write_ini
from extensions.pbx.formats.values import digits, word


def render_parking(facts: TenantFacts) -> str:
    """res_parking.conf of one tenant; nothing where it has no lot."""
    lot, slug = facts.snapshot.parking, word(facts.snapshot.tenant)
    if lot is None or not lot.slots:
        return ""
    returns = lot.returns_to is ParkingReturn.PARKER or lot.destination is None
    options = (
        Options().add("context", f"{slug}-parked").add("parkpos", f"{digits(lot.slots[0])}-{digits(lot.slots[-1])}")
    )
    # Without its own number a lot makes neither extensions nor hints for its slots; nobody dials into its context.
    options.add("parkext", digits(lot.number)).add("parkext_exclusive", True)
    options.add("parkinghints", True).add("parkingtime", lot.timeout).add("findslot", "first")
    options.add("comebacktoorigin", returns).add("comebackcontext", f"{slug}-back").add("parkedmusicclass", "default")
    return write_ini([options.section(slug)])
