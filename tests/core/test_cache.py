"""The cache may be away: reads miss, writes are dropped, nothing raises (ARCHITECTURE decision 11)."""

import socket
import time

import pytest
from django.core.cache import caches
from django.test import override_settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal.core import cache
from portal.core.cache import SoftRedisCache


def test_without_a_server_reads_miss_and_writes_are_dropped() -> None:
    away = SoftRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 0.1}})

    away.set("key", "value")

    assert away.get("key") is None
    assert away.get("key", default="other") == "other"
    assert away.get_many(["a", "b"]) == {}
    assert away.incr("count") == 1
    assert away.delete("key") is False


def test_a_server_that_hangs_is_waited_for_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hanging = SoftRedisCache(
            f"redis://127.0.0.1:{silent.getsockname()[1]}/0",
            {"OPTIONS": {"socket_timeout": 0.3, "socket_connect_timeout": 0.3, "retry": Retry(NoBackoff(), 0)}},
        )
        began = time.monotonic()
        assert [hanging.get(f"key{n}") for n in range(20)] == [None] * 20

    assert time.monotonic() - began < 2


def test_the_server_is_asked_again_after_a_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "REST", 0.05)
    here = caches["default"]
    here.set("asked", "yes")
    cache._resting[here.address] = time.monotonic() + cache.REST

    assert here.get("asked") is None
    time.sleep(0.1)
    assert here.get("asked") == "yes"


def test_keys_carry_the_schema() -> None:
    with override_settings():
        assert caches["default"].make_key("k").startswith("public:")
