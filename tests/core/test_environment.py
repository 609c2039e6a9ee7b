"""Settings come from the environment; every fault is told at once."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.environment import Environment


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_TEST_PORT", "eight thousand")
    monkeypatch.setenv("PORTAL_TEST_SWITCH", "maybe")
    env = Environment()
    env.read("TEST_PORT", "int", default=1)
    env.read("TEST_SWITCH", "bool", default=False)
    env.read("TEST_MISSING")

    with pytest.raises(ImproperlyConfigured) as told:
        env.finish()

    for name in ("PORTAL_TEST_PORT", "PORTAL_TEST_SWITCH", "PORTAL_TEST_MISSING"):
        assert name in str(told.value)


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    (tmp_path / "key").write_text("from a file")
    monkeypatch.setenv("PORTAL_TEST_KEY_FILE", str(tmp_path / "key"))

    assert Environment().read("TEST_KEY") == "from a file"


@pytest.mark.parametrize(("word", "value"), [("yes", True), ("1", True), ("on", True), ("no", False), ("0", False)])
def test_a_switch_says_yes_or_no(monkeypatch: pytest.MonkeyPatch, word: str, value: bool) -> None:
    monkeypatch.setenv("PORTAL_TEST_SWITCH", word)

    assert Environment().read("TEST_SWITCH", "bool", default=False) is value
