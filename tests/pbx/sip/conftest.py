"""Two companies with telephones on a real Asterisk. What a test changes on the pages is taken back after it."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from portal.accounts.models import User
from portal.run.asterisk.installed import SipTools
from portal.run.asterisk.ports import free_sip_port
from tenants.door import inside
from tenants.models import Pbx, Tenant, Trunk
from tests.pbx.conftest import RunningAsterisk
from tests.pbx.sip.carriers import FIRST, SECOND
from tests.pbx.sip.stage import ANI, Company, Stage
from tests.pbx.sip.telephones import Telephone

PHONES = {"t2": ("101", "102", "103", "104"), "t3": ("101", "102")}


@pytest.fixture(scope="package")
def built(
    asterisk: RunningAsterisk, sip_tools: SipTools, django_db_setup: None, django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:  # fmt: skip
    """The stage, its telephones registered, in one transaction that is taken back when the last test has ended."""
    folder = tmp_path_factory.mktemp("telephones")
    with django_db_blocker.unblock(), transaction.atomic():
        stage = _build(asterisk, sip_tools)
        with ExitStack() as open_things:
            stage.bring()
            open_things.callback(_take_down, stage)
            open_things.enter_context(stage.ears)
            for company in stage.companies:
                _connect(company, asterisk, sip_tools, folder, open_things)
            stage.ears.until(lambda: stage.are_registered(stage.phones), "all registered", 20)
            for place in range(2):
                stage.look_at_trunk(place, "Unreachable")
            yield stage
        transaction.set_rollback(True)


def _build(asterisk: RunningAsterisk, tools: SipTools) -> Stage:
    server = asterisk.server
    pbx = Pbx.objects.create(
        name="Stage", host="127.0.0.1", ami_port=server.ami_port, ami_user="portal",
        ami_secret=server.secret_file.read_text().strip(), config_folder=str(server.etc),
        spool_folder=str(server.spool), sip_host="127.0.0.1", sip_port=server.sip_port, is_default=True,
    )  # fmt: skip
    trunks = [
        Trunk.objects.create(
            pbx=pbx, name=f"Carrier {place}", host=host, port=free_sip_port(), transport="udp", match_addresses=[host],
            position=place, emergency=place == 1,
        )
        for place, host in enumerate((FIRST, SECOND))
    ]  # fmt: skip
    companies = [_company(slug) for slug in ANI]
    return Stage(*companies, pbx=pbx, trunks=trunks, tools=tools, asterisk=asterisk)


def _company(slug: str) -> Company:
    Tenant.objects.filter(schema_name=slug).update(ani=ANI[slug])
    tenant = Tenant.objects.get(schema_name=slug)
    with inside(tenant):
        owner = User.objects.get(username__startswith="owner@" if slug == "t2" else "stranger@")
    company = Company(tenant, owner)
    company.settle_in()
    return company


def _connect(company: Company, asterisk: RunningAsterisk, tools: SipTools, folder: Path, things: ExitStack) -> None:
    for number in PHONES[company.slug]:
        at = folder / f"{company.slug}-{number}"
        phone = Telephone(tools, at, asterisk.server.sip_port, company.sign_in(number))
        company.phones[number] = things.enter_context(phone)


def _take_down(stage: Stage) -> None:
    for slug in ANI:
        asyncio.run(stage.driver.remove(slug))
    for one in stage.nobody.values():
        one.socket.close()


@pytest.fixture
def stage(built: Stage) -> Iterator[Stage]:
    """The stage as it was built: nobody calls, everybody is available, nothing was changed."""
    built.clear()
    with transaction.atomic():
        yield built
        transaction.set_rollback(True)
    connection.set_schema_to_public()


@pytest.fixture
def alpha(stage: Stage) -> Company:  # the company, not only the tenant
    return stage.alpha


@pytest.fixture
def beta(stage: Stage) -> Company:
    return stage.beta
