"""What a desk telephone fetches from the portal works on the PBX: its account, and every lamp of its keys (PRV-01)."""

import asyncio
import re
from typing import Any

import pytest
from django.utils import timezone

from extensions.models import AgentStatus, Extension, Feature, FeatureCode, Key, KeyPanel, ParkingSlot, Phone, Team
from extensions.provisioning.answer import answer
from extensions.provisioning.journal import Asked
from extensions.provisioning.resync import ask_telephones
from extensions.services.phones.access import issue_access
from tests.extensions.provisioning.facts import pairs
from tests.pbx.sip.stage import SLOTS, TEAM, Company, Stage
from tests.pbx.sip.telephones import SignIn
from tests.pbx.sip.watchers import Watcher

pytestmark = [pytest.mark.pbx]
MAC, NUMBER = "805ec0000103", "103"


def fetched(company: Company) -> dict[str, str]:
    """A Yealink of 103 with a key of each kind that has a lamp, and what it fetches."""
    with company.pages() as by:
        owner, now = Extension.objects.get(number=NUMBER), timezone.now()
        phone = Phone.objects.create(mac=MAC, model="yealink-t54w", extension=owner, created_at=now)
        panel = KeyPanel.objects.create(extension=owner)
        targets: list[dict[str, Any]] = [
            {"kind": "presence", "extension": Extension.objects.get(number="102")},
            {"kind": "parking", "slot": ParkingSlot.objects.get(number=SLOTS[0])},
            {"kind": "team_login", "team": Team.objects.get(number=TEAM)},
            {"kind": "status", "status": AgentStatus.objects.get(kind="away")},
            {"kind": "feature", "feature": FeatureCode.objects.get(feature=Feature.NIGHT_MODE)},
            {"kind": "voicemail"},
        ]
        for position, target in enumerate(targets, 1):
            Key.objects.create(panel=panel, position=position, **target)
        access = issue_access(phone=phone, by=by, at=now)
        told = answer(Asked(access.secret, f"{MAC}.cfg", "GET", "127.0.0.1", "Yealink SIP-T54W"), at=now)
    assert told.status == 200
    return pairs(told.body)


def sign_in(said: dict[str, str]) -> SignIn:
    account = "account.1"
    names = (f"{account}.user_name", f"{account}.sip_server.1.address", f"{account}.auth_name", f"{account}.password")
    return SignIn(*(said[name] for name in names))


@pytest.mark.feature("PRV-01")
def test_a_fetched_account_registers_and_each_of_its_lamps_can_be_watched(stage: Stage, alpha: Company) -> None:
    said = fetched(alpha)
    stage.bring()
    lamps = [said[f"linekey.{n}.value"] for n in range(1, 28) if said[f"linekey.{n}.type"] == "16"]

    with Watcher(stage.pbx.sip_port, sign_in(said)) as telephone:
        telephone.register()
        shown = {number: telephone.watch(number).lamp(number) for number in lamps}

    assert len(lamps) == 5
    assert shown == dict.fromkeys(lamps, "terminated")
    assert said["voice_mail.number.1"] == "*97"


@pytest.mark.feature("PRV-01")
def test_a_key_of_a_team_logs_in_and_out_and_shows_it(stage: Stage, alpha: Company) -> None:
    said = fetched(alpha)
    stage.bring()
    key = next(value for name, value in said.items() if re.fullmatch(r"linekey\.\d+\.value", name) and TEAM in value)

    with Watcher(stage.pbx.sip_port, sign_in(said)) as telephone:
        telephone.watch(key)
        alpha.phone(NUMBER).dial(key)
        telephone.shows(key, "confirmed")
        alpha.phone(NUMBER).dial(key)
        telephone.shows(key, "terminated")


@pytest.mark.feature("PRV-01")
def test_a_key_of_a_status_sets_it_and_shows_it(stage: Stage, alpha: Company) -> None:
    said = fetched(alpha)
    stage.bring()
    with alpha.pages():
        code = FeatureCode.objects.get(feature=Feature.STATUS).code
    key = next(value for value in said.values() if value.startswith(code))

    with Watcher(stage.pbx.sip_port, sign_in(said)) as telephone:
        telephone.watch(key)
        alpha.phone(NUMBER).dial(key)
        telephone.shows(key, "confirmed")


class Hearing(Watcher):
    """Keeps which events it is told of."""

    def _notified(self, text: str) -> None:
        self.told = re.findall(r"^Event: *(\S+)", text, re.MULTILINE)
        super()._notified(text)


@pytest.mark.feature("PRV-01")
@pytest.mark.parametrize("event", ["check-sync;reboot=false", "resync"])
def test_a_registered_telephone_is_told_to_fetch_again(stage: Stage, alpha: Company, event: str) -> None:
    with Hearing(stage.pbx.sip_port, alpha.sign_in(NUMBER)) as telephone:
        telephone.told = []
        telephone.register()

        asked = asyncio.run(stage.driver.resync_phone(alpha.slug, f"{NUMBER}@{alpha.domain}", event))

        telephone._until(lambda: event in telephone.told, event)  # noqa: SLF001
    assert asked >= 1
    assert ask_telephones(tenant=alpha.slug, address=f"199@{alpha.domain}") == 0
