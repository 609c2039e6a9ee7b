"""People, numbers and licences for bulk assignments in alpha."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from extensions.models import OutsideNumber
from licensing.bulk.drafts import create_template
from licensing.bulk.users import add_file
from licensing.invariants import broken_counts
from licensing.models import AssignmentTemplate, Reason
from licensing.services.entitlement import set_bought
from portal.accounts.models import User
from tenants.door import inside, inside_management
from tenants.models import Tenant

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HEADING = "Ext Key,User's Name,Number\r\n"


@pytest.fixture
def alpha_now(inside_alpha: Tenant) -> Iterator[Tenant]:
    """Alpha may have 5,000 extensions; when the test ends, every count is what exists."""
    with inside_management():
        Tenant.objects.filter(pk=inside_alpha.pk).update(max_extensions=5000)
    inside_alpha.max_extensions = 5000
    yield inside_alpha
    with inside(inside_alpha):
        assert broken_counts() == []


@pytest.fixture
def bought(alpha_now: Tenant) -> Callable[..., None]:
    """`bought(phone_system=5, team_chat=2)`: alpha has so many licences from now on."""

    def have(**counts: int | None) -> None:
        with inside(alpha_now, owner=True):
            set_bought(counts, reason=Reason.BOUGHT)

    return have


@pytest.fixture
def plenty(bought: Callable[..., None]) -> None:
    """More of everything than any test needs."""
    bought(phone_system=None, license_number=None, team_chat=None, call_recording=None)


@pytest.fixture
def people(alpha_now: Tenant) -> Callable[..., list[User]]:
    """`people("Tony", "Jane")`: users of alpha without an extension."""

    def make(*names: str) -> list[User]:
        count = User.objects.count()
        return User.objects.bulk_create(
            User(
                username=f"bulk{count + place}@alpha.example",
                display_name=name,
                email=f"bulk{count + place}@alpha.example",
            )
            for place, name in enumerate(names)
        )

    return make


@pytest.fixture
def numbers(alpha_now: Tenant) -> Callable[..., None]:
    """`numbers("+6512345678")`: outside numbers of alpha that nobody is rung by."""
    return lambda *every: (
        OutsideNumber.objects.bulk_create(OutsideNumber(e164=one, country="SG") for one in every) and None
    )


@pytest.fixture
def draft(alpha_now: Tenant, owner: User) -> Callable[..., AssignmentTemplate]:
    """`draft("101,Tony,\\n", addons=["team_chat"])`: a template with the rows of a file."""

    def make(rows: str = "", *, addons: tuple[str, ...] = (), name: str = "New people") -> AssignmentTemplate:
        template = create_template(name=name, addons=addons, by=owner, at=NOON)
        if rows:
            content = rows if rows.startswith("Ext Key") else HEADING + rows
            template, _file = add_file(
                template=template, name="people.csv", content=content.encode(), by=owner, at=NOON
            )
        return template

    return make


@pytest.fixture
def look(browser_of: Callable, owner: User, alpha: Tenant) -> Client:
    """The owner's browser in alpha."""
    return browser_of(owner, alpha)


@pytest.fixture
def made(alpha_now: Tenant, draft: Callable[..., AssignmentTemplate]) -> Callable[..., AssignmentTemplate]:
    """`made(rows, …)`: a draft, made inside alpha whatever a page left behind."""

    def make(rows: str = "", **facts: object) -> AssignmentTemplate:
        with inside(alpha_now):
            return draft(rows, **facts)

    return make
