"""Parts of a tenant's live state, for pages that need not read what thousands of other telephones do (MON-01)."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.db import connection
from redis.exceptions import RedisError, ResponseError

from extensions.pbx.events import Leg, Parked
from extensions.pbx.live.calls import calls_of
from extensions.pbx.live.impatient import impatient_redis
from extensions.pbx.live.keys import SEPARATOR, live_key
from extensions.pbx.live.reader import Live, lines_now
from extensions.pbx.live.wire import field_of_box, field_of_member, read_field

_CALLS, _SLOTS, _PHONES = (f"{kind}{SEPARATOR}*" for kind in ("leg", "park", "reg"))
_ALL = 10_000_000  # fields that one answer may hold: the server looks through all of them at once


def calls_now(
    *, numbers: Collection[str] = (), boxes: Collection[int] = (), members: Collection[tuple[int, int]] = ()
) -> Live:
    """The active tenant's calls and taken slots, and what the telephones of `numbers` do, what lies in `boxes` and how
    the (team, extension) of `members` take part. Never raises.

    Two round trips; the server looks through the state, and sends nothing of other telephones.
    """
    more = [*map(field_of_box, boxes), *(field_of_member(*member) for member in members)]
    live = lines_now(numbers, more)
    if not live.link.tells:
        return live
    slug = connection.tenant.schema_name
    try:
        with impatient_redis().pipeline(transaction=False) as pipe:
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
    asked: Any = {"name": live_key(connection.tenant.schema_name), "match": _PHONES, "count": _ALL}
    try:
        try:
            _cursor, found = impatient_redis().hscan(**asked, no_values=True)
        except ResponseError:  # a Redis before 7.4 can only send the values as well
            _cursor, found = impatient_redis().hscan(**asked)
    except RedisError:
        return 0
    return len(found)
