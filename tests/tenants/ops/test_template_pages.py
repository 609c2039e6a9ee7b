"""The pages about service templates (TPL-01 to TPL-04, TPL-08)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from tenants.models import ServiceTemplate, TemplateState, Tenant
from tests.tenants.ops.test_templates import FACTS

Browser = Callable[[User | None, Tenant], Client]
TYPED: dict[str, Any] = {**FACTS, "price": "19.90", "source": ""}


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def made(client: Client, **changed: Any) -> ServiceTemplate:
    answer = client.post("/ops/templates/new/", TYPED | changed)
    assert answer.status_code == 302, answer.content.decode()
    template = ServiceTemplate.objects.latest("pk")
    assert answer["Location"] == f"/ops/templates/{template.pk}/"
    return template


@pytest.mark.feature("TPL-01")
def test_a_template_is_made_edited_published_preferred_and_retired(ops: Client, standard: ServiceTemplate) -> None:
    template = made(ops)
    here = f"/ops/templates/{template.pk}"

    assert ops.post(f"{here}/edit/", TYPED | {"price": "29.90"}).status_code == 302
    assert ops.post(f"{here}/publish/").status_code == 302
    assert ops.post(f"{here}/default/").status_code == 302
    template.refresh_from_db()
    assert (template.state, template.is_default, str(template.price)) == (TemplateState.PUBLISHED, True, "29.90")

    assert "Tenants made from it keep working" in page_of(ops, f"{here}/retire/")
    assert ops.post(f"{here}/retire/").status_code == 302
    template.refresh_from_db()
    assert (template.state, template.is_default) == (TemplateState.RETIRED, False)


@pytest.mark.feature("TPL-01")
def test_the_page_shows_the_card_the_contents_and_the_versions(ops: Client) -> None:
    template = made(ops)
    ops.post(f"/ops/templates/{template.pk}/publish/")

    page = page_of(ops, f"/ops/templates/{template.pk}/")

    for word in ("Callback", "Up to 200 extensions", "19.90 EUR", "Queue parameters", "Olivia", "tpl2.localhost"):
        assert word in page
    assert f'href="/ops/templates/{template.pk}/enter/"' in page


@pytest.mark.feature("TPL-02", "TPL-03")
def test_add_on_licences_of_a_package_are_typed_frozen_and_shown(ops: Client) -> None:
    template = made(ops, addon_team_chat="5", addon_device_mobile_app="2", addon_call_recording="0")
    here = f"/ops/templates/{template.pk}"
    ops.post(f"{here}/publish/")

    ops.post(f"{here}/edit/", TYPED | {"addon_team_chat": "9"})

    template.refresh_from_db()
    assert template.versions.get().addons == {"team_chat": 5, "device_mobile_app": 2}
    assert template.addons == {"team_chat": 9}
    page = page_of(ops, f"{here}/")
    assert "With add-on licenses: Team Chat × 9" in page
    assert "<del>Mobile App × 2, Team Chat × 5</del>" in page
    assert 'name="addon_team_chat" value="9"' in page_of(ops, f"{here}/edit/")
    refused = ops.post(f"{here}/edit/", TYPED | {"addon_team_chat": "-1"})
    assert (refused.status_code, "Use 0 or more" in refused.content.decode()) == (422, True)


@pytest.mark.feature("TPL-03")
def test_the_page_says_what_changed_since_the_latest_version(ops: Client, standard: ServiceTemplate) -> None:
    here = f"/ops/templates/{standard.pk}/"
    assert "Changed since the latest version" not in page_of(ops, here)

    ops.post(f"{here}edit/", TYPED | {"name": "Standard", "max_extensions": 77})

    assert "Changed since the latest version" in page_of(ops, here)
    assert "<ins>77</ins>" in page_of(ops, here)


@pytest.mark.feature("TPL-01")
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "required"),
        ("name", "standard", "already has this name"),
        ("name", "x" * 64, "at most 63"),
        ("price", "-1", "Use 0 or more"),
        ("currency", "euro", "at most 3"),
        ("currency", "E1R", "three letters"),
        ("country", "XX", "not in this list"),
        ("max_extensions", "0", "Use 1 or more"),
        ("audience", "everyone", "not in this list"),
        ("source", "999", "not in this list"),
        ("description", "nul\x00byte", "cannot be kept"),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field_and_kept(
    ops: Client, standard: ServiceTemplate, field: str, value: str, sentence: str
) -> None:
    answer = ops.post("/ops/templates/new/", TYPED | {field: value})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Queues and agents." in answer.content.decode() or field == "description"
    assert ServiceTemplate.objects.count() == 1


@pytest.mark.feature("TPL-04")
def test_a_draft_is_refused_as_default_with_a_message(ops: Client, standard: ServiceTemplate) -> None:
    template = made(ops)

    page = ops.post(f"/ops/templates/{template.pk}/default/", follow=True).content.decode()

    assert "Publish the template before you make it the default." in page
    assert f"/ops/templates/{template.pk}/default/" not in page


@pytest.mark.feature("TPL-01")
@pytest.mark.parametrize(
    ("query", "found"),
    [("", True), ("q=stand", True), ("q=nothing", False), ("state=retired", False), ("audience=self_service", True)],
)
def test_the_list_is_searched_and_filtered(ops: Client, standard: ServiceTemplate, query: str, found: bool) -> None:
    assert (">Standard</a>" in page_of(ops, f"/ops/templates/?{query}")) is found


@pytest.mark.feature("TPL-01")
def test_the_list_needs_the_same_queries_for_1_and_50_rows(ops: Client, standard: ServiceTemplate) -> None:
    with CaptureQueriesContext(connection) as few:
        page_of(ops, "/ops/templates/")
    for number in range(100, 149):
        copy = Tenant.objects.create(schema_name=f"tpl{number}", kind="template", name=f"T{number}", state="active")
        ServiceTemplate.objects.create(name=f"T{number}", working_copy=copy)

    with CaptureQueriesContext(connection) as many:
        page = page_of(ops, "/ops/templates/")

    assert page.count("data-href") == 50
    assert len(many) == len(few)


@pytest.mark.feature("ROL-07")
@pytest.mark.parametrize(
    ("person", "page", "status"),
    [
        ("oscar", "", 200),
        *[("oscar", verb, 403) for verb in ("edit/", "publish/", "retire/", "default/")],
        *[("rita", verb, 403) for verb in ("", "edit/", "publish/", "retire/", "default/")],
    ],
)
def test_who_may_open_what(
    request: pytest.FixtureRequest,
    management: Tenant,
    standard: ServiceTemplate,
    browser_of: Browser,
    person: str,
    page: str,
    status: int,
) -> None:
    browser = browser_of(request.getfixturevalue(person), management)

    assert browser.get(f"/ops/templates/{standard.pk}/{page}").status_code == status


@pytest.mark.feature("ROL-07")
def test_support_sees_no_button_that_it_may_not_press(
    oscar: User, management: Tenant, standard: ServiceTemplate, browser_of: Browser
) -> None:
    page = page_of(browser_of(oscar, management), f"/ops/templates/{standard.pk}/")

    for verb in ("edit", "publish", "retire", "default", "enter"):
        assert f"/ops/templates/{standard.pk}/{verb}/" not in page
