"""What a tenant will be made of, shown before anything is created (TPL-07)."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.models import BlockedCaller, SettingValue, Team
from portal.accounts.models import User
from tenants.content_words import said_of
from tenants.door import inside
from tenants.models import ServiceTemplate, Tenant
from tenants.selectors.preview import MOST_NAMES, contents_of, copied_models
from tenants.services.templates.publish import publish_template
from tests.extensions.conftest import NOON
from tests.tenants.registration.conftest import CONTACTS, TEMPLATE, TENANT, WHOLE

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def template(db: None, olivia: User) -> ServiceTemplate:
    found = ServiceTemplate.objects.select_related("working_copy").get(is_default=True)
    with inside(found.working_copy):
        Team.objects.create(name="Front office")
    publish_template(template=found, by=olivia, at=NOON)
    return found


@pytest.mark.feature("TPL-07")
def test_every_object_is_listed_by_name_and_counted(template: ServiceTemplate) -> None:
    found = {one.label: one for one in contents_of(template.working_copy, named=True)}

    assert (found["Team"].count, found["Team"].names) == (1, ["Front office"])
    assert found["Agent statuses"].count == len(found["Agent statuses"].names) == 7
    assert found["Feature codes"].count > 5
    assert "Do not disturb on" in found["Feature codes"].names


@pytest.mark.feature("TPL-07")
def test_what_a_prospect_would_not_know_is_left_out_and_numbers_are_written_for_people(
    template: ServiceTemplate,
) -> None:
    with inside(template.working_copy):
        BlockedCaller.objects.create(match="number", pattern="+6561234567", direction="in", action="reject")
        SettingValue.objects.create(level="template", key="forward.away.external.busy", value=True)

    found = {one.label: one for one in contents_of(template.working_copy, named=True)}

    assert not {"Pool", "Configuration", "Destination", "Hours", "Queue parameters"} & set(found)
    assert found["Blocked caller"].names == ["+65 6123 4567"]
    settings = next(one for label, one in found.items() if label.startswith("Setting"))
    assert "Forwarding: When busy" in settings.names
    assert not [name for name in settings.names if "." in name]


@pytest.mark.feature("TPL-07")
def test_of_every_table_that_a_new_tenant_gets_somebody_decided_how_it_is_told() -> None:
    for model in copied_models():
        said_of(model)  # KeyError where nobody did


@pytest.mark.feature("TPL-07")
def test_a_very_long_list_is_cut_and_says_so(template: ServiceTemplate) -> None:
    with inside(template.working_copy):
        Team.objects.bulk_create(Team(name=f"Team {n}") for n in range(MOST_NAMES + 9))

    teams = next(one for one in contents_of(template.working_copy, named=True) if one.label == "Teams")

    assert (len(teams.names), teams.unnamed) == (MOST_NAMES, 10)


@pytest.mark.feature("TPL-07")
def test_the_last_tab_shows_it_before_create_tenant(
    browser_of: Browser, management: Tenant, prospect: User, template: ServiceTemplate
) -> None:
    browser, version = browser_of(prospect, management), template.versions.latest("number")
    browser.post(TEMPLATE, {"template_version": version.pk, "go": "next"})
    browser.post(TENANT, WHOLE)

    page = browser.get(CONTACTS).content.decode()

    assert "What will be created" in page
    assert "Front office" in page
    assert "Phone System licenses" in page
    assert "+65 6123 4567" in page
    assert "Pool" not in page
    assert page.index("Front office") > 0
    assert "Create Tenant" in page
