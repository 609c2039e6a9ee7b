"""The demonstration's sounds, box, parking and room."""

from extensions.models import AudioFile, ConferenceRoom, Extension, Key, Mailbox, ParkingSlot
from portal.accounts.models import User
from portal.sites.demo.telephony.voice import furnish
from tenants.models import Tenant
from tests.extensions.conftest import NOON


def test_a_company_is_furnished_by_the_services(inside_alpha: Tenant, owner: User) -> None:
    furnish(by=owner, at=NOON)

    assert AudioFile.objects.filter(purpose="announcement").count() == 3
    orders = Mailbox.objects.get(extension=None)
    assert (str(orders), orders.greeting.milliseconds, bool(orders.pin)) == ("500 Orders", 1000, True)
    assert [slot.label for slot in ParkingSlot.objects.order_by("number")][:3] == ["Sales", "Sales", "Workshop"]
    assert Key.objects.get().slot.number == "801"
    assert list(ConferenceRoom.objects.get().members.all()) == [Extension.objects.get(number="101")]
