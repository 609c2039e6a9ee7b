"""Telephones from a CSV file: check, then commit (PRV-02)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.imports.checked import NotAsChecked
from extensions.models import Phone
from extensions.services.phones.importing import check_phones, commit_phones, read_phones
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.core.csv import UnreadableCsv
from tenants.door import inside
from tenants.models import DeviceRegistration, Tenant
from tests.extensions.conftest import NOON, reads

Browser = Callable[[User | None, Tenant], Client]
GOOD = "MAC;Model;Extension;Modules;Place\n80:5E:C0:00:00:01;Yealink SIP-T54W;101;1;Reception\n805ec0000002;D785;;;\n"


@pytest.mark.feature("PRV-02")
def test_the_check_tells_everything_that_is_wrong_by_row_and_column(
    beta: Tenant, inside_alpha: Tenant, owner: User
) -> None:
    Phone.objects.create(mac="805ec0000009", model="yealink-t54w", created_at=NOON)
    with inside(beta):
        Phone.objects.create(mac="805ec0000008", model="yealink-t54w", created_at=NOON)
    rows = read_phones(
        b"mac,model,extension,modules,place\n"
        b"nonsense,T54W,101,0,\n"
        b"805ec0000001,T54W,,,\n"
        b"80-5e-c0-00-00-01,T54W,,,\n"
        b"805ec0000009,T54W,,,\n"
        b"805ec0000008,T54W,,,\n"
        b"805ec0000003,Nokia 3310,777,x," + b"y" * 61 + b"\n"
        b"805ec0000004,VVX 250,,1,\n"
        b"805ec0000005,SIP-T54W,101,3,Desk\n"
    )

    checked = check_phones(rows)

    found = [(one.line, one.column, one.sentence) for one in checked.problems]
    assert found == [
        (2, "MAC address", "Type the twelve digits of the label, for example 80:5E:C0:12:34:56."),
        (3, "MAC address", "This address stands in the file more than once."),
        (4, "MAC address", "This address stands in the file more than once."),
        (5, "MAC address", "You have a telephone with this address already."),
        (6, "MAC address", "This telephone belongs to another customer of your provider."),
        (7, "Model", "This model is not known here. Its name must stand as in the list of models."),
        (7, "Expansion modules", "Type a number, or leave it empty."),
        (7, "Extension", "There is no extension with this number."),
        (7, "Place", "Use at most 60 characters."),
        (8, "Expansion modules", "Poly VVX 250 has no expansion modules. Type 0."),
    ]
    assert [line for line, _values in checked.good] == [9]


@pytest.mark.feature("PRV-02")
def test_the_commit_writes_the_right_rows_as_a_set_and_logs_each(inside_alpha: Tenant, owner: User) -> None:
    rows = read_phones(GOOD.encode())

    with CaptureQueriesContext(connection) as captured:
        written = commit_phones(rows=rows, expected=2, by=owner, at=NOON)

    phones = {phone.mac: phone for phone in Phone.objects.select_related("extension")}
    assert written == 2
    assert (phones["805ec0000001"].extension.number, phones["805ec0000001"].modules) == ("101", 1)
    assert (phones["805ec0000002"].extension, phones["805ec0000002"].model) == (None, "snom-d785")
    assert DeviceRegistration.objects.count() == 2
    assert LogEntry.objects.filter(model="extensions.phone").count() == 2
    assert reads(captured) < 25


@pytest.mark.feature("PRV-02")
def test_what_changed_since_the_check_is_looked_at_again(inside_alpha: Tenant, owner: User) -> None:
    rows = read_phones(GOOD.encode())
    Phone.objects.create(mac="805ec0000001", model="yealink-t54w", created_at=NOON)

    with pytest.raises(NotAsChecked):
        commit_phones(rows=rows, expected=2, by=owner, at=NOON)

    assert Phone.objects.count() == 1


@pytest.mark.feature("PRV-02")
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00\x01", b"model\nT54W\n", b"mac,model\n" + b"805ec0000001,T54W\n" * 2001]
)
def test_a_file_that_is_no_list_of_telephones_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableCsv):
        read_phones(content)


@pytest.mark.feature("PRV-02")
def test_two_steps_in_the_browser_with_the_list_of_problems(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 - only here

    browser = browser_of(owner, alpha)
    content = GOOD.encode() + b"12;T54W;;;\n"

    checked = browser.post("/phones/import/", {"file": SimpleUploadedFile("phones.csv", content)})
    page = checked.content.decode()
    kept = checked.context["kept"].initial
    with inside(alpha):
        before = Phone.objects.count()
    problems = browser.post("/phones/import/problems/", {"rows": kept["rows"]})
    forged = browser.post("/phones/import/commit/", {"rows": kept["rows"][:-2], "expected": 2})
    done = browser.post("/phones/import/commit/", kept)

    assert (checked.status_code, before) == (200, 0)
    assert "1 row stays out" in page
    assert "2 rows are right" in page
    assert b'4,MAC address,12,"Type the twelve digits' in b"".join(problems.streaming_content)
    assert (forged.status_code, forged["Location"]) == (302, "/phones/import/")
    assert (done.status_code, done["Location"]) == (302, "/phones/")
    with inside(alpha):
        assert Phone.objects.count() == 2


def test_a_file_that_is_too_large_is_refused(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 - only here

    big = SimpleUploadedFile("phones.csv", b"x" * (2 * 1024 * 1024 + 1))

    answer = browser_of(owner, alpha).post("/phones/import/", {"file": big})

    assert answer.status_code == 422
    assert "larger than 2 MB" in answer.content.decode()
