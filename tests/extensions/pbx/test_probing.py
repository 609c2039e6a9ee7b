"""Asking a PBX who it is: the answer, or what went wrong, stands on its row (PBX-12)."""

import asyncio
from datetime import UTC, datetime

import pytest

from extensions.pbx import probing
from extensions.pbx.driver import PbxAway, PbxInfo
from extensions.pbx.probing import probe_pbx
from portal.jobs.registry import task_named
from tenants.models import Pbx

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


class Answering:
    """A driver that answers, is away, or never says anything."""

    def __init__(self, fault: Exception | None = None, *, silent: bool = False) -> None:
        self.fault, self.silent = fault, silent

    async def probe(self) -> PbxInfo:
        if self.silent:
            await asyncio.sleep(60)
        if self.fault:
            raise self.fault
        return PbxInfo("Asterisk", "22.10.1", "north", NOON, NOON, 0, -0.5)


@pytest.fixture
def pbx(db: None) -> Pbx:
    return Pbx.objects.create(name="North", host="10.0.0.5", ami_user="portal", ami_secret="deep")


@pytest.mark.feature("PBX-12")
def test_the_answer_is_noted(pbx: Pbx, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "driver_of", lambda _facts: Answering())

    task_named("pbx.probe").run(pbx_id=pbx.pk)

    pbx.refresh_from_db()
    assert (pbx.product, pbx.product_version, pbx.system_name, pbx.skew) == ("Asterisk", "22.10.1", "north", -0.5)
    assert pbx.started_at == NOON
    assert pbx.seen_at is not None
    assert pbx.last_error == ""


@pytest.mark.feature("PBX-12")
@pytest.mark.parametrize(
    ("driver", "sentence"),
    [
        (Answering(PbxAway("Nobody answers at 10.0.0.5.")), "Nobody answers at 10.0.0.5."),
        (Answering(ConnectionRefusedError()), "ConnectionRefusedError"),
        (Answering(silent=True), "It did not answer within 0.05 seconds."),
    ],
)
def test_what_went_wrong_is_noted_in_a_sentence(
    pbx: Pbx, monkeypatch: pytest.MonkeyPatch, driver: Answering, sentence: str
) -> None:
    monkeypatch.setattr(probing, "driver_of", lambda _facts: driver)
    monkeypatch.setattr(probing, "SECONDS", 0.05)

    assert not probe_pbx(pbx=pbx)

    pbx.refresh_from_db()
    assert pbx.last_error == sentence
    assert pbx.last_error_at is not None
    assert pbx.seen_at is None


def test_a_pbx_that_is_gone_is_passed_over(db: None) -> None:
    task_named("pbx.probe").run(pbx_id=999)
