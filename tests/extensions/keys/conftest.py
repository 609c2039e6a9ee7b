"""Shorthand for panels in alpha."""

from collections.abc import Callable
from typing import Any

import pytest

from extensions.models import Extension, Key, KeyKind, KeyPanel, Phone, Team, TeamMember
from extensions.services.keys.edit import KeySaid, set_key
from extensions.services.keys.panels import panel_for
from portal.accounts.models import User
from tenants.models import Tenant
from tests.extensions.conftest import NOON


def colleague(number: str, name: str) -> Extension:
    """An extension in the active tenant."""
    return Extension.objects.create(
        number=number, directory_name=name, sip_username=f"desk{number}", sip_password="x", created_at=NOON
    )


@pytest.fixture
def desk(inside_alpha: Tenant) -> Extension:
    """Extension 101 with a Yealink T54W: 27 keys over three pages."""
    found = Extension.objects.get(number="101")
    Phone.objects.create(mac="805ec0000101", model="yealink-t54w", extension=found, created_at=NOON)
    return found


@pytest.fixture
def mei(desk: Extension) -> Extension:
    return colleague("102", "Mei Tan")


@pytest.fixture
def sales(mei: Extension, desk: Extension) -> Team:
    """Sales: 103 Ravi first, then 102 Mei, then 101."""
    team = Team.objects.create(name="Sales", number="600")
    ravi = colleague("103", "Ravi Kumar")
    for place, member in enumerate((ravi, mei, desk)):
        TeamMember.objects.create(team=team, extension=member, position=place)
    return team


@pytest.fixture
def put(owner: User) -> Callable[..., Key]:
    """`put(desk, 0, "presence", "102", label=…)`: a key on an extension's panel, or on a template."""

    def place(on: Extension | KeyPanel, position: int, kind: str, target: str = "", **facts: Any) -> Key:
        panel = panel_for(on) if isinstance(on, Extension) else on
        said = KeySaid(KeyKind(kind), target, facts.pop("label", ""), facts.pop("locked", False))
        return set_key(panel=panel, position=position, said=said, by=owner, **facts)

    return place


def labels(panel: KeyPanel) -> dict[int, str]:
    """Position → kind and target, of a panel's own keys."""
    keys = panel.keys.select_related("extension").order_by("position")
    return {key.position: key.extension.number if key.extension else key.kind for key in keys}
