"""A simulator that plays quickly."""

from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.db import connections
from redis import Redis

from extensions.pbx.drivers import PbxFacts
from extensions.pbx.simulator.driver import Simulator
from tenants.models import PbxKind


@pytest.fixture
def simulator(db: None) -> Iterator[Simulator]:
    """A quick simulator with an empty memory."""
    yield Simulator(PbxFacts(7, "Demo", PbxKind.SIMULATOR), tick=0.002)
    client = Redis.from_url(django_settings.REDIS_URL)
    for key in client.scan_iter(f"{connections['default'].settings_dict['NAME']}:pbx:*"):
        client.delete(key)
