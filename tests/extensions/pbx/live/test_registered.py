"""How many telephones are registered is counted by any Redis that the portal allows (MON-01)."""

from typing import Any

import pytest
from django.conf import settings
from redis import Redis
from redis.exceptions import ResponseError

from extensions import live_selectors
from extensions.live_selectors import registered_now
from extensions.pbx.events import Contact, Line, LineState, Registered
from tenants.models import AppliedVersion, Tenant
from tests.extensions.pbx.live.conftest import Switchboard

DESK = Contact("snom", "10.0.0.7:5060", 12.5, None)


class RedisBefore74(Redis):
    """Knows no NOVALUES."""

    def hscan(self, *args: Any, no_values: bool | None = None, **asked: Any) -> Any:
        if no_values:
            raise ResponseError("syntax error")
        return super().hscan(*args, **asked)


@pytest.mark.feature("MON-01")
@pytest.mark.parametrize("client", [Redis, RedisBefore74])
def test_registered_telephones_are_counted(
    placed: AppliedVersion,
    inside_alpha: Tenant,
    switchboard: Switchboard,
    monkeypatch: pytest.MonkeyPatch,
    client: type[Redis],
) -> None:
    redis = client.from_url(settings.REDIS_URL, decode_responses=True)
    monkeypatch.setattr(live_selectors, "impatient_redis", lambda: redis)
    switchboard.tell(
        Registered("t2", "101", (DESK, DESK)), Registered("t2", "102", (DESK,)), Line("t2", "103", LineState.IDLE)
    )

    assert registered_now() == 2
