"""Parts of a tenant's live state, for pages that need not read what thousands of other telephones do (MON-01)."""

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

from django.conf import settings
from django.db import connection
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from extensions.pbx.events import Leg, Parked
from extensions.pbx.live.calls import calls_of
from extensions.pbx.live.keys import SEPARATOR, live_key
from extensions.pbx.live.reader import Live, lines_now
from extensions.pbx.live.wire import read_field

_CALLS, _SLOTS, _PHONES = (f"{kind}{SEPARATOR}*" for kind in ("leg", "park", "reg"))
_ALL = 10_000_000  # fields that one answer may hold: the server looks through all of them at once


def calls_now(*, numbers: Collection[str] = ()) -> Live:
    """The active tenant's calls and taken slots, and what the telephones of `numbers` do. Never raises.

    Two round trips; the server looks through the state, and sends nothing of other telephones.
    """
    live = lines_now(numbers)
    if not live.link.tells:
        return live
    slug = connection.tenant.schema_name
    try:
        with _redis().pipeline(transaction=False) as pipe:
            for pattern in (_CALLS, _SLOTS):
                pipe.hscan(live_key(slug), match=pattern, count=_ALL)
            answers = pipe.execute()
    except RedisError:
        return live
    events = [read_field(slug, name, value) for _cursor, told in answers for name, value in told.items()]
    parked = sorted((one for one in events if isinstance(one, Parked)), key=lambda one: one.slot)
    calls = calls_of(one for one in events if isinstance(one, Leg))
    return replace(live, calls=calls, parked={one.slot: one for one in parked})


def registered_now() -> int:
    """How many extensions of the active tenant have a registered telephone; 0 where nobody tells."""
    try:
        _cursor, names = _redis().hscan(
            live_key(connection.tenant.schema_name), match=_PHONES, count=_ALL, no_values=True
        )
    except RedisError:
        return 0
    return len(names)


@lru_cache(maxsize=1)
def _redis() -> Redis:
    # One short try, as of every page that polls.
    return Redis.from_url(
        settings.REDIS_URL,
        decode_responses=True,
        socket_connect_timeout=0.3,
        socket_timeout=1.0,
        retry=Retry(NoBackoff(), 0),
    )
