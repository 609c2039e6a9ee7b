"""Operators look after PBXs: states, versions, apply again, trunks, quarantine (PBX-08, PBX-12, MON-02)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from extensions.pbx.events import Contact, Registered
from extensions.pbx.live.link import LinkState
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.jobs.models import Job, JobState, Outbox
from tenants.models import AppliedState, AppliedVersion, Pbx, PbxKind, Stray, Tenant, Trunk
from tenants.services.pbx.strays import keep_strays
from tests.extensions.conftest import reads
from tests.extensions.pbx.live.conftest import Switchboard, leg

Browser = Callable[[User | None, Tenant], Client]
TYPED = {
    "name": "South", "kind": "managed", "host": "10.0.0.6", "ami_port": "5038", "ami_user": "portal",
    "ami_secret": "very-deep", "config_folder": "/etc/asterisk", "spool_folder": "", "sip_host": "", "sip_port": "5060",
    "transport": "udp", "enabled": "on", "version": "1",
}  # fmt: skip
TRUNK = {
    "name": "Provider", "host": "sip.example.com", "port": "5060", "transport": "udp", "username": "acme",
    "secret": "trunk-deep", "match_addresses": "203.0.113.5, 203.0.113.16/28", "enabled": "on", "version": "1",
}  # fmt: skip


@pytest.fixture
def ops(browser_of: Browser, management: Tenant, olivia: User) -> Client:
    return browser_of(olivia, management)


@pytest.mark.feature("PBX-08")
def test_a_secret_is_written_encrypted_never_shown_and_kept_by_an_empty_field(ops: Client, pbx: Pbx) -> None:
    ops.post("/ops/pbx/new/", TYPED)
    south = Pbx.objects.get(name="South")
    with connection.cursor() as cursor:
        cursor.execute("SELECT ami_secret FROM tenants_pbx WHERE id = %s", [south.pk])
        stored = cursor.fetchone()[0]

    edit = ops.get(f"/ops/pbx/{south.pk}/edit/").content.decode()
    answer = ops.post(f"/ops/pbx/{south.pk}/edit/", {**TYPED, "name": "Southern", "ami_secret": ""}, follow=True)

    assert "very-deep" not in stored
    assert "very-deep" not in edit
    assert "PBX saved." in answer.content.decode()
    south.refresh_from_db()
    assert (south.name, south.ami_secret) == ("Southern", "very-deep")
    assert "very-deep" not in ops.get(f"/ops/pbx/{south.pk}/").content.decode()
    assert all("very-deep" not in str(one.changes) for one in LogEntry.objects.all())
    assert any("ami_secret" in str(one.changes) for one in LogEntry.objects.all()), "the log says that it changed"


@pytest.mark.feature("PBX-08", "PBX-12")
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": "North"}, "Another PBX already has this name."),
        ({"host": ""}, "Say where the portal reaches it"),
        ({"host": "no such; host"}, "Use a host name or an address"),
        ({"ami_user": ""}, "Say where the portal reaches it"),
        ({"ami_port": "70000"}, "65535"),
        ({"name": ""}, "required"),
    ],
)
def test_what_cannot_be_reached_is_refused_beside_its_field(
    ops: Client, pbx: Pbx, changed: dict[str, str], sentence: str
) -> None:
    answer = ops.post("/ops/pbx/new/", {**TYPED, **changed})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "very-deep" not in answer.content.decode()
    assert Pbx.objects.count() == 1


@pytest.mark.feature("PBX-12")
def test_a_simulator_needs_no_address(ops: Client, db: None) -> None:
    ops.post("/ops/pbx/new/", {**TYPED, "kind": "simulator", "host": "", "ami_user": ""})

    made = Pbx.objects.get()
    assert made.kind == PbxKind.SIMULATOR
    assert made.is_default, "the first one takes new tenants"


@pytest.mark.feature("PBX-12")
def test_two_operators_at_once_see_each_others_change(ops: Client, pbx: Pbx) -> None:
    Pbx.objects.filter(pk=pbx.pk).update(version=2, sip_port=5070)

    answer = ops.post(f"/ops/pbx/{pbx.pk}/edit/", {**TYPED, "name": "Mine"})

    assert answer.status_code == 409
    assert "5070" in answer.content.decode()


@pytest.mark.feature("PBX-12")
def test_the_installations_own_pbx_follows_the_settings(ops: Client, pbx: Pbx) -> None:
    Pbx.objects.filter(pk=pbx.pk).update(of_installation=True)

    answer = ops.post(f"/ops/pbx/{pbx.pk}/edit/", {**TYPED, "name": "Mine"})

    assert answer.status_code == 422
    assert "follows its settings" in answer.content.decode()


@pytest.mark.feature("MON-02", "PBX-12")
def test_a_pbx_page_tells_state_versions_drift_and_errors(
    ops: Client, placed: AppliedVersion, pbx: Pbx, switchboard: Switchboard
) -> None:
    now = timezone.now()
    Pbx.objects.filter(pk=pbx.pk).update(
        product="Asterisk", product_version="22.10.1", reloads=12, skew=0.4, last_error="Refused.", last_error_at=now
    )
    AppliedVersion.objects.filter(pk=placed.pk).update(
        wanted=9, state=AppliedState.FAILED, error="It is not what was meant.", drift_since=now
    )
    switchboard.tell(link=switchboard.link(LinkState.AWAY, ago=30))

    page = ops.get(f"/ops/pbx/{pbx.pk}/").content.decode()

    for words in ("PBX away", "Asterisk 22.10.1", "0.4 s", "12", "Refused.", "7 / 9", "Failed", "Differs",
                  "It is not what was meant.", "No trunk: calls stay inside."):  # fmt: skip
        assert words in page, words
    assert "deep" not in page


@pytest.mark.feature("MON-02", "CUS-03")
def test_the_monitor_shows_channels_against_limits_registrations_and_failed_jobs(
    ops: Client, placed: AppliedVersion, alpha: Tenant, pbx: Pbx, switchboard: Switchboard
) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(max_channels=1)
    Job.objects.create(
        kind="test", title="x", schema="t2", owner_schema="t2", run_at=timezone.now(), state=JobState.FAILED
    )
    phone = Contact("Snom", "10.0.0.9:5060", 9.0, None)
    switchboard.tell(
        leg("a", number="", other="+4930", outside=True, incoming=True), Registered("t2", "101", (phone, phone))
    )
    ops.get("/ops/pbx/monitor/")

    with CaptureQueriesContext(connection) as queries:
        page = ops.get("/ops/pbx/monitor/", HTTP_HX_REQUEST="true").content.decode()
    channels = ops.get("/ops/tenants/2/channels/").content.decode()

    for words in ("1/1", "All in use", "Live", alpha.name, "Registered devices", "not entered under Telephones"):
        assert words in page
    assert '<td class="numeric">2</td><td class="numeric">1</td>' in page, "two telephones, one failed job"
    assert "<b>1/1</b>" in channels
    assert reads(queries) <= 8
    assert ops.get("/ops/tenants/999/channels/").status_code == 404


@pytest.mark.feature("PBX-12")
def test_one_tenant_or_all_are_applied_again(ops: Client, placed: AppliedVersion, pbx: Pbx) -> None:
    ops.post(f"/ops/pbx/{pbx.pk}/apply/2/")
    placed.refresh_from_db()

    assert placed.state == AppliedState.WAITING
    assert Outbox.objects.get(task="pbx.apply").kwargs == {"tenant": "t2"}
    answer = ops.post(f"/ops/pbx/{pbx.pk}/apply/", follow=True)
    assert "1 tenant is applied again." in answer.content.decode()
    assert Outbox.objects.filter(task="pbx.apply").count() == 1, "equal waiting work is recorded once"
    assert ops.post(f"/ops/pbx/{pbx.pk}/apply/3/").status_code == 404


@pytest.mark.feature("PBX-12")
def test_disabling_asks_first_and_testing_asks_the_pbx_in_the_background(
    ops: Client, placed: AppliedVersion, pbx: Pbx
) -> None:
    asked = ops.get(f"/ops/pbx/{pbx.pk}/off/").content.decode()
    ops.post(f"/ops/pbx/{pbx.pk}/off/")
    pbx.refresh_from_db()

    assert "1 tenant is on it." in asked
    assert not pbx.enabled
    ops.post(f"/ops/pbx/{pbx.pk}/on/")
    pbx.refresh_from_db()
    assert pbx.enabled
    ops.post(f"/ops/pbx/{pbx.pk}/test/")
    assert Outbox.objects.get(task="pbx.probe").kwargs == {"pbx_id": pbx.pk}


@pytest.mark.feature("PBX-08")
def test_trunks_are_added_changed_and_deleted_and_brought_at_once(
    ops: Client, placed: AppliedVersion, pbx: Pbx
) -> None:
    ops.post(f"/ops/pbx/{pbx.pk}/trunks/new/", TRUNK)
    trunk = Trunk.objects.get()

    assert trunk.match_addresses == ["203.0.113.5", "203.0.113.16/28"]
    assert Outbox.objects.filter(task="pbx.apply").exists()
    page = ops.get(f"/ops/pbx/trunks/{trunk.pk}/").content.decode()
    assert "trunk-deep" not in page
    assert "203.0.113.5, 203.0.113.16/28" in page
    ops.post(f"/ops/pbx/trunks/{trunk.pk}/", {**TRUNK, "secret": "", "emergency": "on"})
    trunk.refresh_from_db()
    assert (trunk.secret, trunk.emergency) == ("trunk-deep", True)
    assert "trunk-deep" not in "".join(str(one.changes) for one in LogEntry.objects.all())
    again = ops.post(f"/ops/pbx/{pbx.pk}/trunks/new/", TRUNK)
    assert (again.status_code, "already has this name" in again.content.decode()) == (422, True)
    hostile = ops.post(f"/ops/pbx/{pbx.pk}/trunks/new/", {**TRUNK, "name": "B", "match_addresses": "a;b\n[x]"})
    assert (hostile.status_code, "divided by commas" in hostile.content.decode()) == (422, True)
    ops.post(f"/ops/pbx/trunks/{trunk.pk}/delete/")
    assert not Trunk.objects.exists()


@pytest.mark.feature("MON-02")
def test_quarantine_is_bounded_and_can_be_emptied(ops: Client, pbx: Pbx, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenants.services.pbx.strays.KEPT", 3)
    for number in range(5):
        keep_strays(pbx_id=pbx.pk, strays=[("Newchannel", f"PJSIP/{number}\x00")] * 2, at=timezone.now())

    page = ops.get(f"/ops/pbx/{pbx.pk}/strays/").content.decode()

    assert Stray.objects.count() == 3
    assert "PJSIP/4" in page
    assert "PJSIP/0" not in page
    ops.post(f"/ops/pbx/{pbx.pk}/strays/forget/")
    assert not Stray.objects.exists()


@pytest.mark.feature("MON-02", "PBX-08")
def test_who_may_look_and_who_may_change(
    browser_of: Browser, management: Tenant, oscar: User, rita: User, pbx: Pbx
) -> None:
    support, reseller = browser_of(oscar, management), browser_of(rita, management)

    assert support.get("/ops/pbx/").status_code == 200
    assert "Add PBX" not in support.get("/ops/pbx/").content.decode()
    assert support.get(f"/ops/pbx/{pbx.pk}/edit/").status_code == 403
    assert support.post(f"/ops/pbx/{pbx.pk}/apply/").status_code == 403
    assert reseller.get("/ops/pbx/").status_code == 403
    assert reseller.get(f"/ops/pbx/{pbx.pk}/").status_code == 403
