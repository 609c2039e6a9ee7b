"""A translator that knows alpha as t2 and beta as t3, at a fixed moment."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from extensions.pbx.ami.message import Message
from extensions.pbx.asterisk.translate.attribution import Attribution
from extensions.pbx.asterisk.translate.shapes import Clock
from extensions.pbx.asterisk.translate.translator import Translator
from extensions.pbx.events import PbxEvent

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
DOMAINS = {"acme.example.com": "t2", "globex.example.com": "t3"}
Tell = Callable[..., list[PbxEvent]]


@pytest.fixture
def translator() -> Translator:
    return Translator(Attribution(DOMAINS), Clock(lambda: NOW))


@pytest.fixture
def tell(translator: Translator) -> Tell:
    """`tell("Hangup", Uniqueid="1.1")`: what that event means."""

    def told(event: str, **headers: str) -> list[PbxEvent]:
        return translator.translate(Message([("Event", event), *headers.items()]))

    return told


def channel(name: str, unique_id: str, state: str = "4", prefix: str = "", **other: str) -> dict[str, str]:
    """The headers with which every event describes a channel of t2; `other` replaces or adds some."""
    headers = {
        "Channel": name,
        "ChannelState": state,
        "CallerIDNum": "101",
        "CallerIDName": "Ann Lee",
        "ConnectedLineNum": "<unknown>",
        "ConnectedLineName": "<unknown>",
        "AccountCode": "t2",
        "Context": "t2-internal",
        "Exten": "102",
        "Uniqueid": unique_id,
        "Linkedid": unique_id,
        "Tenantid": "t2",
    }
    return {f"{prefix}{key}": value for key, value in (headers | other).items()}
