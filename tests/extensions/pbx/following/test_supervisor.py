"""Every enabled PBX is followed once; changes of the list are noticed; a signal ends it cleanly."""

import asyncio
import os
import signal
import subprocess
import sys
from typing import Any

import pytest
from django.db import connection

from extensions.pbx.events import CaughtUp
from extensions.pbx.following.supervisor import Supervisor
from extensions.pbx.live.reader import LiveStatus, links_now, live_now
from tenants.models import AppliedVersion, Pbx, PbxKind, Tenant
from tenants.services.pbx.edit import switch_pbx
from tenants.services.pbx.leases import PbxLeaseLost, claim_pbx, hold_pbx, release_pbx
from tests.extensions.pbx.following.conftest import NOW, Script, until
from tests.extensions.pbx.following.test_follower import in_public
from tests.jobs.processes import ROOT, eventually

pytestmark = pytest.mark.long


def status() -> Any:
    return live_now(Tenant.objects.get(schema_name="t2")).link.status


def supervise() -> Any:
    return Supervisor(look=0.1).run(asyncio.Event())


@pytest.mark.feature("MON-01")
def test_a_pbx_that_is_disabled_is_let_go_and_says_so(north: Pbx, script: Script) -> None:
    script.connections = [[CaughtUp()]]
    steps = iter([(LiveStatus.CONNECTED, False), (LiveStatus.OFF, True), (LiveStatus.CONNECTED, True)])
    wanted, enable = next(steps)

    def walked() -> bool:
        nonlocal wanted, enable
        if status() is not wanted:
            return False
        if enable and wanted is LiveStatus.CONNECTED:
            return True
        switch_pbx(pbx=north, enabled=enable)
        wanted, enable = next(steps)
        return False

    until(in_public(walked), supervise)


@pytest.mark.feature("MON-01")
def test_a_new_pbx_is_followed_within_seconds(north: Pbx, script: Script) -> None:
    script.connections = [[CaughtUp()]]
    south = []

    def both() -> bool:
        if not south:
            if status() is LiveStatus.CONNECTED:
                south.append(Pbx.objects.create(name="South", host="10.0.0.6", ami_user="portal"))
            return False
        return south[0].pk in links_now([south[0].pk])

    until(in_public(both), supervise)


@pytest.mark.feature("MON-01")
def test_two_processes_never_follow_the_same_pbx(north: Pbx, script: Script) -> None:
    script.connections = [[CaughtUp()]]

    async def two() -> None:
        await asyncio.gather(supervise(), supervise())

    until(in_public(lambda: status() is LiveStatus.CONNECTED), two)

    assert script.connected == 1


def test_a_lease_is_held_by_one_and_lost_to_nobody_unnoticed(north: Pbx) -> None:
    fence = claim_pbx(pbx_id=north.pk)
    assert fence is not None
    assert claim_pbx(pbx_id=north.pk) is None
    hold_pbx(pbx_id=north.pk, fence=fence)

    Pbx.objects.filter(pk=north.pk).update(leased_until=NOW)
    later = claim_pbx(pbx_id=north.pk)

    assert later == fence + 1
    with pytest.raises(PbxLeaseLost):
        hold_pbx(pbx_id=north.pk, fence=fence)
    release_pbx(pbx_id=north.pk, fence=fence)
    hold_pbx(pbx_id=north.pk, fence=later)
    switch_pbx(pbx=north, enabled=False)
    with pytest.raises(PbxLeaseLost):
        hold_pbx(pbx_id=north.pk, fence=later)
    assert claim_pbx(pbx_id=north.pk) is None


@pytest.mark.processes
@pytest.mark.feature("PBX-12")
def test_the_command_follows_the_simulator_and_stops_at_a_signal(own_database: str) -> None:
    pbx = Pbx.objects.create(name="Simulator", kind=PbxKind.SIMULATOR, is_default=True)
    alpha = Tenant.objects.get(schema_name="t2")
    AppliedVersion.objects.create(tenant=alpha, pbx=pbx, since=NOW)
    connection.close()
    command = [sys.executable, "manage.py", "pbx"]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ.copy(), stderr=subprocess.PIPE)
    try:
        eventually(lambda: status() is LiveStatus.SIMULATED, what="the simulator is followed")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=5) == 0
    finally:
        process.kill()
        process.wait()

    pbx.refresh_from_db()
    assert pbx.leased_until is None
