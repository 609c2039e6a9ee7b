"""The demonstration's statuses are made by the same services and tell a believable week."""

from collections.abc import Callable

from extensions.models import AgentStatus, Extension, Presence, PresenceChange, SettingValue
from portal.accounts.models import User
from portal.sites.demo.telephony.status import furnish
from tests.extensions.conftest import NOON


def test_people_have_various_statuses_with_a_history(create: Callable[..., Extension], owner: User) -> None:
    for number in range(102, 112):
        create(str(number))

    furnish(by=owner, at=NOON)

    kinds = set(Presence.objects.values_list("status__kind", flat=True))
    assert kinds >= {"available", "busy", "away", "dnd", "custom_1", "logged_out"}
    assert PresenceChange.objects.count() > 20
    assert set(PresenceChange.objects.values_list("source", flat=True)) >= {"user", "manager", "key"}
    assert SettingValue.objects.filter(key="presence.follows_schedule", value=True).count() == 2
    assert AgentStatus.objects.get(kind="custom_1").label == "Training"
