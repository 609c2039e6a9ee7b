"""Placeholders in a template's texts (TPL-06)."""

import pytest

from extensions.models import Schedule, SettingValue, SpeedDial, Team
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import ServiceTemplate, Tenant
from tenants.services.steps.settings import words_of
from tenants.services.templates.placeholders import UnknownPlaceholder, fill_in, placeholders_in
from tenants.services.templates.publish import publish_template
from tests.extensions.conftest import NOON


@pytest.fixture
def template(db: None) -> ServiceTemplate:
    return ServiceTemplate.objects.select_related("working_copy").get(is_default=True)


@pytest.mark.feature("TPL-06")
def test_every_known_word_is_filled_in(alpha: Tenant) -> None:
    with inside(alpha):
        Team.objects.create(name="{{company}} sales", description="{{ short_name }}, {{ani}}")
        Schedule.objects.create(name="{{country}} {{timezone}}")
        SettingValue.objects.create(key="emergency.place", value='{{company}}, "3rd" floor', level="template")
        SettingValue.objects.create(key="voicemail.retention_days", value=30, level="template")

    fill_in(alpha, words_of(alpha, company='Alpha\\1 "Phones" Ltd'))

    with inside(alpha):
        team = Team.objects.get()
        assert team.name == 'Alpha\\1 "Phones" Ltd sales'
        assert team.description == "alpha, +6561234567"
        assert Schedule.objects.get().name == "Singapore UTC"
        values = dict(SettingValue.objects.values_list("key", "value"))
        assert values == {"emergency.place": 'Alpha\\1 "Phones" Ltd, "3rd" floor', "voicemail.retention_days": 30}


@pytest.mark.feature("TPL-06")
def test_a_text_that_gets_too_long_is_cut_to_its_column(alpha: Tenant) -> None:
    with inside(alpha):
        Team.objects.create(name="{{company}}")

    fill_in(alpha, words_of(alpha, company="A" * 150))

    with inside(alpha):
        assert Team.objects.get().name == "A" * 60


@pytest.mark.feature("TPL-06")
def test_an_unknown_word_blocks_publishing_and_is_named(template: ServiceTemplate, olivia: User) -> None:
    with inside(template.working_copy):
        SpeedDial.objects.create(code="*1", label="{{compnay}} taxi", number="+6565522222")

    with pytest.raises(UnknownPlaceholder) as refusal:
        publish_template(template=template, by=olivia, at=NOON)

    assert "{{compnay}}" in str(refusal.value)
    assert "Speed dial" in str(refusal.value)


@pytest.mark.feature("TPL-06")
def test_known_words_are_found_and_let_through(template: ServiceTemplate, olivia: User) -> None:
    with inside(template.working_copy):
        SpeedDial.objects.create(code="*1", label="{{ company }} taxi", number="+6565522222")

    assert [found.word for found in placeholders_in(template.working_copy)] == ["company"]
    assert publish_template(template=template, by=olivia, at=NOON).number == 2
