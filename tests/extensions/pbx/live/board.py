"""What tests of the live board do: ask for it, and let telephones of alpha talk."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client

from extensions.models import Extension, Level, SettingValue
from extensions.pbx.events import Contact, LegState, Line, LineState, Parked, Registered
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.pbx.live.conftest import Switchboard, leg

Browser = Callable[[User | None, Tenant], Client]
POLL = {"HTTP_HX_REQUEST": "true"}


def wish(alpha: Tenant, extension: Extension, visibility: str) -> None:
    """Somebody says what colleagues may see of their calls."""
    with inside(alpha):
        SettingValue.objects.create(
            level=Level.EXTENSION, extension=extension, key="monitoring.visibility", value=visibility
        )


def talking(switchboard: Switchboard, **also: Any) -> None:
    """103 talks to somebody outside; 102 is ready; 104 is not registered."""
    began = switchboard.at - timedelta(seconds=40)
    switchboard.tell(
        Line("t2", "102", LineState.IDLE),
        Line("t2", "103", LineState.IN_CALL),
        Line("t2", "104", LineState.UNREGISTERED),
        Registered("t2", "103", (Contact("Snom D785", "10.0.0.9:5060", 9.0, None),)),
        leg("t", number="", other="+442079460123", other_name="Harbour", outside=True, incoming=True, since=began),
        leg("b", number="103", other="+442079460123", other_name="Harbour", incoming=True, since=began,
            answered_at=began + timedelta(seconds=5), state=LegState.UP),
        Parked("t2", "801", "+4930", "", "103", began, None),
        **also,
    )  # fmt: skip
