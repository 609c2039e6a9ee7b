"""The demonstration's telephones, keys and speed dials, in small and large companies."""

from collections import Counter

import pytest

from extensions.keys.in_force import keys_in_force
from extensions.models import Extension, KeyPanel, Phone, SpeedDial
from extensions.provisioning.build import access_of
from extensions.provisioning.freshness import FetchState as S
from extensions.provisioning.freshness import look_again, state_of
from portal.accounts.models import User
from portal.sites.demo.telephony.keys import furnish
from tenants.models import Tenant
from tests.extensions.conftest import NOON
from tests.extensions.keys.conftest import colleague


@pytest.mark.parametrize("others", [0, 1, 9])
def test_a_company_of_any_size_is_furnished(inside_alpha: Tenant, owner: User, others: int) -> None:
    for number in range(others):
        colleague(f"2{number:02}", f"Colleague {number}")

    furnish(by=owner, at=NOON)

    template = KeyPanel.objects.get(name="Front desk")
    assert Phone.objects.count() == min(others + 1, 7) + 1
    assert KeyPanel.objects.filter(template=template, linked=True).count() == min(others + 1, 2)
    assert SpeedDial.objects.filter(extension=None).count() == 4
    assert len(keys_in_force(Extension.objects.get(number="101"))) >= 5


def test_some_telephones_have_fetched_and_one_must_again(inside_alpha: Tenant, owner: User) -> None:
    for number in range(4):
        colleague(f"2{number:02}", f"Colleague {number}")

    furnish(by=owner, at=NOON)
    look_again()

    states = Counter(state_of(access_of(one), NOON) for one in Phone.objects.select_related("access"))
    assert states == {S.CURRENT: 2, S.MUST_FETCH: 1, S.WAITING: 1, S.NO_ADDRESS: 2}
