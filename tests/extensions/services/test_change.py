"""Changing an extension after it was made."""

from collections.abc import Callable

import pytest

from extensions.models import Extension, ExtensionState
from extensions.services.edit import edit_extension
from extensions.services.numbers import NumberTaken
from extensions.services.secrets import regenerate_sip_password
from extensions.services.suspend import reactivate_extension, suspend_extension
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.core.states import IllegalMove

Create = Callable[..., Extension]


def facts(extension: Extension, **changed: str) -> dict[str, str]:
    names = ("number", "directory_name", "first_name", "last_name", "mobile")
    return {**{name: getattr(extension, name) for name in names}, **changed}


def test_a_new_number_keeps_person_username_and_password(create: Create, owner: User, agent: User) -> None:
    extension = create("102", email=agent.email)

    changed = edit_extension(extension=extension, by=owner, **facts(extension, number="2020"))

    assert changed.number == "2020"
    assert changed.user == agent
    assert (changed.sip_username, changed.sip_password) == (extension.sip_username, extension.sip_password)


def test_an_edit_to_a_number_in_use_is_refused(create: Create, owner: User) -> None:
    extension = create("102")

    with pytest.raises(NumberTaken):
        edit_extension(extension=extension, by=owner, **facts(extension, number="101"))


@pytest.mark.feature("EXT-11")
def test_a_new_password_replaces_the_old_one(create: Create, owner: User) -> None:
    extension = create("102")

    changed = regenerate_sip_password(extension=extension, by=owner)

    assert changed.sip_password != extension.sip_password
    assert changed.sip_username == extension.sip_username


@pytest.mark.feature("AUD-07")
def test_the_audit_log_says_changed_and_never_the_password(create: Create, owner: User) -> None:
    extension = create("102")
    changed = regenerate_sip_password(extension=extension, by=owner)

    said = " ".join(str(entry.changes) for entry in LogEntry.objects.filter(object_pk=str(extension.pk)))

    assert "sip_password" in said
    assert extension.sip_password not in said
    assert changed.sip_password not in said


@pytest.mark.feature("EXT-13")
def test_suspending_and_putting_back_restores_the_state(create: Create, owner: User, agent: User) -> None:
    with_user, without = create("102", email=agent.email), create("103")

    for extension in (with_user, without):
        assert suspend_extension(extension=extension, by=owner).is_suspended
        reactivate_extension(extension=extension, by=owner)

    assert Extension.objects.get(number="102").state == ExtensionState.ACTIVE
    assert Extension.objects.get(number="103").state == ExtensionState.UNASSIGNED


@pytest.mark.feature("EXT-13")
def test_a_suspended_extension_cannot_be_suspended_again(create: Create, owner: User) -> None:
    extension = create("102")
    suspend_extension(extension=extension, by=owner)

    with pytest.raises(IllegalMove):
        suspend_extension(extension=Extension.objects.get(number="102"), by=owner)
