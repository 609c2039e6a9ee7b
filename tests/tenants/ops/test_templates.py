"""Service templates (TPL-01 to TPL-04, TPL-08)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from extensions.models import QueueParameters
from portal.accounts.models import Role, User
from portal.core.states import IllegalMove
from portal.jobs.models import Outbox
from tenants.door import inside
from tenants.models import Audience, RegistrationDraft, ServiceTemplate, TemplateState, TemplateVersion, Tenant
from tenants.selectors.preview import contents_of
from tenants.selectors.templates import templates_listed, unpublished_changes, versions_of
from tenants.services.templates.create import TemplateNameTaken, create_template, edit_template
from tenants.services.templates.publish import (
    NotPublished,
    drop_unneeded_versions,
    make_default,
    publish_template,
    retire_template,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "name": "Call centre",
    "description": "Queues and agents.",
    "services": "Queues\nCallback",
    "price": None,
    "currency": "EUR",
    "product": "Call Centre",
    "country": "SG",
    "max_extensions": 200,
    "max_channels": 40,
    "audience": Audience.SELF_SERVICE,
    "start": "platform",
    "approval": "platform",
}


@pytest.fixture
def centre(management: Tenant) -> ServiceTemplate:
    """A draft with a blank working copy."""
    return create_template(facts=FACTS)


def schema_exists(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [name])
        return bool(cursor.fetchone()[0])


def publish(template: ServiceTemplate, by: User) -> TemplateVersion:
    return publish_template(template=template, by=by, at=NOON)


@pytest.mark.feature("TPL-01")
def test_a_new_template_is_a_draft_with_a_seeded_working_copy_of_its_own(centre: ServiceTemplate) -> None:
    copy = centre.working_copy
    assert (centre.state, centre.is_default) == (TemplateState.DRAFT, False)
    assert copy.get_primary_domain().domain == f"{copy.schema_name}.localhost"
    assert (copy.name, copy.max_extensions, copy.instance_number) == ("Call centre", 200, None)
    with inside(copy):
        assert Role.objects.builtin().exists()
        assert QueueParameters.objects.count() == 2


@pytest.mark.feature("TPL-02")
def test_a_new_template_can_start_from_the_content_of_another(standard: ServiceTemplate) -> None:
    with inside(standard.working_copy):
        draft = QueueParameters.objects.get(release="draft")
        draft.callback_attempts = 7
        draft.save()

    made = create_template(facts=FACTS, source=standard)

    with inside(made.working_copy):
        assert QueueParameters.objects.get(release="draft").callback_attempts == 7


@pytest.mark.feature("TPL-01")
def test_a_name_in_use_is_refused_in_any_letter_case_and_leaves_nothing(standard: ServiceTemplate) -> None:
    before = Tenant.objects.count()

    with pytest.raises(TemplateNameTaken) as refusal:
        create_template(facts=FACTS | {"name": "STANDARD"})

    assert refusal.value.field == "name"
    assert Tenant.objects.count() == before


@pytest.mark.feature("TPL-03")
def test_publishing_freezes_facts_and_content(centre: ServiceTemplate, olivia: User) -> None:
    first = publish(centre, olivia)

    edit_template(template=centre, facts=FACTS | {"name": "Contact centre", "max_extensions": 300})
    with inside(centre.working_copy):
        Role.objects.create(code="added", name="Added later")
    first.refresh_from_db()

    assert (first.number, first.name, first.max_extensions, first.published_by) == (1, "Call centre", 200, "Olivia")
    assert first.schema.schema_name == f"{centre.working_copy.schema_name}_v1"
    with inside(first.schema):
        assert not Role.objects.filter(code="added").exists()


@pytest.mark.feature("TPL-03")
def test_publishing_again_makes_the_next_version(centre: ServiceTemplate, olivia: User) -> None:
    publish(centre, olivia)
    edited = edit_template(template=centre, facts=FACTS | {"max_extensions": 300})
    (change,) = unpublished_changes(edited, versions_of(centre)[0])
    assert (change["before"], change["after"]) == (200, 300)

    second = publish(centre, olivia)

    assert (second.number, second.max_extensions) == (2, 300)
    assert [version.number for version in versions_of(centre)] == [2, 1]
    assert unpublished_changes(edited, second) == []


@pytest.mark.feature("TPL-04")
def test_only_one_template_is_the_default(centre: ServiceTemplate, standard: ServiceTemplate, olivia: User) -> None:
    publish(centre, olivia)

    make_default(template=centre)

    assert list(ServiceTemplate.objects.filter(is_default=True)) == [centre]


@pytest.mark.feature("TPL-04")
def test_a_draft_cannot_be_the_default(centre: ServiceTemplate, standard: ServiceTemplate) -> None:
    with pytest.raises(NotPublished):
        make_default(template=centre)

    assert list(ServiceTemplate.objects.filter(is_default=True)) == [standard]


@pytest.mark.feature("TPL-08")
def test_a_retired_template_is_no_default_and_its_tenants_keep_working(
    standard: ServiceTemplate, alpha: Tenant
) -> None:
    retire_template(template=standard, at=NOON)

    standard.refresh_from_db()
    alpha.refresh_from_db()
    assert (standard.state, standard.is_default) == (TemplateState.RETIRED, False)
    assert alpha.is_ready
    assert alpha.template_version.template == standard


@pytest.mark.feature("TPL-08")
def test_a_retired_template_cannot_be_retired_or_preferred_but_published_again(
    standard: ServiceTemplate, olivia: User
) -> None:
    retire_template(template=standard, at=NOON)

    with pytest.raises(IllegalMove):
        retire_template(template=standard, at=NOON)
    with pytest.raises(NotPublished):
        make_default(template=standard)
    assert publish(standard, olivia).number == 2


@pytest.mark.feature("TPL-03")
def test_versions_that_nobody_can_order_give_back_their_schema(centre: ServiceTemplate, olivia: User) -> None:
    first, second = publish(centre, olivia), publish(centre, olivia)

    assert drop_unneeded_versions(template=centre) == 1

    assert not schema_exists(f"{centre.working_copy.schema_name}_v1")
    assert schema_exists(second.schema.schema_name)
    first.refresh_from_db()
    assert (first.schema, first.max_extensions) == (None, 200)


@pytest.mark.feature("TPL-03")
def test_a_version_that_somebody_is_ordering_keeps_its_schema(
    centre: ServiceTemplate, olivia: User, prospect: User
) -> None:
    first = publish(centre, olivia)
    RegistrationDraft.objects.create(user=prospect, template_version=first)
    publish(centre, olivia)

    assert drop_unneeded_versions(template=centre) == 0
    assert schema_exists(first.schema.schema_name)


@pytest.mark.feature("TPL-08")
def test_the_space_of_a_retired_template_is_given_back_later(standard: ServiceTemplate) -> None:
    retire_template(template=standard, at=NOON)

    row = Outbox.objects.get(task="tenants.drop_unneeded_versions")
    assert row.kwargs == {"template_id": standard.pk}
    assert row.run_at > NOON


@pytest.mark.feature("TPL-02")
def test_contents_are_counted_inside_the_working_copy(centre: ServiceTemplate) -> None:
    with inside(centre.working_copy):
        Role.objects.create(code="added", name="Added")
        roles = Role.objects.count()

    found = {content.label: content.count for content in contents_of(centre.working_copy)}

    assert found["Roles"] == roles
    assert connection.schema_name == "public"


@pytest.mark.feature("TPL-01")
def test_the_list_counts_versions_and_tenants(standard: ServiceTemplate) -> None:
    row = templates_listed().get(pk=standard.pk)

    assert (row.version, row.tenants) == (1, 2)
