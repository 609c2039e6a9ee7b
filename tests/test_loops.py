"""The tests do not stand in each other's way when browsers and databases share a process."""

import asyncio

import pytest

from tests.conftest import pytest_runtest_protocol


def test_a_test_without_a_browser_sees_no_loop_of_the_browsers(request: pytest.FixtureRequest) -> None:
    left_behind = asyncio.new_event_loop()
    around = pytest_runtest_protocol(request.node)
    try:
        asyncio._set_running_loop(left_behind)  # as Playwright does after each call
        next(around)
        assert asyncio._get_running_loop() is None
        around.close()
        assert asyncio._get_running_loop() is left_behind
    finally:
        asyncio._set_running_loop(None)
        left_behind.close()
