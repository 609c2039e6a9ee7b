"""What follows for licences when something happened to an extension."""

from extensions.events import MobileNumberRemoved
from licensing.services.needs import demand_mobile_number
from portal.core.events import on


@on(MobileNumberRemoved)
def keep_what_a_sim_needs(event: MobileNumberRemoved) -> None:
    """An add-on that needs the mobile number goes first (LIC-11)."""
    demand_mobile_number(event.extension_id)
