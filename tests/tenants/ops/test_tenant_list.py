"""The list of tenants (TEN-01, PLT-01)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from tenants.models import Tenant, TenantState
from tenants.tenant_states import RESERVED

Browser = Callable[[User | None, Tenant], Client]


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def more_tenants(count: int) -> None:
    for number in range(50, 50 + count):
        Tenant.objects.create(
            schema_name=f"t{number}", instance_number=number, name=f"More{number}", state=TenantState.TRIAL
        )


@pytest.mark.feature("TEN-01")
def test_the_list_shows_every_column(ops: Client) -> None:
    page = text_of(ops, "/ops/tenants/")

    for head in ("Instance", "Name", "Short name", "FQDN", "Product type", "Status", "Created"):
        assert f"{head}" in page
    for word in ("AlphaPhones", "alpha-phones.localhost", "Phone System", "Active", "0/50"):
        assert word in page
    assert "tpl1" not in page


@pytest.mark.feature("PLT-01")
def test_instance_1_is_labelled_reserved_wherever_tenants_are_listed(ops: Client) -> None:
    assert str(RESERVED) == "Reserved for management (not usable)"
    assert str(RESERVED) in text_of(ops, "/ops/tenants/")
    assert str(RESERVED) in text_of(ops, "/ops/tenants/1/")
    assert str(RESERVED) in b"".join(ops.get("/ops/tenants/?export=csv").streaming_content).decode()


@pytest.mark.feature("TEN-01")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=alphaph", {"AlphaPhones"}),
        ("q=beta-phones.localhost", {"BetaPhones"}),
        ("q=6561234567", {"AlphaPhones", "BetaPhones"}),
        ("q=nobody", set()),
        ("q=%00", {"AlphaPhones", "BetaPhones"}),
        ("state=active", {"AlphaPhones", "BetaPhones"}),
        ("state=suspended", set()),
        ("product=Phone+System", {"AlphaPhones", "BetaPhones"}),
        ("sort=-name", {"AlphaPhones", "BetaPhones"}),
    ],
)
def test_the_list_is_searched_and_filtered_by_its_address(ops: Client, query: str, found: set[str]) -> None:
    page = text_of(ops, f"/ops/tenants/?{query}")

    assert {name for name in ("AlphaPhones", "BetaPhones") if f">{name}</a>" in page} == found


@pytest.mark.feature("TEN-01")
def test_the_list_is_sorted_by_its_address(ops: Client) -> None:
    page = text_of(ops, "/ops/tenants/?sort=-name")

    assert page.index(">BetaPhones</a>") < page.index(">AlphaPhones</a>")


@pytest.mark.feature("TEN-01")
def test_the_export_holds_what_the_filter_shows(ops: Client) -> None:
    answer = ops.get("/ops/tenants/?q=alpha&export=csv")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert answer["Content-Disposition"] == 'attachment; filename="tenants.csv"'
    assert lines[0].startswith("Instance,Name,Short name,FQDN,Product type,Status")
    assert len(lines) == 2
    assert lines[1].startswith("2,AlphaPhones,alpha,alpha-phones.localhost,Phone System,Active,0/50,10,")


@pytest.mark.feature("TEN-01")
def test_the_list_needs_the_same_queries_for_3_and_50_rows(ops: Client) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        text_of(ops, "/ops/tenants/")
    more_tenants(47)

    with CaptureQueriesContext(connection) as many:
        page = text_of(ops, "/ops/tenants/")

    assert page.count("<tr") >= 50
    assert len(many) == len(few)
