"""Reading the log (AUD-02, AUD-04, AUD-06)."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import Extension
from portal.accounts.models import User
from portal.audit.context import acting_as
from portal.audit.models import LogEntry, Verb
from portal.audit.services import record
from tenants.door import inside
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]
LOG = "/audit/"


@pytest.fixture
def changed(alpha: Tenant, owner: User) -> LogEntry:
    """One change of an extension in alpha, by its owner."""
    with inside(alpha), acting_as(owner, source="portal", ip="203.0.113.9"):
        extension = Extension.objects.get(number="101")
        extension.first_name = "<b>Jane</b>"
        extension.save()
        return LogEntry.objects.latest("id")


@pytest.mark.feature("AUD-02")
@pytest.mark.feature("AUD-04")
def test_the_list_shows_the_seven_columns_of_the_source(
    browser_of: Browser, alpha: Tenant, owner: User, changed: LogEntry
) -> None:
    page = browser_of(owner, alpha).get(LOG).content.decode()

    heads = [re.sub(r"<svg.*?</svg>|<[^>]+>", "", head).strip() for head in re.findall(r"<th scope.*?</th>", page)]
    assert heads == ["User", "IP", "Date Time", "Action", "Table", "Message", "Data"]
    assert "View Difference" in page
    assert "203.0.113.9" in page
    assert str(owner) in page
    assert "Put" in page
    assert "Update" in page


@pytest.mark.feature("AUD-06")
def test_view_difference_shows_previous_and_current_values_and_the_json(
    browser_of: Browser, alpha: Tenant, owner: User, changed: LogEntry
) -> None:
    page = browser_of(owner, alpha).get(f"{LOG}{changed.pk}/").content.decode()

    assert "First name" in page
    assert "&lt;b&gt;Jane&lt;/b&gt;" in page
    assert "<b>Jane</b>" not in page
    assert "&quot;previous&quot;" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("user=owner", True), ("user=nobody", False), ("action=put", True), ("action=delete", False),
        ("table=Extension", True), ("table=Role", False), ("ip=203.0.113.9", True), ("ip=203.0.113.10", False),
        ("ip=nonsense", False), ("since=2020-01-01", True), ("since=2999-01-01", False), ("until=2020-01-01", False),
        ("acting=no", True), ("acting=yes", False), ("q=101", True), ("q=zzz", False), ("source=portal", True),
    ],
)  # fmt: skip
def test_filters_narrow_the_list(
    browser_of: Browser, alpha: Tenant, owner: User, changed: LogEntry, query: str, shown: bool
) -> None:
    page = browser_of(owner, alpha).get(f"{LOG}?{query}").content.decode()

    assert (f"{LOG}{changed.pk}/" in page) is shown


def test_the_export_holds_every_column_and_is_itself_recorded(
    browser_of: Browser, alpha: Tenant, owner: User, changed: LogEntry
) -> None:
    response = browser_of(owner, alpha).get(f"{LOG}?export=csv&table=Extension")
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))

    assert len(rows) >= 1
    assert set(rows[0]) >= {"User", "IP", "Date Time", "Action", "Table", "Message", "Data", "Person behind it"}
    assert "first_name" in rows[0]["Data"]
    with inside(alpha):
        entry = LogEntry.objects.latest("id")
    assert (entry.table, entry.verb, entry.user_name) == ("Export", "get", str(owner))
    assert entry.changes["file"] == [None, "audit-log.csv"]


def test_who_may_not_read_the_log_is_refused(browser_of: Browser, alpha: Tenant, agent: User, manager: User) -> None:
    assert browser_of(agent, alpha).get(LOG).status_code == 403
    assert browser_of(manager, alpha).get(LOG).status_code == 403
    assert browser_of(None, alpha).get(LOG).status_code == 302


def test_a_row_of_another_tenant_is_not_there(
    browser_of: Browser, alpha: Tenant, beta: Tenant, stranger: User, changed: LogEntry
) -> None:
    client = browser_of(stranger, beta)
    with inside(beta):
        mine = set(LogEntry.objects.values_list("pk", flat=True))

    for pk in (changed.pk, changed.pk + 10_000):
        answer = client.get(f"{LOG}{pk}/")
        # Each log counts by itself: the same number may be another row there.
        assert answer.status_code == (200 if pk in mine else 404)
        assert b"Jane" not in answer.content


def test_an_event_without_values_has_its_own_words(browser_of: Browser, management: Tenant, olivia: User) -> None:
    entry = record(verb=Verb.POST, table="Job", message="Completed")

    page = browser_of(olivia, management).get(f"/ops/audit/{entry.pk}/").content.decode()

    assert "no values changed with it" in page


def test_the_list_needs_the_same_queries_for_1_row_and_a_page(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    client = browser_of(owner, alpha)
    client.get(LOG)
    with CaptureQueriesContext(connection) as few:
        client.get(LOG)
    with inside(alpha):
        for number in range(10):
            record(verb=Verb.POST, table="Job", message="Completed", data={"number": number})

    with CaptureQueriesContext(connection) as many:
        client.get(LOG)

    assert len(few) == len(many)
    reads = [query["sql"] for query in many if not query["sql"].startswith("SET ")]
    assert len(reads) <= 8, "\n".join(reads)
