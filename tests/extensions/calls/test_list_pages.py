"""Blocked callers with their import, and exceptions (CTL-05, CTL-09)."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client

from extensions.models import (
    BlockedCaller,
    CallException,
    Extension,
)
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]


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
        ("sound", "1", "in", "not in this list"),
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


@pytest.mark.parametrize("page", ["/call-controls/blocked/", "/extensions/101/calls/blocked/"])
def test_the_list_of_blocked_callers_leads_to_its_form(
    browser_of: Browser, alpha: Tenant, owner: User, page: str
) -> None:
    shown = browser_of(owner, alpha).get(page).content.decode()

    assert f'href="{page}new/"' in shown
    assert "Block Node" not in shown
