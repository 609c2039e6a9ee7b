"""Undo: for ten minutes everything comes back as it was (UXP-07)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from extensions.limit_words import LimitReached
from extensions.models import (
    AudioFile,
    Destination,
    DialNumber,
    Extension,
    Key,
    KeyKind,
    KeyPanel,
    Phone,
    SettingValue,
    SpeedDial,
    Team,
    TeamMember,
)
from extensions.services.deletion import CannotReturn, delete_object, undo_deletion
from portal.accounts.models import User
from portal.audit.models import LogEntry, Verb
from tenants.models import Tenant
from tests.extensions.deletion.world import NOON, forward

pytestmark = pytest.mark.feature("UXP-07")
Create = Callable[..., Extension]
LATER = NOON + timedelta(minutes=9)


def test_everything_is_as_it_was(create: Create, owner: User) -> None:
    gone, other, heir = create("121", email="wei@alpha.example"), create("122"), create("123")
    team = Team.objects.create(name="Sales", no_answer=Destination.objects.create(kind="extension", extension=gone))
    TeamMember.objects.create(team=team, extension=gone, position=0)
    panel = KeyPanel.objects.create(extension=gone)
    key = Key.objects.create(panel=panel, position=0, kind=KeyKind.LINE)
    SpeedDial.objects.create(extension=gone, code="*7", label="Bank", number="+4930123456")
    phone = Phone.objects.create(mac="aabbccddee01", model="x", extension=gone, created_at=NOON)
    row, own = forward(other, to=gone), forward(gone, to=other)
    password = gone.sip_password
    deletion = delete_object(gone, by=owner, at=NOON, replacements={"settingvalue.destination__extension": heir})

    undo_deletion(deletion=deletion, by=owner, at=LATER)

    back = Extension.objects.get(pk=gone.pk)
    assert (back.number, back.user_id, back.sip_password) == ("121", gone.user_id, password)
    assert DialNumber.objects.get(number="121").owner_id == gone.pk
    assert TeamMember.objects.get(team=team).extension == back
    assert Team.objects.get(pk=team.pk).no_answer.extension == back  # type: ignore[union-attr]
    assert Phone.objects.get(pk=phone.pk).extension == back
    assert Key.objects.get(pk=key.pk).panel.extension == back
    assert SettingValue.objects.get(pk=row.pk).destination.extension == back  # type: ignore[union-attr]
    assert SettingValue.objects.get(pk=own.pk).destination.extension == other  # type: ignore[union-attr]
    assert back.speed_dials.get().label == "Bank"


def test_what_somebody_changed_since_stays_changed(create: Create, owner: User) -> None:
    gone, heir = create("121"), create("123")
    phone = Phone.objects.create(mac="aabbccddee01", model="x", extension=gone, created_at=NOON)
    deletion = delete_object(gone, by=owner, at=NOON)
    Phone.objects.filter(pk=phone.pk).update(extension=heir)

    undo_deletion(deletion=deletion, by=owner, at=LATER)

    assert Phone.objects.get(pk=phone.pk).extension == heir


def test_a_member_whose_place_is_taken_comes_back_as_the_last(create: Create, owner: User) -> None:
    gone, heir = create("121"), create("123")
    team = Team.objects.create(name="Sales")
    TeamMember.objects.create(team=team, extension=gone, position=0)
    deletion = delete_object(gone, by=owner, at=NOON)
    TeamMember.objects.create(team=team, extension=heir, position=0)

    undo_deletion(deletion=deletion, by=owner, at=LATER)

    assert [one.extension for one in TeamMember.objects.filter(team=team).order_by("position")] == [heir, gone]


def test_a_number_that_was_given_away_keeps_it_from_coming_back(create: Create, owner: User) -> None:
    deletion = delete_object(create("121"), by=owner, at=NOON)
    Team.objects.create(name="Sales", number="121")

    with pytest.raises(CannotReturn, match="121 was given to something else"):
        undo_deletion(deletion=deletion, by=owner, at=LATER)

    assert not Extension.objects.filter(number="121").exists()


def test_a_person_with_another_extension_keeps_it_from_coming_back(create: Create, owner: User) -> None:
    gone = create("121", email="wei@alpha.example")
    deletion = delete_object(gone, by=owner, at=NOON)
    create("122", email="wei@alpha.example")

    with pytest.raises(CannotReturn, match="stands in its place"):
        undo_deletion(deletion=deletion, by=owner, at=LATER)


def test_a_name_that_was_taken_keeps_it_from_coming_back(inside_alpha: object, owner: User) -> None:
    deletion = delete_object(Team.objects.create(name="Sales"), by=owner, at=NOON)
    Team.objects.create(name="sales")

    with pytest.raises(CannotReturn):
        undo_deletion(deletion=deletion, by=owner, at=LATER)


def test_after_ten_minutes_it_is_too_late(create: Create, owner: User) -> None:
    deletion = delete_object(create("121"), by=owner, at=NOON)

    with pytest.raises(CannotReturn, match="10 minutes"):
        undo_deletion(deletion=deletion, by=owner, at=NOON + timedelta(minutes=10, seconds=1))


def test_it_comes_back_once(create: Create, owner: User) -> None:
    deletion = delete_object(create("121"), by=owner, at=NOON)
    undo_deletion(deletion=deletion, by=owner, at=LATER)

    with pytest.raises(CannotReturn, match="already"):
        undo_deletion(deletion=deletion, by=owner, at=LATER)


def test_where_licence_money_is_involved_nothing_comes_back(create: Create, owner: User, settings: object) -> None:
    settings.EXTENSION_CAPACITY = "tests.extensions.deletion.test_undo.Licences"  # type: ignore[attr-defined]
    deletion = delete_object(create("121"), by=owner, at=NOON)

    with pytest.raises(CannotReturn):
        undo_deletion(deletion=deletion, by=owner, at=LATER)

    assert Licences.returned == 1


def test_the_limit_counts_for_what_comes_back(create: Create, owner: User, inside_alpha: object) -> None:

    deletion = delete_object(create("121"), by=owner, at=NOON)
    inside_alpha.max_extensions = Extension.objects.count()  # type: ignore[attr-defined]

    with pytest.raises(LimitReached):
        undo_deletion(deletion=deletion, by=owner, at=LATER)


@pytest.mark.feature("UXP-07", "TEN-06")
def test_a_sound_that_finds_no_room_any_more_stays_away(inside_alpha: Tenant, owner: User) -> None:
    megabyte = 1024 * 1024
    facts = {"purpose": "announcement", "format": "wav", "milliseconds": 1, "uploaded_at": NOON}
    gone = AudioFile.objects.create(name="Gone", path="a", sha256="a" * 64, size=megabyte, **facts)
    deletion = delete_object(gone, by=owner, at=NOON)
    AudioFile.objects.create(name="New", path="b", sha256="b" * 64, size=megabyte, **facts)
    inside_alpha.limits = {"storage_mb": 1}

    with pytest.raises(LimitReached):
        undo_deletion(deletion=deletion, by=owner, at=LATER)

    inside_alpha.limits = {"storage_mb": 2}
    undo_deletion(deletion=deletion, by=owner, at=LATER)
    assert AudioFile.objects.filter(name="Gone").exists()


def test_the_log_says_what_came_back(create: Create, owner: User) -> None:
    gone = create("121")
    phone = Phone.objects.create(mac="aabbccddee01", model="x", extension=gone, created_at=NOON)
    deletion = delete_object(gone, by=owner, at=NOON)
    before = set(LogEntry.objects.values_list("pk", flat=True))

    undo_deletion(deletion=deletion, by=owner, at=LATER)

    news = LogEntry.objects.exclude(pk__in=before)
    assert news.filter(model="extensions.extension", verb=Verb.POST, object_pk=str(gone.pk)).exists()
    assert news.get(model="extensions.phone", object_pk=str(phone.pk)).changes == {"extension": [None, gone.pk]}


class Licences:
    """A capacity that costs money."""

    costs_money = True
    returned = 0

    def take(self, sku: str, n: int) -> None:
        """There are always enough."""

    def give_back(self, sku: str, n: int) -> None:
        type(self).returned += n
