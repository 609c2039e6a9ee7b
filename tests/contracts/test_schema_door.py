"""Only the door switches schemas, and only some apps walk through it (STYLE rule 6)."""

import re

from tests.contracts.project import APPS, own_files, relative

SWITCH = re.compile(r"\b(?:set_tenant|set_schema|set_schema_to_public|schema_context|tenant_context)\(")
DOOR = re.compile(r"^from tenants\.door import", re.M)
MAY_SWITCH = ("tenants/", "portal/core/db/", "portal/jobs/", "portal/sites/middleware/")
# One PBX serves many tenants: whoever speaks to it goes from one to the next.
MAY_ENTER = ("tenants/", "portal/jobs/", "portal/sites/", "customers/", "billing/", "extensions/pbx/")


def files_with(pattern: re.Pattern[str], allowed: tuple[str, ...]) -> list[str]:
    names = [relative(file) for file in own_files(".py") if pattern.search(file.read_text())]
    return [name for name in names if name.startswith(APPS) and not name.startswith(allowed)]


def test_only_the_door_and_the_kernel_switch_schemas() -> None:
    assert files_with(SWITCH, MAY_SWITCH) == []


def test_only_apps_that_must_cross_tenants_use_the_door() -> None:
    assert files_with(DOOR, MAY_ENTER) == []
