"""Feature codes: shape, collisions, codes that begin alike, and the way back (TPL-02, TEN-06)."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client

from extensions.models import Configuration, DialNumber, Extension, FeatureCode, SpeedDial
from extensions.services.feature_codes import CodeTaken, CodeUnclear, NotACode, change_feature_code, reset_feature_code
from extensions.services.speed_dials.codes import demand_code
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]


def changed(feature: str, code: str, by: User, *, enabled: bool = True, version: int | None = None) -> FeatureCode:
    row = FeatureCode.objects.get(feature=feature)
    return change_feature_code(feature_code=row, code=code, enabled=enabled, by=by, version=version)


@pytest.mark.feature("TPL-02")
def test_a_code_is_changed_and_the_number_plan_follows(inside_alpha: Tenant, owner: User) -> None:
    before = Configuration.objects.get().version

    changed("voicemail", "*198", owner)

    assert set(DialNumber.objects.filter(number__in=["*97", "*198"]).values_list("number", flat=True)) == {"*198"}
    assert Configuration.objects.get().version == before + 1


@pytest.mark.parametrize("code", ["", "72", "*", "*12345", "*7a", "***", "#72", "* 72", "*٧٢"])
def test_a_code_is_a_star_and_digits(inside_alpha: Tenant, owner: User, code: str) -> None:
    with pytest.raises(NotACode) as refusal:
        changed("voicemail", code, owner)

    assert refusal.value.field == "code"


@pytest.mark.feature("TEN-06")
def test_the_code_of_another_feature_is_refused_by_name(inside_alpha: Tenant, owner: User) -> None:
    with pytest.raises(CodeTaken, match="Do not disturb on"):
        changed("voicemail", "*78", owner)


@pytest.mark.feature("TEN-06")
@pytest.mark.parametrize("personal", [False, True])
def test_the_code_of_a_speed_dial_is_refused_by_name(inside_alpha: Tenant, owner: User, personal: bool) -> None:
    extension = Extension.objects.get(number="101") if personal else None
    SpeedDial.objects.create(extension=extension, code="*20", label="Taxi", number="+6561234567")

    with pytest.raises(CodeTaken, match="Taxi"):
        changed("voicemail", "*20", owner)


@pytest.mark.feature("TEN-06")
@pytest.mark.parametrize(
    ("feature", "code"),
    [("forward_on", "*9"), ("forward_on", "*43"), ("voicemail", "*721"), ("echo", "*4519"), ("intercom", "*8")],
)
def test_a_code_with_a_number_behind_it_never_begins_another(
    inside_alpha: Tenant, owner: User, feature: str, code: str
) -> None:
    with pytest.raises((CodeUnclear, CodeTaken)):
        changed(feature, code, owner)


@pytest.mark.feature("TEN-06")
def test_a_speed_dial_counts_as_well(inside_alpha: Tenant, owner: User) -> None:
    SpeedDial.objects.create(code="*61", label="Taxi", number="+6561234567")

    with pytest.raises(CodeUnclear, match="a speed dial"):
        changed("team_login", "*6", owner)


def test_a_code_that_is_switched_off_gives_its_number_back(inside_alpha: Tenant, owner: User) -> None:
    changed("forward_on", "*72", owner, enabled=False)

    assert not DialNumber.objects.filter(number="*72").exists()
    assert changed("voicemail", "*721", owner).code == "*721"


def test_the_usual_code_comes_back(inside_alpha: Tenant, owner: User) -> None:
    row = changed("voicemail", "*198", owner, enabled=False)

    found = reset_feature_code(feature_code=row, by=owner)

    assert (found.code, found.enabled) == ("*97", True)


# --- pages --------------------------------------------------------------------------------------------------------
@pytest.mark.feature("TPL-02", "UXP-03")
def test_the_page_lists_edits_and_resets(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    saved = browser.post("/settings/feature-codes/echo/edit/", {"code": "*199", "enabled": "on", "version": "1"})
    page = browser.get("/settings/feature-codes/").content.decode()
    browser.post("/settings/feature-codes/echo/reset/")

    assert saved["Location"] == "/settings/feature-codes/"
    assert "*199" in page
    assert page.count("/reset/") == 1
    assert "*199" not in browser.get("/settings/feature-codes/").content.decode()


def test_a_clash_gets_a_sentence_beside_the_field(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    answer = browser_of(owner, alpha).post("/settings/feature-codes/echo/edit/", {"code": "*97", "enabled": "on"})

    assert answer.status_code == 422
    assert "*97 is in use already: Own voicemail." in answer.content.decode()


def test_a_refused_reset_says_why(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    with inside(alpha):
        changed("voicemail", "*198", owner)
        changed("echo", "*97", owner)
    browser = browser_of(owner, alpha)

    page = browser.post("/settings/feature-codes/voicemail/reset/", follow=True).content.decode()

    assert "*97 is in use already: Echo test." in page


@pytest.mark.feature("UXP-05")
def test_two_people_editing_one_code_see_both_versions(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    browser.post("/settings/feature-codes/echo/edit/", {"code": "*199", "enabled": "on", "version": "1"})

    answer = browser.post("/settings/feature-codes/echo/edit/", {"code": "*198", "enabled": "on", "version": "1"})

    assert answer.status_code == 409
    assert "<del>*199</del>" in answer.content.decode()


@pytest.mark.feature("ROL-07")
@pytest.mark.parametrize(("who", "status"), [("manager", 200), ("agent", 403)])
def test_who_may_see_and_change_codes(
    request: pytest.FixtureRequest, browser_of: Browser, alpha: Tenant, who: str, status: int
) -> None:
    browser = browser_of(request.getfixturevalue(who), alpha)

    assert browser.get("/settings/feature-codes/").status_code == status
    assert browser.post("/settings/feature-codes/echo/edit/", {"code": "*199"}).status_code == 403
    assert browser.post("/settings/feature-codes/echo/reset/").status_code == 403


def test_a_feature_that_does_not_exist_is_not_there(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    assert browser_of(owner, alpha).get("/settings/feature-codes/coffee/edit/").status_code == 404


@pytest.mark.feature("SPD-02", "TPL-02")
def test_codes_are_taken_one_at_a_time_by_features_and_by_speed_dials(inside_alpha: Tenant, owner: User) -> None:
    def waiting() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
                " AND classid::bigint = hashtext('star codes')::bigint & 4294967295"
            )
            return int(cursor.fetchone()[0])

    with transaction.atomic():
        before = waiting()
        demand_code("*77")
        by_dial = waiting()
        transaction.set_rollback(True)
    with transaction.atomic():
        row = FeatureCode.objects.get(feature="echo")
        change_feature_code(feature_code=row, code="*776", enabled=True, version=row.version, by=owner)
        by_feature = waiting()

    assert (before, by_dial, by_feature) == (0, 1, 1)
