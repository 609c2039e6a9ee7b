"""Asterisk reads what changed, and no more; and what it has is looked at value by value (REL-11)."""

import re
from pathlib import Path

import pytest

from extensions.models import Configuration, Extension
from extensions.pbx.ami.client import AmiClient
from extensions.pbx.applying import apply_waiting
from extensions.pbx.asterisk import managed, reading
from extensions.pbx.driver import PbxAway
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import AppliedState, Pbx, Tenant
from tests.pbx.lab import bring, endpoints, make

pytestmark = [pytest.mark.django_db, pytest.mark.pbx]


def test_only_the_telephones_files_that_changed_are_read_again(lab: Pbx, alpha: Tenant, owner: User) -> None:
    extension = make(alpha, owner, "131")
    bring(alpha)
    folder = Path(lab.config_folder) / "tenants" / "t2"
    before = {path.name: path.stat().st_mtime_ns for path in folder.glob("*.conf")}
    with inside(alpha):
        Extension.objects.filter(pk=extension.pk).update(directory_name="Mei Ling")
        Configuration.objects.update(version=1000)

    row = bring(alpha)

    written = {path.name for path in folder.glob("*.conf") if path.stat().st_mtime_ns != before[path.name]}
    assert (row.state, row.reloaded) == (AppliedState.APPLIED, ["res_pjsip"])
    assert written == {"pjsip_endpoint.conf"}


def test_what_was_placed_when_the_pbx_went_away_is_read_when_it_is_back(
    lab: Pbx, alpha: Tenant, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(alpha, owner, "131")
    bring(alpha)
    make(alpha, owner, "132")
    with monkeypatch.context() as broken:

        async def gone(*_args: object) -> None:
            raise PbxAway("gone")  # noqa: EM101 - said by nobody

        broken.setattr(managed, "reload", gone)
        waiting = bring(alpha)
    missing = f"132@{alpha.get_primary_domain().domain}" not in endpoints(lab)

    apply_waiting(pbx=lab)

    assert (waiting.state, missing) == (AppliedState.WAITING, True)
    assert f"132@{alpha.get_primary_domain().domain}" in endpoints(lab)


def test_a_password_that_the_pbx_has_otherwise_is_not_taken(
    lab: Pbx, alpha: Tenant, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(alpha, owner, "131")
    real = reading.reload

    async def meddled(client: AmiClient, names: object) -> tuple[str, ...]:
        path = Path(lab.config_folder) / "tenants" / "t2" / "pjsip_auth.conf"
        if path.exists():  # not when it is taken back
            path.write_text(re.sub(r"md5_cred = .{4}", "md5_cred = 0000", path.read_text()))
        return await real(client, names)  # type: ignore[arg-type]

    monkeypatch.setattr(managed, "reload", meddled)

    row = bring(alpha)

    assert row.state == AppliedState.FAILED
    assert "131@" in row.error
