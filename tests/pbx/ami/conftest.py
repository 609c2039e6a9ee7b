"""A peer that behaves, and a look at the log after each test."""

import logging
from collections.abc import Iterator

import pytest

from tests.pbx.peer import CHALLENGE, SECRET, Peer


@pytest.fixture
def peer() -> Peer:
    """Not started yet: `async with peer`."""
    return Peer()


@pytest.fixture(autouse=True)
def no_secret_is_told(caplog: pytest.LogCaptureFixture, peer: Peer) -> Iterator[None]:
    """Neither the wire nor any log says the secret (PBX-08)."""
    caplog.set_level(logging.DEBUG)
    yield
    assert SECRET not in caplog.text
    assert CHALLENGE not in caplog.text
    assert SECRET.encode() not in peer.received
