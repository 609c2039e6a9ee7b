"""A cache that may be away: pages go on without it (ARCHITECTURE decision 11)."""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

REST = 2.0  # seconds: a page asks many times, and a server that hangs would make it wait at each
_resting: dict[str, float] = {}


def _soft(method: Callable[..., Any], answer: Any) -> Callable[..., Any]:
    @wraps(method)
    def call(self: "SoftRedisCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _resting.get(self.address, 0):
            try:
                return method(self, *args, **kwargs)
            except (RedisError, OSError) as fault:
                _resting[self.address] = time.monotonic() + REST
                log.warning("cache is away: %s", fault)
        # `get(key, default)` may be called either way.
        return kwargs.get("default", args[1] if method is RedisCache.get and len(args) > 1 else answer)

    return call


class SoftRedisCache(RedisCache):
    """Reads miss and writes are dropped while the server is away; nothing raises. It is asked again after `REST` s."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.address = server

    get = _soft(RedisCache.get, None)
    get_many = _soft(RedisCache.get_many, {})
    set = _soft(RedisCache.set, None)
    set_many = _soft(RedisCache.set_many, [])
    add = _soft(RedisCache.add, True)
    touch = _soft(RedisCache.touch, False)
    delete = _soft(RedisCache.delete, False)
    delete_many = _soft(RedisCache.delete_many, None)
    incr = _soft(RedisCache.incr, 1)
    has_key = _soft(RedisCache.has_key, False)
    clear = _soft(RedisCache.clear, False)
