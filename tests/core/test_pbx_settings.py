"""The settings PORTAL_PBX_*: none, whole, or told what is missing."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from environ import FileAwareEnv

from portal.environment import Environment
from portal.settings.pbx import read_pbx


@pytest.fixture(autouse=True)
def no_pbx(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "AMI_PORT", "AMI_SECRET", "AMI_SECRET_FILE", "ETC", "SPOOL"):
        monkeypatch.delenv(f"PORTAL_PBX_{name}", raising=False)
    monkeypatch.setattr(FileAwareEnv.ENVIRON, "files_cache", {})


def test_without_a_host_there_is_no_pbx() -> None:
    env = Environment()

    assert read_pbx(env) is None
    env.finish()


def test_a_pbx_is_read_with_the_usual_ports_and_its_secret_is_shown_nowhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("sesame")
    monkeypatch.setenv("PORTAL_PBX_HOST", "10.0.0.5")
    monkeypatch.setenv("PORTAL_PBX_AMI_SECRET_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("PORTAL_PBX_ETC", str(tmp_path))

    pbx = read_pbx(Environment())

    assert pbx
    assert (pbx.host, pbx.ami_port, pbx.ami_user, pbx.ami_secret) == ("10.0.0.5", 5038, "portal", "sesame")
    assert (pbx.etc, pbx.spool, pbx.sip_port) == (tmp_path.resolve(), None, 5060)
    assert "sesame" not in repr(pbx)


def test_everything_that_a_pbx_lacks_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_PBX_HOST", "10.0.0.5")
    monkeypatch.setenv("PORTAL_PBX_AMI_PORT", "many")
    env = Environment()

    read_pbx(env)

    with pytest.raises(ImproperlyConfigured) as told:
        env.finish()
    for name in ("PORTAL_PBX_AMI_SECRET", "PORTAL_PBX_ETC", "PORTAL_PBX_AMI_PORT"):
        assert name in str(told.value)
