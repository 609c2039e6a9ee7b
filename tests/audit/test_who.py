"""Each row says who, from where, in which request and through which door (AUD-03, AUD-10, POR-03)."""

from types import SimpleNamespace

import pytest
from django.test import Client, RequestFactory

from portal.accounts.models import User
from portal.audit.context import acting_as, acting_now, acting_through
from portal.audit.models import LogEntry, Source, Verb
from portal.audit.services import record
from portal.core.request_id import begin
from tenants.door import inside
from tenants.models import Tenant


def newest() -> LogEntry:
    return LogEntry.objects.latest("id")


def write() -> LogEntry:
    return record(verb=Verb.GET, table="Export", message="Downloaded")


@pytest.mark.feature("AUD-03")
def test_a_request_gives_user_address_and_request_id(inside_alpha: Tenant, owner: User, rf: RequestFactory) -> None:
    request = rf.get("/", REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="6.6.6.6")
    request.user, request.support_session = owner, None
    fresh = begin()

    with acting_through(request):
        entry = write()

    assert (entry.user_name, entry.actor_id) == (str(owner), owner.pk)
    assert entry.remote_addr == "203.0.113.9", "a forged header is not believed"
    assert (entry.cid, entry.source) == (fresh, Source.PORTAL)


@pytest.mark.feature("POR-03")
def test_a_support_session_writes_both_identities(inside_alpha: Tenant, owner: User, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = owner
    request.support_session = SimpleNamespace(actor_name="Olivia Operator", actor_schema="public", actor_id=12)

    with acting_through(request):
        entry = write()

    assert (entry.user_name, entry.acting_name, entry.acting_ref) == (str(owner), "Olivia Operator", "public:12")


def test_an_operators_change_inside_a_tenant_names_them_without_pointing_at_a_user_there(
    olivia: User, alpha: Tenant
) -> None:
    with acting_as(olivia), inside(alpha):
        entry = write()

    assert (entry.user_name, entry.actor_id, entry.acting_ref) == (str(olivia), None, f"public:{olivia.pk}")


@pytest.mark.feature("AUD-10")
def test_jobs_and_commands_say_so(management: Tenant) -> None:
    command = write()
    with acting_as(name="Provisioning", source=Source.JOB):
        job = write()

    assert (command.source, command.user_name) == (Source.COMMAND, "System")
    assert (job.source, job.user_name, job.actor_id) == (Source.JOB, "Provisioning", None)


def test_an_inner_source_keeps_the_person_and_ends_with_its_block(olivia: User, management: Tenant) -> None:
    with acting_as(olivia, ip="198.51.100.4"):
        with acting_as(source=Source.BULK):
            inner = write()
        outer = write()

    assert (inner.user_name, inner.source, inner.remote_addr) == (str(olivia), Source.BULK, "198.51.100.4")
    assert outer.source == Source.COMMAND
    assert acting_now().user_name == "System"


@pytest.mark.feature("AUD-07")
def test_data_that_is_called_like_a_secret_is_not_written(management: Tenant) -> None:
    entry = record(
        verb=Verb.PUT, table="Sign-in", message="Password reset", data={"password": "hunter2", "way": "link"}
    )

    assert entry.changes == {"password": [None, "changed"], "way": [None, "link"]}


@pytest.mark.feature("AUD-10")
def test_signing_in_failing_and_signing_out_are_recorded(alpha: Tenant, owner: User) -> None:
    client = Client(HTTP_HOST=alpha.get_primary_domain().domain, REMOTE_ADDR="203.0.113.9")

    client.post("/account/login/", {"login": owner.username, "password": "wrong horse battery staple"})
    client.post("/account/login/", {"login": owner.username, "password": "correct horse battery staple"})
    client.post("/account/logout/")

    with inside(alpha):
        found = LogEntry.objects.filter(table="Sign-in").order_by("pk")
        facts = [(entry.verb, entry.message, entry.remote_addr) for entry in found]
        failed = found[0]
        text = str(list(LogEntry.objects.values_list("changes", flat=True)))
    assert facts == [
        ("post", "Sign-in failed", "203.0.113.9"),
        ("post", "Signed in", "203.0.113.9"),
        ("delete", "Signed out", "203.0.113.9"),
    ]
    assert failed.changes == {"logon": [None, owner.username]}
    assert failed.user_name == ""
    assert "battery staple" not in text


@pytest.mark.feature("AUD-10")
def test_a_lock_after_wrong_passwords_is_recorded(alpha: Tenant, owner: User) -> None:
    client = Client(HTTP_HOST=alpha.get_primary_domain().domain)

    for _attempt in range(6):
        client.post("/account/login/", {"login": owner.username, "password": "wrong horse battery staple"})

    with inside(alpha):
        messages = list(LogEntry.objects.filter(table="Sign-in").values_list("message", flat=True))
    assert "Locked after wrong passwords" in messages
    assert messages.count("Sign-in failed") >= 5
