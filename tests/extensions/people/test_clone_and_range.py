"""Cloning one extension, creating many (EXT-01, EXT-12)."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.limit_words import LimitReached
from extensions.models import (
    Destination,
    Extension,
    Key,
    KeyKind,
    KeyPanel,
    Level,
    Mailbox,
    SettingValue,
    SpeedDial,
    Team,
    TeamMember,
)
from extensions.services.clone import NameNeeded, clone_extension
from extensions.services.edit import NameTooLong
from extensions.services.numbers import EmergencyNumber, NumberTaken
from extensions.services.range import RangeTooLong, create_range
from portal.accounts.models import User
from portal.audit.models import LogEntry, Verb
from tenants.models import Tenant
from tests.extensions.conftest import NOON
from tests.extensions.deletion.world import forward

Create = Callable[..., Extension]
Browser = Callable[[User | None, Tenant], Client]


@pytest.mark.feature("EXT-12")
def test_a_clone_has_everything_but_number_user_and_secrets(create: Create, owner: User) -> None:
    source, other = create("121", email="wei@alpha.example"), create("122")
    team = Team.objects.create(name="Sales")
    source.home_team = team
    source.save()
    TeamMember.objects.create(team=team, extension=source, position=0)
    panel = KeyPanel.objects.create(extension=source)
    Key.objects.create(panel=panel, position=2, kind=KeyKind.PRESENCE, extension=other)
    SpeedDial.objects.create(extension=source, code="*7", label="Bank", number="+4930123456")
    original = forward(source, to=other)
    Mailbox.objects.filter(extension=source).update(pin="")

    made = clone_extension(source=source, number="130", directory_name="Desk", by=owner, at=NOON)

    assert (made.user, made.email, made.home_team) == (None, "", team)
    assert made.sip_username != source.sip_username
    assert made.sip_password != source.sip_password
    assert list(team.memberships.order_by("position").values_list("extension", flat=True)) == [source.pk, made.pk]
    assert Key.objects.get(panel__extension=made).extension == other
    assert made.speed_dials.get().label == "Bank"
    copy = SettingValue.objects.get(level=Level.EXTENSION, extension=made)
    assert copy.destination_id != original.destination_id
    assert copy.destination.extension == other  # type: ignore[union-attr]
    assert Destination.objects.filter(extension=other).count() == 2
    assert Mailbox.objects.get(extension=made).pin == ""
    assert LogEntry.objects.filter(model="extensions.key", verb=Verb.POST, object_repr__isnull=False).exists()


@pytest.mark.feature("EXT-12")
def test_a_clone_needs_a_free_number_a_name_and_room(create: Create, owner: User, inside_alpha: Tenant) -> None:
    source = create("121")
    facts = {"source": source, "by": owner, "at": NOON}

    with pytest.raises(NumberTaken):
        clone_extension(number="121", directory_name="Desk", **facts)  # type: ignore[arg-type]
    with pytest.raises(NameTooLong):
        clone_extension(number="130", directory_name="x" * 101, **facts)  # type: ignore[arg-type]
    with pytest.raises(NameNeeded):
        clone_extension(number="130", directory_name=" ", **facts)  # type: ignore[arg-type]
    inside_alpha.max_extensions = Extension.objects.count()
    with pytest.raises(LimitReached):
        clone_extension(number="130", directory_name="Desk", **facts)  # type: ignore[arg-type]


@pytest.mark.feature("EXT-12")
def test_the_page_clones_and_shows_the_password_once(
    create: Create, owner: User, alpha: Tenant, browser_of: Browser
) -> None:
    create("121")
    browser = browser_of(owner, alpha)

    page = browser.post("/extensions/121/clone/", {"number": "130", "directory_name": "Desk"}, follow=True)

    assert "Copy the password now" in page.content.decode()
    assert "Copy the password now" not in browser.get("/extensions/130/").content.decode()


def test_a_range_is_made_by_set(inside_alpha: Tenant, owner: User, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def] # fmt: skip
    inside_alpha.max_extensions = 1000
    with django_assert_max_num_queries(24):
        made = create_range(first="300", count=40, pattern="Desk {number}", skip_used=False, by=owner, at=NOON)

    assert [row.number for row in made][::39] == ["300", "339"]
    assert made[3].directory_name == "Desk 303"
    assert len({row.sip_username for row in made}) == 40
    assert Mailbox.objects.filter(extension__in=made).count() == 40
    assert LogEntry.objects.filter(model="extensions.extension", verb=Verb.POST, object_repr="303 Desk 303").exists()


def test_a_clash_refuses_the_whole_range_and_names_it(create: Create, owner: User) -> None:
    create("303")
    Team.objects.create(name="Sales", number="305")

    with pytest.raises(NumberTaken, match=r"303 \(Extension\), 305 \(Team\)"):
        create_range(first="300", count=10, pattern="Desk", skip_used=False, by=owner, at=NOON)

    assert not Extension.objects.filter(number="300").exists()


def test_used_and_emergency_numbers_are_skipped_on_request(create: Create, owner: User, inside_alpha: Tenant) -> None:
    inside_alpha.max_extensions = 1000
    create("912")

    made = create_range(first="910", count=3, pattern="", skip_used=True, by=owner, at=NOON)

    assert [row.number for row in made] == ["910", "913", "914"]
    assert made[0].directory_name == "910"


def test_an_emergency_number_refuses_the_range(inside_alpha: Tenant, owner: User) -> None:
    with pytest.raises(EmergencyNumber):
        create_range(first="910", count=3, pattern="Desk", skip_used=False, by=owner, at=NOON)


@pytest.mark.parametrize(("first", "count"), [("300", 0), ("300", 501), ("990", 20)])
def test_a_range_has_limits(inside_alpha: Tenant, owner: User, first: str, count: int) -> None:
    with pytest.raises(RangeTooLong) as refusal:
        create_range(first=first, count=count, pattern="Desk", skip_used=False, by=owner, at=NOON)

    assert refusal.value.field == "count"


def test_the_limit_holds_for_a_range(inside_alpha: Tenant, owner: User) -> None:
    inside_alpha.max_extensions = Extension.objects.count() + 2

    with pytest.raises(LimitReached):
        create_range(first="300", count=3, pattern="Desk", skip_used=False, by=owner, at=NOON)


def test_the_page_makes_a_range(owner: User, alpha: Tenant, agent: User, browser_of: Browser) -> None:
    typed = {"first": "300", "count": "3", "pattern": "Desk {number}"}

    page = browser_of(owner, alpha).post("/extensions/range/", typed, follow=True)

    assert "3 extensions created: 300 to 302." in page.content.decode()
    assert browser_of(owner, alpha).post("/extensions/range/", typed).status_code == 422
    assert browser_of(agent, alpha).get("/extensions/range/").status_code == 403
