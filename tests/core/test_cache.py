"""The cache may be away: reads miss, writes are dropped, nothing raises (ARCHITECTURE decision 11)."""

from django.core.cache import caches
from django.test import override_settings

from portal.core.cache import SoftRedisCache


def test_without_a_server_reads_miss_and_writes_are_dropped() -> None:
    away = SoftRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 0.1}})

    away.set("key", "value")

    assert away.get("key") is None
    assert away.get("key", default="other") == "other"
    assert away.get_many(["a", "b"]) == {}
    assert away.incr("count") == 1
    assert away.delete("key") is False


def test_keys_carry_the_schema() -> None:
    with override_settings():
        assert caches["default"].make_key("k").startswith("public:")
