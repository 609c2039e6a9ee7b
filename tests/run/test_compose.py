import re
from typing import Any

import pytest
import yaml

from portal.run.console import ROOT
from portal.run.programs import QUEUES

LONG_RUNNING = ["postgres", "redis", "web", "worker", "pbx", "beat", "mail"]
OURS = ["web", "worker", "pbx", "beat", "migrate"]
# Read by the launcher or by docker-compose.yml, not by the settings.
OF_THE_LAUNCHER = {
    "PORTAL_POSTGRES_USER",
    "PORTAL_ASTERISK",
    "PORTAL_POSTGRES_PASSWORD",
    "PORTAL_DATABASE_PASSWORD",
    "PORTAL_REDIS_PASSWORD",
}
NOT_FOR_PEOPLE = {"PORTAL_KILL_AT"}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def test_the_services_of_production_are_there(services: dict[str, Any]) -> None:
    assert sorted(services) == sorted([*LONG_RUNNING, "migrate"])
    assert services["postgres"]["image"].startswith("postgres:18")
    assert services["redis"]["image"].startswith("valkey/valkey:9")


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_each_service_is_watched_restarted_and_cannot_write_its_image(services: dict[str, Any], name: str) -> None:
    service = services[name]

    assert service["healthcheck"]["test"]
    assert service["restart"] == "unless-stopped"
    assert service["read_only"] is True


@pytest.mark.parametrize("name", OURS)
def test_our_processes_run_without_root_and_without_capabilities(services: dict[str, Any], name: str) -> None:
    service = services[name]

    assert service["user"] == "10001:10001"
    assert service["cap_drop"] == ["ALL"]
    assert service["build"]["dockerfile"] == "portal/run/Dockerfile"


@pytest.mark.parametrize("name", ["web", "worker", "pbx", "beat"])
def test_nothing_serves_before_the_migrations_are_done(services: dict[str, Any], name: str) -> None:
    assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert services["migrate"]["restart"] == "no"


def test_the_worker_takes_the_same_queues_as_under_bin_run(services: dict[str, Any]) -> None:
    assert f"--queues={QUEUES}" in services["worker"]["command"]


def test_only_the_loopback_address_is_published(services: dict[str, Any]) -> None:
    published = [port for service in services.values() for port in service.get("ports", [])]

    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_every_variable_of_compose_is_explained() -> None:
    used = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))

    assert used <= explained()


def test_every_setting_is_explained_and_every_explained_variable_is_read() -> None:
    settings = "".join(part.read_text() for part in (ROOT / "portal" / "settings").glob("*.py"))
    read = {f"PORTAL_{name}" for name in re.findall(r'env\.read\(\s*"(\w+)"', settings)}
    read = {name.removeprefix("PORTAL_") if name.endswith(("DATABASE_URL", "REDIS_URL")) else name for name in read}

    assert read - NOT_FOR_PEOPLE <= explained()
    assert explained() - OF_THE_LAUNCHER <= read


def explained() -> set[str]:
    return set(re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
