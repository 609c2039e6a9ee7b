"""What the matrix says that each row does in effect, ticked or not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from extensions.callflow.callers import caller_of
from extensions.callflow.effects import row_effects
from extensions.callflow.path import call_path
from extensions.callflow.words import sentence_settings
from extensions.models import DestinationKind, Extension, StatusKind
from extensions.services.destinations import Target
from extensions.services.settings import change_settings
from extensions.settings.subjects import COMPANY, Subject, effective_settings
from extensions.snapshot.load import take_snapshot
from portal.accounts.models import User
from tenants.models import Tenant
from tests.extensions.conftest import NOON

Browser = Callable[[User | None, Tenant], Client]
AVAILABLE = "forward.available.external"
BOX, BUSY, OFF = "voicemail", "a busy tone", "nothing: voicemail is switched off"
NUMBER = Target(DestinationKind.NUMBER, number="+6591234567")


def desk() -> Extension:
    return Extension.objects.select_related("home_team").get(number="101")


def said(values: dict[str, Any], by: User, kind: StatusKind = StatusKind.AVAILABLE) -> list[str]:
    """What the rows about calls from outside say, once 101 says `values`."""
    change_settings(subject=Subject(extension=desk()), values=values, by=by)
    held = effective_settings(Subject(extension=desk()), sentence_settings())
    return [words for key, words in row_effects(held, kind, desk()).items() if ".external." in key]


@pytest.mark.feature("CTL-01", "CTL-02")
@pytest.mark.parametrize(
    ("values", "busy", "no_answer", "unregistered"),
    [
        ({}, BOX, f"After 25 s callers get: {BOX}.", BOX),
        ({"voicemail.ring_seconds": 40}, BOX, f"After 40 s callers get: {BOX}.", BOX),
        ({"voicemail.enabled": False}, BUSY, f"After 25 s callers get: {OFF}.", BUSY),
        ({"voicemail.enabled": False, f"{AVAILABLE}.busy": True}, OFF, f"After 25 s callers get: {OFF}.", BUSY),
        (
            {f"{AVAILABLE}.no_answer": True, f"{AVAILABLE}.no_answer.to": NUMBER, f"{AVAILABLE}.no_answer.seconds": 10},
            BOX, "After 10 s callers get: +65 9123 4567.", BOX,
        ),
    ],
)  # fmt: skip
def test_a_row_says_what_takes_the_call_whether_it_is_ticked_or_not(
    inside_alpha: Tenant, owner: User, values: dict[str, Any], busy: str, no_answer: str, unregistered: str
) -> None:
    rows = said(values, owner)

    assert rows == ["Calls ring first.", f"Callers get: {busy}.", no_answer, f"Callers get: {unregistered}."]


@pytest.mark.feature("CTL-01")
def test_once_every_call_is_forwarded_the_other_rows_say_that_they_are_never_asked(
    inside_alpha: Tenant, owner: User
) -> None:
    rows = said({f"{AVAILABLE}.always": True, f"{AVAILABLE}.always.to": NUMBER}, owner)

    assert rows == ["Callers get: +65 9123 4567.", *["Never asked: every call is forwarded at once."] * 3]


@pytest.mark.feature("CTL-03")
def test_do_not_disturb_says_what_callers_get(inside_alpha: Tenant, owner: User) -> None:
    assert said({}, owner, StatusKind.DND) == ["Nothing rings. Callers get: voicemail."]
    assert said({"voicemail.enabled": False}, owner, StatusKind.DND) == ["Nothing rings. Callers get: a busy tone."]


@pytest.mark.feature("CTL-01")
def test_an_inherited_forward_to_oneself_counts_as_none_in_the_row_and_for_the_call(
    inside_alpha: Tenant, owner: User
) -> None:
    to = Target(DestinationKind.EXTENSION, desk())
    change_settings(subject=COMPANY, values={f"{AVAILABLE}.busy": True, f"{AVAILABLE}.busy.to": to}, by=owner)

    rows = said({}, owner)
    snapshot = take_snapshot(at=NOON)
    path = call_path(snapshot, caller_of(snapshot, "+6590001111"), "101", NOON)

    branches = {one.condition: one.outcome for step in path.steps for one in step.branches}
    assert rows[1] == "Callers get: voicemail."
    assert branches["If it is busy"].startswith("Voicemail of 101")


@pytest.mark.feature("CTL-01")
@pytest.mark.parametrize("address", ["/extensions/101/calls/", "/call-controls/", "/me/forwarding/"])
def test_every_matrix_shows_it(
    browser_of: Browser, alpha: Tenant, inside_alpha: Tenant, owner: User, address: str
) -> None:
    Extension.objects.filter(number="101").update(user=owner, state="active")

    page = browser_of(owner, alpha).get(address).content.decode()

    assert page.count("Callers get: voicemail.") == 4
    assert page.count("Calls ring first.") == 2
