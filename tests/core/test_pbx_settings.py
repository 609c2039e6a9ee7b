"""The settings PORTAL_PBX_*: none, whole, or told what is missing."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from environ import FileAwareEnv

from portal.environment import Environment
from portal.run.asterisk.server import Asterisk
from portal.run.folder import DataFolder
from portal.settings.pbx import PbxSettings, read_pbx


@pytest.fixture(autouse=True)
def no_pbx(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*PbxSettings._fields, "ami_secret_file"):
        monkeypatch.delenv(f"PORTAL_PBX_{name.upper()}", raising=False)
    monkeypatch.setattr(FileAwareEnv.ENVIRON, "files_cache", {})


def test_without_a_host_there_is_no_pbx_and_nothing_is_missing() -> None:
    env = Environment()

    pbx = read_pbx(env)

    env.finish()
    assert (pbx.host, pbx.ami_secret) == ("", "")


def test_a_pbx_is_read_with_the_usual_ports_and_its_secret_from_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("sesame")
    monkeypatch.setenv("PORTAL_PBX_HOST", "10.0.0.5")
    monkeypatch.setenv("PORTAL_PBX_AMI_SECRET_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("PORTAL_PBX_CONFIG_FOLDER", "/etc/asterisk")
    env = Environment()

    pbx = read_pbx(env)

    env.finish()
    assert pbx == PbxSettings(
        host="10.0.0.5",
        ami_port=5038,
        ami_user="portal",
        ami_secret="sesame",
        config_folder="/etc/asterisk",
        spool_folder="",
        sip_host="10.0.0.5",
        sip_port=5060,
        transport="udp",
    )


def test_everything_that_a_pbx_lacks_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_PBX_HOST", "10.0.0.5")
    monkeypatch.setenv("PORTAL_PBX_AMI_PORT", "many")
    monkeypatch.setenv("PORTAL_PBX_TRANSPORT", "pigeon")
    env = Environment()

    read_pbx(env)

    with pytest.raises(ImproperlyConfigured) as told:
        env.finish()
    for name in ("AMI_SECRET", "CONFIG_FOLDER", "AMI_PORT", "TRANSPORT"):
        assert f"PORTAL_PBX_{name}:" in str(told.value)


def test_the_launchers_own_pbx_leaves_nothing_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.prepare()
    for name, value in Asterisk(folder, sip_port=5062, ami_port=5039).settings().items():
        monkeypatch.setenv(name, value)
    env = Environment()

    pbx = read_pbx(env)

    env.finish()
    assert (pbx.sip_port, pbx.ami_port) == (5062, 5039)
    assert pbx.ami_secret == folder.secret("pbx_ami")
    assert pbx.config_folder == str(folder.path / "asterisk/etc")
    assert pbx.spool_folder == str(folder.path / "asterisk/spool")
