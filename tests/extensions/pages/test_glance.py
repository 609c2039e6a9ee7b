"""The General tab: what an administrator asks about an extension, answered at a glance."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from extensions.callflow.callers import caller_of
from extensions.callflow.path import call_path
from extensions.log_of_extension import lately
from extensions.models import (
    CallException,
    ConferenceMember,
    ConferenceRoom,
    Destination,
    DestinationKind,
    Extension,
    Phone,
    Schedule,
    StatusKind,
    StatusSource,
    Team,
)
from extensions.overview import overview_of, whole_extensions
from extensions.services.destinations import Target
from extensions.services.presence import Wish, set_status
from extensions.services.schedules.edit import create_schedule
from extensions.services.schedules.week import Week, daily
from extensions.services.settings import change_settings, reset_settings
from extensions.services.suspend import suspend_extension
from extensions.settings.catalogue.hours import CLOSED_ACTION, HOURS
from extensions.settings.subjects import COMPANY, Subject
from extensions.snapshot.load import take_snapshot
from portal.accounts.models import User
from portal.accounts.services.custom_roles import create_role
from portal.core.request_id import begin
from portal.permissions import Perm
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]
CALLER = "+6590001111"
ALWAYS = "forward.available.external.always"


def desk() -> Extension:
    return Extension.objects.select_related("home_team").get(number="101")


def never_open(by: User) -> Schedule:
    """Open for one minute, at another time than now."""
    minute = (timezone.now().hour * 60 + 12 * 60) % (23 * 60)
    return create_schedule(name="Never", time_zone=None, week=Week(daily([0], minute, minute + 1)), by=by)


def closed(by: User, **more: Any) -> None:
    change_settings(subject=COMPANY, values={HOURS: never_open(by), **more}, by=by)


@pytest.mark.feature("EXT-04")
def test_the_tab_answers_what_an_administrator_asks(
    browser_of: Browser, alpha: Tenant, inside_alpha: Tenant, owner: User
) -> None:
    team = Team.objects.create(name="Sales", number="511")
    team.memberships.create(extension=desk(), position=1)
    Extension.objects.filter(number="101").update(home_team=team)
    Phone.objects.create(
        mac="805ec0123456", model="yealink-t46u", extension=desk(), place="Hall", created_at=timezone.now()
    )
    room = ConferenceRoom.objects.create(number="890", name="Board")
    ConferenceMember.objects.create(room=room, extension=desk())
    closed(owner, **{CLOSED_ACTION: Target(DestinationKind.TEAM, team)})
    set_status(
        extension=desk(), wish=Wish(StatusKind.DND, None, "Exam"), source=StatusSource.MANAGER, by=owner,
        at=timezone.now() - timedelta(hours=1),
    )  # fmt: skip

    browser = browser_of(owner, alpha)
    browser.get("/extensions/101/")
    with CaptureQueriesContext(connection) as captured:
        page = browser.get("/extensions/101/").content.decode()

    for words in (
        "Outside number", f'href="/teams/{team.pk}/"', "home team", "nothing rings", "Exam", "Never: Outside",
        "80:5E:C0:12:34:56", "Hall", "Answers after 25 s", "Conference rooms", "None said", "Set by ",
    ):  # fmt: skip
        assert words in page, words
    assert len([one for one in captured if not one["sql"].startswith(("SET", "RESET", "SAVEPOINT", "RELEASE"))]) <= 8


CASES = [
    ("rings", lambda by: None, "101 rings for 25 seconds, then: Voicemail of 101 Front desk"),
    ("closed", lambda by: closed(by, **{CLOSED_ACTION: Target(DestinationKind.HANGUP)}), "Callers get: hang up."),
    ("forward", lambda by: change_settings(
        subject=Subject(extension=desk()),
        values={ALWAYS: True, f"{ALWAYS}.to": Target(DestinationKind.NUMBER, number="+6591234567")}, by=by,
    ), "Always forwards to +65 9123 4567."),
    ("exception", lambda by: CallException.objects.create(
        label="All", destination=Destination.objects.create(kind="team", team=Team.objects.create(name="Night")),
    ), "Yes: team Night."),
    ("suspended", lambda by: suspend_extension(extension=desk(), by=by), "101 Front desk"),
]  # fmt: skip


@pytest.mark.feature("EXT-04", "CTL-09")
@pytest.mark.parametrize(("name", "arrange", "said"), CASES, ids=[case[0] for case in CASES])
def test_where_calls_go_now_is_what_the_evaluation_of_calls_decides(
    inside_alpha: Tenant, owner: User, name: str, arrange: Callable[[User], Any], said: str
) -> None:
    arrange(owner)
    now = timezone.now()

    first = overview_of(whole_extensions().get(number="101"), at=now).call
    snapshot = take_snapshot(at=now)
    path = call_path(snapshot, caller_of(snapshot, CALLER), "101", now)

    assert said in first.sentence
    whole = [(step.asked, step.answer) for step in path.steps]
    assert all((step.asked, step.answer) in whole for step in first.steps)


@pytest.mark.feature("EXT-04", "CTL-01")
def test_the_last_changes_tell_of_forwarding_and_a_save_is_one_of_them(
    browser_of: Browser, alpha: Tenant, inside_alpha: Tenant, owner: User
) -> None:
    browser, key = browser_of(owner, alpha), "forward.available.external"
    for prefix in ("busy", "always"):
        begin(f"save {prefix}")
        to = Target(DestinationKind.NUMBER, number="+6561234567")
        change_settings(
            subject=Subject(extension=desk()), values={f"{key}.{prefix}": True, f"{key}.{prefix}.to": to}, by=owner
        )
    begin("reset")
    reset_settings(subject=Subject(extension=desk()), keys=[f"{key}.busy", f"{key}.busy.to"], by=owner)
    begin("other")
    change_settings(subject=COMPANY, values={f"{key}.busy": True}, by=owner)

    changes = lately(desk())[:3]
    page = browser.get("/extensions/101/").content.decode()

    assert [one.what for one in changes] == [
        "Forwarding: When busy", "Forwarding: Always", "Forwarding: When busy",
    ]  # fmt: skip
    assert "Forwarding: When busy" in page.split("Last changes")[1]


@pytest.mark.feature("EXT-04")
def test_the_last_changes_are_told_to_those_who_may_read_the_log(
    browser_of: Browser, alpha: Tenant, inside_alpha: Tenant, owner: User, agent: User
) -> None:
    role = create_role(name="Front", permissions=frozenset({Perm.EXTENSION_READ}), team_scoped=False, by=owner)
    agent.roles.set([role])
    typed = {"version": desk().version, "number": "101", "first_name": "Neu", "directory_name": "Neu"}
    saved = browser_of(owner, alpha).post("/extensions/101/edit/", typed)

    told = browser_of(owner, alpha).get("/extensions/101/").content.decode()
    hidden = browser_of(agent, alpha).get("/extensions/101/").content.decode()

    assert saved.status_code == 302
    assert "Last changes" in told
    assert "First name" in told
    for words in ("Last changes", "Agent status", "Telephones", "Voicemail box", "A call from outside now"):
        assert words not in hidden
