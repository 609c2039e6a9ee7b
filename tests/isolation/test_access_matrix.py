"""Every URL x method x member of the cast x host, from both URL maps (SEC-06, ROL-07, THR-01 to THR-03)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import path

from portal.core.pages import Page
from portal.permissions import Face, Perm
from portal.sites import access, urls_tenant
from portal.sites.matrix import Door, doors
from tenants.models import Tenant
from tests.isolation.addresses import Objects, objects_of
from tests.isolation.people import CAST, Knocker, client_of
from tests.world import MARKERS

APPROVED = Path(__file__).with_name("access_matrix.txt")
SIGN_IN = "/account/login/"
# What a refused request may still write: its session, the rate limits, and the audit row about a failed sign-in.
BOOKKEEPING = (
    "django_session",
    "usersessions_usersession",
    "audit_logentry",
    "axes_accessattempt",
    "tenants_publicattempt",
)


@pytest.fixture
def objects(db: None) -> dict[str, Objects]:
    """Real objects for the arguments of every URL, by schema."""
    return {schema: objects_of(Tenant.objects.get(schema_name=schema)) for schema in ("public", "t2", "t3")}


def changes() -> int:
    """Rows written so far in this transaction, bookkeeping aside."""
    with connection.cursor() as cursor:
        cursor.execute(
            # What pg_stat_xact_user_tables counts, without the join over every index that makes the view slow.
            "SELECT coalesce(sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid) "
            "+ pg_stat_get_xact_tuples_deleted(oid)), 0)::int FROM pg_class WHERE relkind IN ('r', 't', 'p') "
            "AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema') "
            "AND relnamespace::regnamespace::text !~ '^pg_toast' AND NOT relname = ANY(%s)",
            [list(BOOKKEEPING)],
        )
        return cursor.fetchone()[0]


class Asking:
    """Asks, tells what came of it, and takes back what was written."""

    def __init__(self) -> None:
        self.before: int | None = None

    def __call__(
        self, client: Client, method: str, address: str, *, may_write: bool = False
    ) -> tuple[HttpResponseBase, str, int]:
        """The answer, its text, and how many rows it wrote, which nobody counts where they `may_write` (0).

        What is rolled back counts on, so that one look after each request is enough where refusals follow each other.
        """
        before = self.before if may_write or self.before is not None else changes()
        point = transaction.savepoint()
        answer = getattr(client, method.lower())(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        connection.set_schema_to_public()
        now = None if may_write else changes()
        transaction.savepoint_rollback(point)
        self.before = now
        written = 0 if now is None or before is None else now - before
        return answer, body.decode(errors="replace"), written


def sent_to_sign_in(answer: HttpResponseBase) -> bool:
    """To the sign-in page, or, from the registration form, to where a prospect gets a link."""
    return answer.status_code == 302 and answer["Location"].startswith((SIGN_IN, "/register/"))


def fault(door: Door, knocker: Knocker, answer: HttpResponseBase, body: str, written: int) -> str:
    """What is wrong with the answer, or an empty text."""
    if answer.status_code >= 500:
        return f"answered {answer.status_code}"
    leaked = [marker for schema, marker in MARKERS.items() if schema != knocker.at and marker in body]
    if leaked and knocker.at != "public":
        return f"shows {leaked}"
    if knocker.may(door.rule):
        return "was refused" if _barred(door, answer) else ""
    if written:
        return f"was refused, yet wrote {written} rows"
    expected = answer.status_code == 403 if knocker.known_here else sent_to_sign_in(answer)
    # A door that only takes POST may say so before it asks who is there.
    return "" if expected or answer.status_code == 405 else f"answered {answer.status_code}, not a refusal"


def _barred(door: Door, answer: HttpResponseBase) -> bool:
    """An open door may still refuse: without its proof (a signed hand-off, a link) it answers 403."""
    if door.rule.needs == access.OPEN:
        return False
    return answer.status_code == 403 or (answer.status_code == 302 and answer["Location"].startswith(SIGN_IN))


def knocks(objects: dict[str, Objects]) -> Iterator[tuple[Knocker, Door, str, str]]:
    for knocker in CAST:
        for door in doors():
            if door.face == knocker.face and door.rule is not None and door.name != "account_logout":
                for method in door.methods:
                    yield knocker, door, method, objects[knocker.at].address(door)


def test_no_url_is_without_a_rule_and_every_new_one_is_approved() -> None:
    found = "\n".join(door.line().rstrip() for door in doors()) + "\n"

    assert "NO RULE" not in found
    assert found == APPROVED.read_text(), (
        "review the change, then: manage.py access_matrix > tests/isolation/access_matrix.txt"
    )


def test_no_library_rule_is_left_over() -> None:
    assert set(access.LIBRARY_VIEWS) - {door.name for door in doors()} == set()


@pytest.mark.long
@pytest.mark.feature("SEC-06", "ROL-07")
def test_every_door_opens_for_those_who_may_and_for_nobody_else(objects: dict[str, Objects]) -> None:
    clients = {knocker: client_of(knocker) for knocker in CAST}
    ask, faults, asked = Asking(), [], 0

    for knocker, door, method, address in knocks(objects):
        answer, body, written = ask(clients[knocker], method, address, may_write=knocker.may(door.rule))
        wrong = fault(door, knocker, answer, body, written)
        asked += 1
        if wrong:
            faults.append(
                f"{knocker.name}@{knocker.home or '-'} at {knocker.at}: {method} {address} ({door.name}) {wrong}"
            )

    assert faults == [], "\n".join(faults)
    assert asked > 1000


@pytest.mark.feature("SEC-06")
def test_the_objects_of_another_tenant_are_not_there(objects: dict[str, Objects]) -> None:
    owner = client_of(next(each for each in CAST if each.name == "owner" and each.at == "t2"))
    ask, others, faults = Asking(), objects["t3"], []

    for door in doors():
        takes_id = [name for name in door.arguments if name == "pk"]
        if door.face is not Face.TENANT or not takes_id:
            continue
        for method in door.methods:
            answer, body, written = ask(owner, method, others.address(door))
            if answer.status_code not in (404, 405) or written or MARKERS["t3"] in body:
                faults.append(f"{method} {door.name}: {answer.status_code}, wrote {written}")

    assert faults == []


# --- the guards can fail: each is switched off once, and the matrix must notice --------------------------------------
class Forgotten(Page):
    """A page that somebody added without asking."""

    permission = Perm.EXTENSION_READ
    template = "errors/404.html"


def test_a_url_without_a_rule_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def naked(request: object) -> None:
        """A plain function view."""

    monkeypatch.setattr(urls_tenant, "urlpatterns", [path("naked/", naked, name="naked")])
    from django.urls import clear_url_caches  # noqa: PLC0415 - only this test changes the map

    clear_url_caches()
    try:
        assert [door.rule for door in doors() if door.name == "naked"] == [None]
    finally:
        monkeypatch.undo()
        clear_url_caches()


def test_the_matrix_goes_red_when_pages_stop_asking(
    objects: dict[str, Objects], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.accounts.models.User.may", lambda self, permission: True)
    agent = next(each for each in CAST if each.name == "agent")
    client = client_of(agent)
    door = next(each for each in doors() if each.name == "extensions:list")

    answer, body, written = Asking()(client, "GET", objects["t2"].address(door))

    assert fault(door, agent, answer, body, written) != ""


def test_the_marker_search_goes_red_when_a_page_shows_another_tenant(
    objects: dict[str, Objects], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = next(each for each in CAST if each.name == "owner" and each.at == "t2")
    door = next(each for each in doors() if each.name == "extensions:list")
    client = client_of(owner)
    answer, _body, written = Asking()(client, "GET", objects["t2"].address(door))

    assert fault(door, owner, answer, "… ⟦beta-marker⟧ …", written) == "shows ['⟦beta-marker⟧']"
