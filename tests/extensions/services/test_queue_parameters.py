"""Queue parameters: a draft, then publication (REG-26)."""

import pytest

from extensions.models import QueueParameters, Release
from extensions.selectors import queue_state
from extensions.services.queue_parameters import (
    NothingToPublish,
    edit_queue_parameters,
    publish_queue_parameters,
)
from portal.accounts.models import User
from portal.audit.models import LogEntry
from tenants.door import inside
from tenants.models import Tenant, TenantKind
from tests.extensions.conftest import NOON

VALUES = {
    "callback_folder_email": "callback@alpha.example",
    "callback_attempts": 5,
    "callback_expires_hours": 48,
    "announce_position": False,
}


@pytest.mark.feature("REG-26")
def test_an_edit_changes_the_draft_only(inside_alpha: Tenant) -> None:
    edit_queue_parameters(at=NOON, **VALUES)

    state = queue_state()
    assert state.draft.callback_folder_email == "callback@alpha.example"
    assert state.published.callback_folder_email == ""
    assert len(state.differences) == 4


@pytest.mark.feature("REG-26")
def test_publishing_puts_the_draft_to_use(inside_alpha: Tenant, owner: User) -> None:
    edit_queue_parameters(at=NOON, **VALUES)

    published = publish_queue_parameters(by=owner, at=NOON)

    assert {name: getattr(published, name) for name in VALUES} == VALUES
    assert published.published_at == NOON
    assert queue_state().differences == []


def test_there_must_be_something_to_publish(inside_alpha: Tenant, owner: User) -> None:
    with pytest.raises(NothingToPublish):
        publish_queue_parameters(by=owner, at=NOON)


@pytest.mark.feature("REG-26")
def test_edit_and_publication_are_both_in_the_audit_log(inside_alpha: Tenant, owner: User) -> None:
    before = LogEntry.objects.count()

    edit_queue_parameters(at=NOON, **VALUES)
    publish_queue_parameters(by=owner, at=NOON)

    entries = LogEntry.objects.order_by("pk")[before:]
    assert [set(entry.changes) >= {"callback_folder_email"} for entry in entries] == [True, True]


@pytest.mark.feature("REG-26")
def test_templates_come_with_both_rows(management: Tenant) -> None:
    offered = Tenant.objects.exclude(template=None, version_of=None)

    assert {schema.kind for schema in offered} == {TenantKind.TEMPLATE, TenantKind.VERSION}
    for schema in offered:
        with inside(schema):
            assert set(QueueParameters.objects.values_list("release", flat=True)) == set(Release.values)
