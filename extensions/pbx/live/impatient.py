"""A client of Redis for pages that ask every few seconds."""

from functools import lru_cache

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry


@lru_cache(maxsize=1)
def impatient_redis() -> Redis:
    """One short try: a page that polls is better late by one poll than slow. Raises RedisError."""
    return Redis.from_url(
        settings.REDIS_URL,
        decode_responses=True,
        socket_connect_timeout=0.3,
        socket_timeout=1.0,
        retry=Retry(NoBackoff(), 0),
    )
