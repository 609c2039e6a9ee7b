"""Pages of call controls: who may, what they show, what they refuse."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import (
    BlockAction,
    BlockDirection,
    BlockedCaller,
    BlockMatch,
    CallException,
    Extension,
    OutgoingMatch,
    OutgoingRule,
    OutgoingRuleSet,
    SettingValue,
    Team,
)
from extensions.services.calls.blocked import Blocking, block_caller
from extensions.services.calls.rules import RuleFacts, add_rule, create_rule_set
from extensions.services.settings import change_settings
from extensions.settings.subjects import COMPANY
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import reads

Browser = Callable[[User | None, Tenant], Client]
ALWAYS = "forward.away.external.always"


@pytest.fixture
def colleague(alpha: Tenant, owner: User) -> Extension:
    with inside(alpha):
        return Extension.objects.create(
            number="102", directory_name="Mei Tan", sip_username="mei", sip_password="x", created_at="2026-01-01T00:00Z"
        )


def typed(**fields: str) -> dict[str, str]:
    """The matrix of Away as a browser sends it when nothing is switched on, with changes."""
    facts = {}
    for origin in ("internal", "external"):
        for condition in ("always", "busy", "no_answer", "unregistered"):
            facts |= {f"forward.away.{origin}.{condition}.to_0": "", f"forward.away.{origin}.{condition}.to_1": ""}
        facts[f"forward.away.{origin}.no_answer.seconds"] = "25"
    return facts | fields


@pytest.mark.feature("CTL-01", "CTL-02")
def test_a_forward_is_set_in_the_matrix_shown_as_set_here_and_reset(
    browser_of: Browser, alpha: Tenant, owner: User, colleague: Extension
) -> None:
    browser = browser_of(owner, alpha)
    sent = typed(**{ALWAYS: "on", f"{ALWAYS}.to_0": "extension", f"{ALWAYS}.to_1": "102"})

    saved = browser.post("/extensions/101/calls/away/edit/", sent)
    page = browser.get("/extensions/101/calls/away/").content.decode()
    browser.post("/extensions/101/calls/away/edit/", {"reset": ALWAYS})
    after = browser.get("/extensions/101/calls/away/").content.decode()

    assert (saved.status_code, saved["Location"]) == (302, "/extensions/101/calls/away/")
    assert "Calls go straight to 102 Mei Tan." in page
    assert "Set here" in page
    assert "Calls ring your desk phone 25 s, then voicemail." in after
    assert "Set here" not in after


@pytest.mark.feature("CTL-01")
def test_an_extension_inherits_from_its_team_and_the_team_from_the_company(
    browser_of: Browser, alpha: Tenant, owner: User
) -> None:
    browser = browser_of(owner, alpha)
    with inside(alpha):
        team = Team.objects.create(name="Sales")
        Extension.objects.filter(number="101").update(home_team=team)

    browser.post(f"/teams/{team.pk}/calls/away/edit/", typed(**{ALWAYS: "on"}))
    browser.post("/call-controls/away/edit/", typed(**{"forward.away.internal.always": "on"}))
    page = browser.get("/extensions/101/calls/away/").content.decode()

    assert "Inherited from team Sales" in page
    assert "Inherited from the company" in page


@pytest.mark.feature("CTL-01")
def test_a_row_locked_at_the_company_cannot_be_changed_below(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    browser.post("/call-controls/away/edit/", typed(**{ALWAYS: "on", f"lock:{ALWAYS}": "on"}))

    page = browser.get("/extensions/101/calls/away/").content.decode()
    browser.post("/extensions/101/calls/away/edit/", typed())

    assert "Locked by the company" in page
    with inside(alpha):
        assert not SettingValue.objects.filter(level="extension").exists()
        assert SettingValue.objects.filter(key__startswith=ALWAYS, locked=True).count() == 2


@pytest.mark.feature("CTL-02")
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("forward.away.external.no_answer.seconds", "4", "greater than or equal to 5"),
        ("forward.away.external.no_answer.seconds", "121", "less than or equal to 120"),
        (f"{ALWAYS}.to_1", "999", "There is no extension “999”."),
        (f"{ALWAYS}.to_1", "", "Say which one."),
        (f"{ALWAYS}.to_1", "101", "cannot forward to itself"),
    ],
)
def test_wrong_forwards_are_refused_in_their_row(
    browser_of: Browser, alpha: Tenant, owner: User, field: str, value: str, sentence: str
) -> None:
    sent = typed(**{ALWAYS: "on", f"{ALWAYS}.to_0": "extension", f"{ALWAYS}.to_1": "101", field: value})
    if "seconds" in field:
        sent |= {f"{ALWAYS}.to_0": ""}

    answer = browser_of(owner, alpha).post("/extensions/101/calls/away/edit/", sent)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.feature("CTL-04")
def test_a_circle_is_refused_with_its_way(
    browser_of: Browser, alpha: Tenant, owner: User, colleague: Extension
) -> None:
    browser = browser_of(owner, alpha)
    there = typed(**{ALWAYS: "on", f"{ALWAYS}.to_0": "extension", f"{ALWAYS}.to_1": "102"})
    back = typed(**{ALWAYS: "on", f"{ALWAYS}.to_0": "extension", f"{ALWAYS}.to_1": "101"})

    first = browser.post("/extensions/101/calls/away/edit/", there)
    second = browser.post("/extensions/102/calls/away/edit/", back)

    assert (first.status_code, second.status_code) == (302, 422)
    assert "Calls would go round in a circle: 101 → 102 → 101." in second.content.decode()


@pytest.mark.feature("CTL-04", "CTL-06")
def test_a_forward_that_the_rules_deny_is_refused(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    sent = typed(**{ALWAYS: "on", f"{ALWAYS}.to_0": "number", f"{ALWAYS}.to_1": "+442071234567"})

    answer = browser_of(owner, alpha).post("/extensions/101/calls/away/edit/", sent)

    assert answer.status_code == 422
    assert "Calls may not be forwarded to +442071234567" in answer.content.decode()


@pytest.mark.feature("CTL-03")
def test_do_not_disturb_asks_only_where_calls_go(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    page = browser_of(owner, alpha).get("/extensions/101/calls/dnd/").content.decode()

    assert "Outgoing calls are not touched" in page
    assert "When busy" in page
    assert "When nobody answers" not in page


@pytest.mark.feature("CTL-07", "CTL-08", "CTL-10")
@pytest.mark.parametrize(
    ("section", "sent", "status", "words"),
    [
        ("recording", {"recording.incoming": "always", "recording.outgoing": "on_demand", "recording.announce": "on",
                       "recording.retention_days": "30"}, 302, ""),
        ("recording", {"recording.incoming": "sometimes", "recording.outgoing": "off",
                       "recording.retention_days": "0"}, 422, "sometimes is not one of the available choices"),
        ("caller-id", {"caller_id.number": "", "caller_id.withheld": "on"}, 302, ""),
        ("caller-id", {"caller_id.number": "+6599999999"}, 422, "This is not one of your own numbers."),
        ("outgoing", {"outgoing.rules": "", "outgoing.hours": ""}, 302, ""),
        ("outgoing", {"outgoing.rules": "999999", "outgoing.hours": ""}, 422, "available choices"),
    ],
)  # fmt: skip
def test_recording_caller_id_and_times_are_settings_of_the_company(  # noqa: PLR0913 - a table
    browser_of: Browser, alpha: Tenant, owner: User, section: str, sent: dict[str, str], status: int, words: str
) -> None:
    answer = browser_of(owner, alpha).post(f"/call-controls/{section}/edit/", sent)

    assert answer.status_code == status
    assert words in answer.content.decode()


@pytest.mark.feature("CTL-07")
def test_the_retention_is_the_companys_alone(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    assert "Keep recordings for days" in browser.get("/call-controls/recording/").content.decode()
    assert "Keep recordings for days" not in browser.get("/extensions/101/calls/recording/").content.decode()


@pytest.mark.feature("CTL-05")
def test_blocking_listing_exporting_and_letting_through(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    sent = {"match": "number", "pattern": "6111 2222", "direction": "in", "action": "reject", "note": "Sales"}

    answer = browser.post("/extensions/101/calls/blocked/new/", sent)
    again = browser.post("/extensions/101/calls/blocked/new/", sent)
    page = browser.get("/extensions/101/calls/blocked/").content.decode()
    file = b"".join(browser.get("/extensions/101/calls/blocked/?export=csv").streaming_content).decode("utf-8-sig")
    with inside(alpha):
        row = BlockedCaller.objects.get()
    browser.post(f"/call-controls/blocked/{row.pk}/remove/")

    assert answer["Location"] == "/extensions/101/calls/blocked/"
    assert (again.status_code, "in the list already" in again.content.decode()) == (422, True)
    assert "+6561112222" in page
    assert file.splitlines() == ["match,pattern,direction,action,note", "number,+6561112222,in,reject,Sales"]
    with inside(alpha):
        assert not BlockedCaller.objects.exists()


@pytest.mark.feature("CTL-05")
@pytest.mark.parametrize(
    ("match", "pattern", "direction", "sentence"),
    [
        ("number", "12", "in", "3 to 15 digits"),
        ("prefix", "abc", "in", "Start with +"),
        ("prefix", "1234567", "in", "Start with +"),
        ("anonymous", "", "out", "only be blocked for incoming calls"),
        ("sound", "1", "in", "available choices"),
    ],
)
def test_wrong_blocks_are_refused(  # noqa: PLR0913 - a table
    browser_of: Browser, alpha: Tenant, owner: User, match: str, pattern: str, direction: str, sentence: str
) -> None:
    sent = {"match": match, "pattern": pattern, "direction": direction, "action": "busy"}

    answer = browser_of(owner, alpha).post("/call-controls/blocked/new/", sent)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.feature("CTL-05")
def test_a_file_is_checked_first_and_committed_then(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    wrong = BytesIO(b"match,pattern,direction,action\nprefix,+65,sideways,ring\nnumber,12,in,busy\n")
    right = BytesIO(b"pattern,note\n+6561112222,Sales\n+6561113333,\n")
    wrong.name = right.name = "blocked.csv"

    faults = browser.post("/call-controls/blocked/import/", {"file": wrong})
    preview = browser.post("/call-controls/blocked/import/", {"file": right})
    kept = "pattern,note\n+6561112222,Sales\n+6561113333,\n"
    with inside(alpha):
        before = BlockedCaller.objects.count()
    done = browser.post("/call-controls/blocked/import/", {"text": kept, "commit": "1"})

    text = faults.content.decode()
    assert (faults.status_code, preview.status_code, before, done.status_code) == (422, 200, 0, 302)
    assert "3 faults in the file" in text
    assert "Write one of: in, out, both." in text
    assert "2 lines are fine" in preview.content.decode()
    with inside(alpha):
        assert set(BlockedCaller.objects.values_list("pattern", "note")) == {
            ("+6561112222", "Sales"), ("+6561113333", ""),
        }  # fmt: skip


@pytest.mark.feature("CTL-05")
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"colour\nred\n", b"pattern\n+6561112222\n+6561112222\n"])
def test_a_file_that_cannot_be_read_is_refused(browser_of: Browser, alpha: Tenant, owner: User, content: bytes) -> None:
    file = BytesIO(content)
    file.name = "blocked.csv"

    answer = browser_of(owner, alpha).post("/call-controls/blocked/import/", {"file": file})

    assert answer.status_code == 422


@pytest.mark.feature("CTL-09")
def test_exceptions_are_added_ordered_changed_and_removed(
    browser_of: Browser, alpha: Tenant, owner: User, colleague: Extension
) -> None:
    browser = browser_of(owner, alpha)
    boss = {"label": "Boss", "prefix": "9123 4567", "schedule": "", "when_open": "1", "target_0": "extension",
            "target_1": "102"}  # fmt: skip
    browser.post("/extensions/101/calls/exceptions/new/", boss | {"prefix": "+6591234567"})
    browser.post("/extensions/101/calls/exceptions/new/", boss | {"label": "All", "prefix": "", "target_0": ""})
    with inside(alpha):
        first, second = CallException.objects.order_by("position")

    browser.post(f"/call-controls/exceptions/{second.pk}/move/up/")
    page = browser.get("/extensions/101/calls/exceptions/").content.decode()
    edited = browser.post(f"/call-controls/exceptions/{first.pk}/edit/", boss | {"label": "Chief", "prefix": "",
                          "version": str(first.version)})  # fmt: skip
    stale = browser.post(f"/call-controls/exceptions/{first.pk}/edit/", boss | {"label": "Late", "prefix": "",
                         "version": str(first.version)})  # fmt: skip
    browser.post(f"/call-controls/exceptions/{second.pk}/remove/")

    assert page.index("All") < page.index("Boss")
    assert "102 Mei Tan" in page
    assert (edited.status_code, stale.status_code) == (302, 409)
    with inside(alpha):
        assert list(CallException.objects.values_list("label", flat=True)) == ["Chief"]


@pytest.mark.feature("CTL-06")
def test_a_set_of_rules_is_made_filled_ordered_and_tested(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    made = browser.post("/call-controls/rules/new/", {"name": "Office"})["Location"]
    for value, allow in (("international", "0"), ("local", "1")):
        browser.post(f"{made}add/", {"match": "class", "call_class": value, "allow": allow})
    browser.post(f"{made}add/", {"match": "country", "country": "GB", "allow": "1"})
    with inside(alpha):
        rules = list(OutgoingRule.objects.order_by("position"))
    browser.post(f"/call-controls/rules/one/{rules[2].pk}/move/up/")
    browser.post(f"/call-controls/rules/one/{rules[2].pk}/move/up/")
    page = browser.get(f"{made}?number=%2B442071234567#number-test").content.decode()
    denied = browser.get(f"{made}?number=%2B33140205050").content.decode()

    assert "Rule 1 of “Office”: United Kingdom: allow" in page
    assert page.index('class="rule-wins"') < page.index("International")
    assert "Rule 2 of “Office”: International: deny" in denied


@pytest.mark.feature("CTL-06")
def test_rules_are_put_in_order_only_as_they_are(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    with inside(alpha):
        office = create_rule_set(name="Office", allow_by_default=False, by=owner)
        one, two = (
            add_rule(rule_set=office, facts=RuleFacts(match, value, allow=True), by=owner)
            for match, value in ((OutgoingMatch.CLASS, "local"), (OutgoingMatch.PREFIX, "+65"))
        )

    browser.post(f"/call-controls/rules/{office.pk}/order/", {"rule": [two.pk, one.pk]})
    browser.post(f"/call-controls/rules/{office.pk}/order/", {"rule": [two.pk]})

    with inside(alpha):
        assert list(OutgoingRule.objects.order_by("position").values_list("pk", flat=True)) == [two.pk, one.pk]


@pytest.mark.feature("CTL-06")
@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"match": "class", "call_class": "emergency"}, "available choices"),
        ({"match": "prefix", "value": "abc"}, "Start with +"),
        ({"match": "country", "country": ""}, "Choose one from the list."),
    ],
)
def test_wrong_rules_are_refused(
    browser_of: Browser, alpha: Tenant, owner: User, facts: dict[str, str], sentence: str
) -> None:
    with inside(alpha):
        office = create_rule_set(name="Office", allow_by_default=False, by=owner)

    answer = browser_of(owner, alpha).post(f"/call-controls/rules/{office.pk}/add/", {"allow": "1", **facts})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.feature("CTL-06")
def test_a_set_in_use_stays_and_two_editors_see_each_other(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    with inside(alpha):
        office = create_rule_set(name="Office", allow_by_default=False, by=owner)
        change_settings(subject=COMPANY, values={"outgoing.rules": office}, by=owner)

    refused = browser.post(f"/call-controls/rules/{office.pk}/delete/")
    address = f"/call-controls/rules/{office.pk}/edit/"
    first = browser.post(address, {"name": "First", "version": "1"})
    second = browser.post(address, {"name": "Second", "version": "1"})

    assert (refused.status_code, "in use: the company" in refused.content.decode()) == (422, True)
    assert (first.status_code, second.status_code) == (302, 409)
    with inside(alpha):
        assert OutgoingRuleSet.objects.get().name == "First"


@pytest.mark.feature("CTL-06")
def test_a_number_is_tested_for_an_extension_at_a_time(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    page = browser.get("/call-controls/test/?extension=101&number=91234567&at=2026-11-26T12:00").content.decode()
    nobody = browser.get("/call-controls/test/?extension=999&number=91234567").content.decode()
    never = browser.get("/call-controls/test/?extension=101&number=91234567&at=soon").content.decode()

    assert "may be called" in page
    assert "No set of rules: internal, local, national and mobile calls only" in page
    assert "There is no extension 999." in nobody
    assert "Enter a valid date/time." in never


@pytest.mark.parametrize(
    "address",
    ["/call-controls/", "/extensions/101/calls/", "/extensions/101/calls/blocked/", "/call-controls/rules/"],
)
def test_managers_read_end_users_do_not_and_others_are_sent_away(
    browser_of: Browser, alpha: Tenant, manager: User, agent: User, stranger: User, address: str
) -> None:
    assert browser_of(manager, alpha).get(address).status_code == 200
    assert browser_of(agent, alpha).get(address).status_code == 403
    assert browser_of(None, alpha).get(address).status_code == 302


def test_a_manager_sees_the_matrix_without_a_button_and_saves_nothing(
    browser_of: Browser, alpha: Tenant, manager: User
) -> None:
    browser = browser_of(manager, alpha)

    assert "Save settings" not in browser.get("/extensions/101/calls/away/").content.decode()
    assert browser.post("/extensions/101/calls/away/edit/", typed()).status_code == 403


@pytest.mark.parametrize(
    "address", ["/extensions/999/calls/", "/teams/99999/calls/", "/extensions/101/calls/custom_1/"]
)
def test_what_is_not_there_is_not_found(browser_of: Browser, alpha: Tenant, owner: User, address: str) -> None:
    assert browser_of(owner, alpha).get(address).status_code == 404


def test_the_pages_ask_little_whatever_there_is(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    def block(n: int) -> None:
        with inside(alpha):
            blocking = Blocking(BlockMatch.PREFIX, f"+65{n}", BlockDirection.IN, BlockAction.BUSY)
            block_caller(extension=Extension.objects.get(number="101"), blocking=blocking, by=owner)

    def ask(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get(address)
        return reads(captured)

    block(1)
    few = ask("/extensions/101/calls/blocked/")
    for n in range(100, 160):
        block(n)

    assert few == ask("/extensions/101/calls/blocked/") <= 8
    assert ask("/extensions/101/calls/available/") <= 8
    assert ask("/extensions/101/calls/exceptions/") <= 8
    assert ask("/extensions/101/calls/outgoing/") <= 8
    assert ask("/call-controls/") <= 8
