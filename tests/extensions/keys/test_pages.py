"""Pages about keys, telephones and key templates: wiring, permissions, bad input."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import Extension, Key, KeyPanel, Phone, TeamScope
from extensions.services.keys.panels import panel_for
from extensions.services.suspend import suspend_extension
from portal.accounts.models import Role, User
from portal.permissions import Perm
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads
from tests.extensions.keys.conftest import colleague

Browser = Callable[[User | None, Tenant], Client]
KEY = {"kind": "presence", "target": "102", "label": ""}


@pytest.fixture
def office(alpha: Tenant) -> Extension:
    """Extension 101 with a T54W and one module, and Mei at 102."""
    with inside(alpha):
        found = Extension.objects.get(number="101")
        Phone.objects.create(mac="805ec0000101", model="yealink-t54w", modules=1, extension=found, created_at=NOON)
        colleague("102", "Mei Tan")
        return found


def keys_of(alpha: Tenant) -> dict[int, str]:
    with inside(alpha):
        return dict(Key.objects.filter(panel__extension__number="101").values_list("position", "kind"))


@pytest.mark.feature("BLF-01", "BLF-02")
def test_the_picture_shows_telephone_pages_and_module_and_its_list_the_same(
    browser_of: Browser, alpha: Tenant, owner: User, office: Extension
) -> None:
    browser = browser_of(owner, alpha)
    browser.post("/extensions/101/keys/2/", KEY)

    page = browser.get("/extensions/101/keys/").content.decode()
    second = browser.get("/extensions/101/keys/?page=2&m1=3").content.decode()
    table = browser.get("/extensions/101/keys/?view=list").content.decode()

    assert "Yealink SIP-T54W + 1 × EXP50: 1 of 87 keys in use." in page
    assert page.count('class="cap') >= 9 + 20
    assert "Mei Tan" in page
    assert "Mei Tan" not in second
    assert 'href="/extensions/101/keys/10/"' in second
    assert 'href="/extensions/101/keys/68/"' in second
    assert "Page 1, left, 2" in table
    assert "102 Mei Tan" in table


@pytest.mark.feature("EXT-13", "BLF-02")
def test_a_key_of_a_suspended_colleague_warns_in_picture_list_and_beside(
    browser_of: Browser, alpha: Tenant, owner: User, office: Extension
) -> None:
    browser = browser_of(owner, alpha)
    browser.post("/extensions/101/keys/2/", KEY)
    pages = [f"/extensions/101/keys/{one}" for one in ("", "?view=list", "2/")]
    before = [browser.get(one).content.decode().casefold() for one in pages]
    with inside(alpha):
        suspend_extension(extension=Extension.objects.get(number="102"), by=owner)

    after = [browser.get(one).content.decode().casefold() for one in pages]

    assert ["suspended" in one for one in before] == [False, False, False]
    assert ["suspended" in one for one in after] == [True, True, True]


@pytest.mark.feature("BLF-02")
def test_a_key_opens_as_a_page_and_as_a_piece_beside_the_picture(
    browser_of: Browser, alpha: Tenant, owner: User, office: Extension
) -> None:
    browser = browser_of(owner, alpha)

    whole = browser.get("/extensions/101/keys/2/").content.decode()
    piece = browser.get("/extensions/101/keys/2/", HTTP_HX_REQUEST="true").content.decode()
    saved = browser.post("/extensions/101/keys/11/", KEY)
    further = browser.post("/extensions/101/keys/12/", {**KEY, "kind": "line", "version": "1", "next": "1"})

    assert "phone-desk" in whole
    assert "phone-desk" not in piece
    assert 'id="id_target"' in piece
    assert (saved.status_code, saved["Location"]) == (302, "/extensions/101/keys/?page=2")
    assert further["Location"] == "/extensions/101/keys/13/"
    assert keys_of(alpha) == {10: "presence", 11: "line"}


@pytest.mark.feature("BLF-02", "UXP-05")
def test_a_wrong_target_is_told_beside_its_field_and_a_newer_change_is_not_overwritten(
    browser_of: Browser, alpha: Tenant, owner: User, office: Extension
) -> None:
    browser = browser_of(owner, alpha)
    browser.post("/extensions/101/keys/1/", {**KEY, "version": "0"})

    wrong = browser.post("/extensions/101/keys/1/", {**KEY, "target": "999"})
    late = browser.post("/extensions/101/keys/1/", {"kind": "line", "target": "", "label": "Mine", "version": "0"})

    assert wrong.status_code == 422
    assert 'value="999"' in wrong.content.decode()
    assert late.status_code == 409
    assert "Somebody else saved this" in late.content.decode()
    assert keys_of(alpha) == {0: "presence"}


@pytest.mark.feature("BLF-02")
def test_moving_ordering_sorting_and_freeing_by_buttons(
    browser_of: Browser, alpha: Tenant, owner: User, office: Extension
) -> None:
    browser = browser_of(owner, alpha)
    browser.post("/extensions/101/keys/1/", KEY)
    steps: list[tuple[str, dict[str, str], dict[int, str]]] = [
        ("1/move/", {"to": "2"}, {1: "presence"}),
        ("2/move/", {"to": "nonsense"}, {1: "presence"}),
        ("order/", {"order": "2,1,3,4,5,6,7,8,9"}, {0: "presence"}),
        ("order/", {"order": "1,1,3,4,5,6,7,8,9"}, {0: "presence"}),
        ("order/", {"order": "1;2"}, {0: "presence"}),
        ("order/", {"order": "2,1,3,4,5,6,7,8,9", "version": "1"}, {0: "presence"}),
        ("sort/", {}, {0: "presence"}),
        ("1/remove/", {}, {}),
        ("1/remove/", {}, {}),
    ]

    for step, typed, expected in steps:
        assert browser.post(f"/extensions/101/keys/{step}", typed).status_code == 302
        assert keys_of(alpha) == expected, step


@pytest.mark.feature("BLF-02")
def test_filling_asks_for_a_team_or_everybody(
    browser_of: Browser, alpha: Tenant, owner: User, office: Extension
) -> None:
    browser = browser_of(owner, alpha)

    done = browser.post("/extensions/101/keys/fill/", {"team": ""}, follow=True)
    again = browser.post("/extensions/101/keys/fill/", {"team": ""})
    unknown = browser.post("/extensions/101/keys/fill/", {"team": "Salse"})

    assert "1 key added." in done.content.decode()
    assert again.status_code == 422
    assert (unknown.status_code, unknown.context["form"].errors["team"]) == (422, ["There is no team “Salse”."])
    assert keys_of(alpha) == {0: "presence"}


@pytest.mark.feature("BLF-02")
@pytest.mark.parametrize(
    ("query", "found"),
    [("kind=presence&target=me", "Mei Tan"), ("kind=status&target=aw", "Away"), ("kind=feature&target=*9", "*97")],
)
def test_targets_are_offered_while_somebody_types(
    browser_of: Browser, alpha: Tenant, owner: User, office: Extension, query: str, found: str
) -> None:
    browser = browser_of(owner, alpha)

    assert found in browser.get(f"/extensions/101/keys/suggest/?{query}").content.decode()
    assert "option" not in browser.get("/extensions/101/keys/suggest/?kind=nonsense").content.decode()


@pytest.mark.feature("BLF-05")
def test_the_journey_of_a_template(browser_of: Browser, alpha: Tenant, owner: User, office: Extension) -> None:
    browser = browser_of(owner, alpha)
    made = browser.post("/key-templates/new/", {"name": "Front desk", "model": "yealink-t54w", "modules": "0"})
    template = made["Location"]
    browser.post(f"{template}keys/1/", KEY)

    asked = browser.post(f"{template}apply/", {"use": "copied", "numbers": "101-102"})
    done = browser.post(f"{template}apply/", {"use": "copied", "numbers": "101-102", "expected": "2"}, follow=True)
    browser.post("/extensions/101/keys/1/", {"kind": "line", "target": "", "label": ""})
    listed = browser.get("/key-templates/").content.decode()
    assert "Front desk" in browser.get("/key-templates/?q=front").content.decode()
    assert "Front desk" in browser.get("/key-templates/?q=t54").content.decode()
    assert "Front desk" not in browser.get("/key-templates/?q=nothing").content.decode()
    uses = browser.get(f"{template}uses/").content.decode()
    compared = browser.get("/extensions/101/keys/compare/").content.decode()
    again = browser.post("/extensions/101/keys/reapply/")

    assert "2 extensions get these keys" in asked.content.decode()
    assert "2 extensions have these keys now." in done.content.decode()
    assert "Front desk" in listed
    assert "Copy, drifted" in uses
    assert "1 key differs" in compared
    assert again.status_code == 302
    assert keys_of(alpha) == {0: "presence"}


@pytest.mark.feature("BLF-05")
def test_copying_saving_and_the_bulk_action_of_the_list(
    browser_of: Browser, alpha: Tenant, owner: User, office: Extension
) -> None:
    browser = browser_of(owner, alpha)
    browser.post("/extensions/101/keys/1/", {"kind": "line", "target": "", "label": ""})

    copied = browser.post("/extensions/101/keys/copy/", {"numbers": "102", "expected": "1"})
    nobody = browser.post("/extensions/101/keys/copy/", {"numbers": "555"})
    saved = browser.post("/extensions/101/keys/save/", {"name": "Saved"})
    with inside(alpha):
        template, ids = KeyPanel.objects.get(name="Saved"), list(Extension.objects.values_list("pk", flat=True))
    asked = browser.post("/extensions/bulk/keys/", {"id": ids})
    refused = browser.post("/extensions/bulk/keys/", {"id": ids, "expected": len(ids), "template": "", "use": "linked"})
    done = browser.post(
        "/extensions/bulk/keys/", {"id": ids, "expected": len(ids), "template": template.pk, "use": "linked"}
    )
    unlinked = browser.post("/extensions/101/keys/unlink/", {"keep": "own"})

    assert (copied.status_code, nobody.status_code, saved.status_code) == (302, 422, 302)
    assert "Choose one" in asked.content.decode()
    assert (refused.status_code, done.status_code, unlinked.status_code) == (422, 302, 302)
    with inside(alpha):
        assert KeyPanel.objects.filter(template=template, linked=True).count() == len(ids) - 1


@pytest.mark.feature("BLF-02", "ROL-08")
def test_a_team_scoped_permission_reaches_only_the_keys_of_the_team(
    browser_of: Browser, alpha: Tenant, agent: User, office: Extension
) -> None:
    with inside(alpha):
        role = Role.objects.create(name="Key keeper", permissions=[Perm.KEY_READ, Perm.KEY_UPDATE], team_scoped=True)
        agent.roles.set([role])
        team = office.teams.create(name="Sales", through_defaults={"position": 0})
        TeamScope.objects.create(user=agent, role=role, team=team)
        template = KeyPanel.objects.create(name="Front desk")
    browser = browser_of(agent, alpha)

    answers = [
        browser.get(address).status_code
        for address in (
            "/extensions/101/keys/1/",
            "/extensions/102/keys/",
            "/extensions/102/keys/1/",
            f"/key-templates/{template.pk}/",
            f"/key-templates/{template.pk}/edit/",
        )
    ]

    assert answers == [200, 200, 404, 200, 404]
    assert browser.post("/extensions/102/keys/1/", KEY).status_code == 404
    assert browser.post("/key-templates/new/", {"name": "X", "modules": "0"}).status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [("/extensions/999/keys/", 404), ("/extensions/101/keys/88/", 404), ("/extensions/101/keys/87/", 200),
     ("/key-templates/999/", 404), ("/key-templates/999/keys/0/", 404), ("/phones/999/", 404)],
)  # fmt: skip
def test_what_is_not_there_answers_404(
    browser_of: Browser, alpha: Tenant, owner: User, office: Extension, address: str, status: int
) -> None:
    assert browser_of(owner, alpha).get(address).status_code == status


@pytest.mark.parametrize("who", ["manager", "agent"])
def test_who_may_only_look_changes_nothing(
    request: pytest.FixtureRequest, browser_of: Browser, alpha: Tenant, office: Extension, who: str
) -> None:
    browser = browser_of(request.getfixturevalue(who), alpha)

    assert browser.get("/extensions/101/keys/").status_code == (200 if who == "manager" else 403)
    assert browser.post("/extensions/101/keys/1/", KEY).status_code == 403
    assert browser.post("/phones/new/", {}).status_code == 403
    assert keys_of(alpha) == {}


@pytest.mark.parametrize("address", ["/extensions/101/keys/", "/phones/", "/key-templates/"])
def test_pages_need_the_same_queries_for_few_and_many(
    browser_of: Browser, alpha: Tenant, owner: User, office: Extension, address: str
) -> None:
    browser = browser_of(owner, alpha)

    def fill(first: int, last: int) -> None:
        with inside(alpha):
            for number in range(first, last):
                one = colleague(str(number), f"Desk {number}")
                panel = panel_for(Extension.objects.get(number="101"))
                panel.save() if panel.pk is None else None
                Key.objects.create(panel=panel, position=number - 200, kind="presence", extension=one)
                Phone.objects.create(mac=f"805ec01{number:05d}", model="snom-d785", extension=one, created_at=NOON)
                KeyPanel.objects.create(name=f"Template {number}")

    fill(200, 202)
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    fill(202, 230)
    with CaptureQueriesContext(connection) as many:
        browser.get(address)

    assert reads(few) == reads(many) <= 8
