"""What somebody changes on a page is in force on a real Asterisk, and only that (ARCHITECTURE section 4, REL-11)."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extensions.models import Configuration, Extension, StatusKind, StatusSource
from extensions.pbx.ami.login import connect
from extensions.pbx.applying import apply_waiting, want_tenant
from extensions.pbx.asterisk.managed import AsteriskManaged
from extensions.pbx.drivers import driver_of, facts_of
from extensions.pbx.tasks import flags_task
from extensions.services.presence import Wish, set_status
from portal.accounts.models import User
from portal.jobs.drain import run_everything_due
from portal.jobs.models import Outbox
from tenants.door import inside
from tenants.models import AppliedState, AppliedVersion, Pbx, Tenant
from tests.pbx.lab import bring, endpoints, make

pytestmark = [pytest.mark.django_db, pytest.mark.pbx]
NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)


@pytest.mark.feature("PBX-12")
def test_a_new_extension_is_on_the_pbx_by_the_task_that_its_creation_recorded(
    pbx: Pbx, alpha: Tenant, owner: User
) -> None:
    make(alpha, owner, "131")

    run_everything_due()

    row = AppliedVersion.objects.get(tenant=alpha)
    with inside(alpha):
        version = Configuration.objects.get(pk=1).version
    assert (row.state, row.applied, row.wanted) == (AppliedState.APPLIED, version, version)
    assert f"131@{alpha.get_primary_domain().domain}" in endpoints(pbx)
    assert Pbx.objects.get(pk=pbx.pk).reloads == 1


@pytest.mark.feature("PBX-12")
def test_forty_changes_in_a_row_are_one_task_and_one_reload(pbx: Pbx, alpha: Tenant, owner: User) -> None:
    for number in range(200, 240):
        make(alpha, owner, str(number))
    waiting = Outbox.objects.filter(task="pbx.apply", done_at=None).count()

    run_everything_due()

    assert waiting == 1
    assert Pbx.objects.get(pk=pbx.pk).reloads == 1
    assert {f"{number}@{alpha.get_primary_domain().domain}" for number in range(200, 240)} <= endpoints(pbx)


@pytest.mark.feature("PBX-12")
def test_many_tenants_that_wait_come_by_one_reload(pbx: Pbx, alpha: Tenant, beta: Tenant, owner: User) -> None:
    make(alpha, owner, "131")
    for tenant in (alpha, beta):
        want_tenant(tenant=tenant, at=NOW)

    assert apply_waiting(pbx=pbx) == 2

    assert set(AppliedVersion.objects.values_list("state", flat=True)) == {AppliedState.APPLIED}
    assert Pbx.objects.get(pk=pbx.pk).reloads == 1


def test_the_same_again_reloads_nothing(pbx: Pbx, alpha: Tenant, owner: User) -> None:
    make(alpha, owner, "131")
    bring(alpha)
    AppliedVersion.objects.update(state=AppliedState.WAITING)

    row = bring(alpha)

    assert row.reloaded == []
    assert Pbx.objects.get(pk=pbx.pk).reloads == 1


@pytest.mark.feature("EXT-06")
def test_a_changed_number_moves_the_telephone_and_keeps_the_box(pbx: Pbx, alpha: Tenant, owner: User) -> None:
    extension = make(alpha, owner, "131")
    bring(alpha)
    with inside(alpha):
        box = extension.mailbox.pk
        Extension.objects.filter(pk=extension.pk).update(number="132")
        Configuration.objects.update(version=1000)

    bring(alpha)

    domain = alpha.get_primary_domain().domain
    text = (Path(pbx.config_folder) / "tenants" / "t2" / "pjsip_endpoint.conf").read_text()
    assert f"132@{domain}" in endpoints(pbx)
    assert f"131@{domain}" not in endpoints(pbx)
    assert f"mailboxes = {box}@t2" in text


@pytest.mark.feature("PBX-08")
def test_the_pbx_gets_no_password(pbx: Pbx, alpha: Tenant, owner: User) -> None:
    extension = make(alpha, owner, "131")
    bring(alpha)

    texts = [path.read_text() for path in Path(pbx.config_folder).rglob("*.conf")]

    with inside(alpha):
        password = Extension.objects.get(pk=extension.pk).sip_password
    assert password
    assert not any(password in text for text in texts)


def test_while_the_pbx_is_away_everybody_waits_and_the_row_says_so(pbx: Pbx, alpha: Tenant, owner: User) -> None:
    Pbx.objects.filter(pk=pbx.pk).update(ami_port=1)
    make(alpha, owner, "131")

    row = bring(alpha)

    assert row.state == AppliedState.WAITING
    assert row.error
    assert Pbx.objects.get(pk=pbx.pk).last_error

    Pbx.objects.filter(pk=pbx.pk).update(ami_port=pbx.ami_port)
    assert apply_waiting(pbx=Pbx.objects.get(pk=pbx.pk)) == 1
    assert AppliedVersion.objects.get(tenant=alpha).state == AppliedState.APPLIED


def test_a_tenant_that_cannot_be_written_fails_alone(
    pbx: Pbx, alpha: Tenant, beta: Tenant, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(alpha, owner, "131")
    render = AsteriskManaged.render

    def broken(self: AsteriskManaged, facts: object) -> object:
        if facts.snapshot.tenant == "t3":  # type: ignore[attr-defined]
            raise RuntimeError
        return render(self, facts)  # type: ignore[arg-type]

    monkeypatch.setattr(AsteriskManaged, "render", broken)
    for tenant in (alpha, beta):
        want_tenant(tenant=tenant, at=NOW)

    apply_waiting(pbx=pbx)

    states = dict(AppliedVersion.objects.values_list("tenant__schema_name", "state"))
    assert states == {"t2": AppliedState.APPLIED, "t3": AppliedState.FAILED}


def test_what_the_pbx_does_not_take_is_taken_back(
    pbx: Pbx, alpha: Tenant, beta: Tenant, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(alpha, owner, "131")
    bring(alpha)
    before = asyncio.run(driver_of(facts_of(pbx)).digest("t2"))
    make(alpha, owner, "132")
    want_tenant(tenant=alpha, at=NOW)
    want_tenant(tenant=beta, at=NOW)
    real = AsteriskManaged.render

    def half(self: AsteriskManaged, facts: object) -> object:
        files = dict(real(self, facts))  # type: ignore[arg-type]
        if facts.snapshot.tenant == "t2":  # type: ignore[attr-defined]
            files["pjsip_endpoint.conf"] = files["pjsip_endpoint.conf"].replace("[132@", "[x32@")
        return files

    monkeypatch.setattr(AsteriskManaged, "render", half)
    apply_waiting(pbx=pbx)

    rows = {row.tenant.schema_name: row for row in AppliedVersion.objects.select_related("tenant")}
    assert rows["t2"].state == AppliedState.FAILED
    assert "132@" in rows["t2"].error
    assert rows["t3"].state == AppliedState.APPLIED
    assert asyncio.run(driver_of(facts_of(pbx)).digest("t2")) == before
    assert f"131@{alpha.get_primary_domain().domain}" in endpoints(pbx)


def test_a_folder_that_cannot_be_written_leaves_what_was_in_force(pbx: Pbx, alpha: Tenant, owner: User) -> None:
    make(alpha, owner, "131")
    bring(alpha)
    before = asyncio.run(driver_of(facts_of(pbx)).digest("t2"))
    make(alpha, owner, "132")
    obstacle = Path(pbx.config_folder) / "tenants" / ".t2-next"
    obstacle.write_text("in the way")

    row = bring(alpha)

    obstacle.unlink(missing_ok=True)
    assert row.state == AppliedState.FAILED
    assert "cannot be written" in row.error
    assert asyncio.run(driver_of(facts_of(pbx)).digest("t2")) == before


@pytest.mark.feature("PRS-06")
def test_a_status_set_on_the_page_is_on_the_pbx_without_a_reload(pbx: Pbx, alpha: Tenant, owner: User) -> None:
    extension = make(alpha, owner, "131")
    run_everything_due()
    reloads = Pbx.objects.get(pk=pbx.pk).reloads
    with inside(alpha):
        set_status(extension=extension, wish=Wish(StatusKind.DND), source=StatusSource.MANAGER, by=owner, at=NOW)

    run_everything_due()

    assert kept(pbx, "tl/t2/status")[str(extension.pk)].startswith("dnd:")
    assert value_of(pbx, "DEVICE_STATE(Custom:t2-dnd-131)") == "BUSY"
    assert Pbx.objects.get(pk=pbx.pk).reloads == reloads


@pytest.mark.feature("PRS-03", "PRS-06")
def test_a_status_set_on_a_telephone_while_the_portal_was_away_is_learnt(pbx: Pbx, alpha: Tenant, owner: User) -> None:
    extension = make(alpha, owner, "131")
    run_everything_due()
    later = int(datetime.now(UTC).timestamp())
    put(pbx, f"tl/t2/status/{extension.pk}", f"away:{later}")

    flags_task(tenant="t2")
    run_everything_due()

    with inside(alpha):
        presence = Extension.objects.get(pk=extension.pk).presence
        assert (presence.status.kind, presence.source) == (StatusKind.AWAY, StatusSource.KEY)


def value_of(pbx: Pbx, variable: str) -> str:
    async def ask() -> str:
        async with await connect(driver_of(facts_of(pbx)).account) as client:  # type: ignore[attr-defined]
            return (await client.action("Getvar", ("Variable", variable))).get("Value")

    return asyncio.run(ask())


def kept(pbx: Pbx, family: str) -> dict[str, str]:
    """What the PBX's own database holds; Getvar does not read it."""

    async def ask() -> dict[str, str]:
        async with await connect(driver_of(facts_of(pbx)).account) as client:  # type: ignore[attr-defined]
            _response, events = await client.listing("DBGetTree", ("Family", family))
            return {one.get("Key").rpartition("/")[2]: one.get("Val") for one in events}

    return asyncio.run(ask())


def put(pbx: Pbx, key: str, value: str) -> None:
    family, _, name = key.rpartition("/")

    async def ask() -> None:
        async with await connect(driver_of(facts_of(pbx)).account) as client:  # type: ignore[attr-defined]
            await client.action("DBPut", ("Family", family), ("Key", name), ("Val", value))

    asyncio.run(ask())
