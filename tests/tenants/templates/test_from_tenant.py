"""A template made from a tenant: chosen parts, without users, numbers, secrets and recordings (TPL-05)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from extensions.models import (
    BlockedCaller,
    ConferenceRoom,
    Destination,
    Extension,
    Key,
    KeyPanel,
    Level,
    Schedule,
    SettingValue,
    SpeedDial,
    Team,
    TeamMember,
    WeekInterval,
)
from portal.accounts.models import Role, User
from tenants.door import inside
from tenants.models import ServiceTemplate, Tenant
from tenants.services.templates.areas import template_areas
from tenants.services.templates.create import TemplateNameTaken
from tenants.services.templates.from_tenant import NoArea, make_template_from_tenant
from tenants.services.templates.publish import publish_template
from tests.extensions.conftest import NOON

Browser = Callable[[User | None, Tenant], Client]
ALL = [area.code for area in template_areas().areas if area.shown]
FACTS = {"name": "As alpha has it", "product": "Phone System", "country": "SG"}


@pytest.fixture
def furnished(alpha: Tenant) -> Tenant:
    """Alpha with a team, hours, defaults and keys; some of it points at extension 101."""
    with inside(alpha):
        desk = Extension.objects.get(number="101")
        team = Team.objects.create(name="Sales", number="600")
        TeamMember.objects.create(team=team, extension=desk, position=0)
        hours = Schedule.objects.create(name="Office")
        WeekInterval.objects.create(schedule=hours, kind="open", weekday=0, starts=540, ends=1020)
        company = {"level": Level.TENANT}
        to_team = Destination.objects.create(kind="team", team=team)
        to_desk = Destination.objects.create(kind="extension", extension=desk)
        SettingValue.objects.create(key="hours.schedule", schedule=hours, **company)
        SettingValue.objects.create(key="hours.closed_action", destination=to_team, **company)
        SettingValue.objects.create(key="hours.break_action", destination=to_desk, **company)
        SettingValue.objects.create(key="voicemail.retention_days", value=30, locked=True, **company)
        SettingValue.objects.create(key="caller_id.number", value="+6561234567", **company)
        SettingValue.objects.create(key="recording.incoming", value="always", level=Level.EXTENSION, extension=desk)
        ConferenceRoom.objects.create(number="900", name="Board", pin="2468")
        SpeedDial.objects.create(code="*1", label="Taxi", number="+6565522222")
        SpeedDial.objects.create(code="*1", label="Home", number="+6581112222", extension=desk)
        BlockedCaller.objects.create(match="prefix", pattern="+979", direction="in", action="reject")
        keys = KeyPanel.objects.create(name="Front desk")
        Key.objects.create(panel=keys, position=0, kind="presence", extension=desk)
        Key.objects.create(panel=keys, position=1, kind="team_login", team=team)
        KeyPanel.objects.create(extension=desk)
        Role.objects.create(code="reception", name="Reception", permissions=["own:use"])
    return alpha


def copied(template: ServiceTemplate) -> Tenant:
    return Tenant.objects.get(pk=template.working_copy_id)


@pytest.mark.feature("TPL-05", "TPL-02")
def test_everything_but_people_numbers_and_secrets_comes_along(furnished: Tenant) -> None:
    template = make_template_from_tenant(tenant=furnished, facts=FACTS, areas=ALL)

    with inside(copied(template)):
        assert not Extension.objects.exists()
        assert not User.objects.exists()
        assert not TeamMember.objects.exists()
        assert Team.objects.get().name == "Sales"
        assert WeekInterval.objects.get().schedule.name == "Office"
        assert ConferenceRoom.objects.get().pin == ""
        assert [dial.label for dial in SpeedDial.objects.all()] == ["Taxi"]
        assert BlockedCaller.objects.get().pattern == "+979"
        assert Role.objects.filter(code="reception").exists()
        assert [key.kind for key in Key.objects.all()] == ["team_login"]
        assert KeyPanel.objects.get().name == "Front desk"


@pytest.mark.feature("TPL-05")
def test_defaults_stand_on_the_templates_level_and_nothing_dangles(furnished: Tenant) -> None:
    template = make_template_from_tenant(tenant=furnished, facts=FACTS, areas=ALL)

    with inside(copied(template)):
        said = {row.key: row for row in SettingValue.objects.select_related("destination", "schedule")}
        assert said.keys() == {"hours.schedule", "hours.closed_action", "voicemail.retention_days"}
        assert {row.level for row in said.values()} == {"template"}
        assert said["hours.schedule"].schedule.name == "Office"
        assert said["hours.closed_action"].destination.team.name == "Sales"
        assert said["voicemail.retention_days"].locked
        assert Destination.objects.count() == 1


@pytest.mark.feature("TPL-05")
def test_only_the_chosen_parts_come_and_what_they_need(furnished: Tenant) -> None:
    template = make_template_from_tenant(tenant=furnished, facts=FACTS, areas=["schedules", "settings"])

    with inside(copied(template)):
        assert Schedule.objects.get().name == "Office"
        assert not Team.objects.exists()
        assert not SpeedDial.objects.exists()
        keys = set(SettingValue.objects.values_list("key", flat=True))
        assert keys == {"hours.schedule", "voicemail.retention_days"}  # the team it pointed at stayed behind


@pytest.mark.feature("TPL-05")
def test_the_draft_can_be_published_and_the_tenant_stays_as_it_was(furnished: Tenant, olivia: User) -> None:
    template = make_template_from_tenant(tenant=furnished, facts=FACTS, areas=ALL)
    version = publish_template(template=template, by=olivia, at=NOON)

    with inside(version.schema):
        assert Team.objects.get().name == "Sales"
    with inside(furnished):
        assert SettingValue.objects.filter(level="tenant").count() == 5
    connection.set_schema_to_public()


@pytest.mark.parametrize(("areas", "name", "refusal"), [([], "New", NoArea), (ALL, "Standard", TemplateNameTaken)])
def test_no_part_and_a_taken_name_are_refused(
    furnished: Tenant, areas: list[str], name: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        make_template_from_tenant(tenant=furnished, facts={**FACTS, "name": name}, areas=areas)


@pytest.mark.feature("TPL-05")
def test_an_operator_makes_one_from_the_tenants_page(
    browser_of: Browser, management: Tenant, olivia: User, furnished: Tenant
) -> None:
    browser = browser_of(olivia, management)
    assert "/ops/tenants/2/template/" in browser.get("/ops/tenants/2/").content.decode()

    answer = browser.post("/ops/tenants/2/template/", {"name": "Alpha again", "areas": ["teams"]})

    template = ServiceTemplate.objects.get(name="Alpha again")
    assert answer["Location"] == f"/ops/templates/{template.pk}/"
    assert "Sales" in browser.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(("who", "status"), [("oscar", 403), ("rita", 403)])
def test_who_may_not(
    request: pytest.FixtureRequest, browser_of: Browser, management: Tenant, who: str, status: int
) -> None:
    browser = browser_of(request.getfixturevalue(who), management)

    assert browser.post("/ops/tenants/2/template/", {"name": "X", "areas": ["teams"]}).status_code == status


def test_no_part_at_all_is_told_beside_the_field(browser_of: Browser, management: Tenant, olivia: User) -> None:
    answer = browser_of(olivia, management).post("/ops/tenants/2/template/", {"name": "X"})

    assert answer.status_code == 422
    assert "Choose at least one part." in answer.content.decode()
