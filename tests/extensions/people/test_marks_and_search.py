"""A suspended extension is marked wherever it is named (EXT-13); parts of names are found (EXT-03)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.template import Context, Template

from extensions.models import Extension, Team, TeamMember
from extensions.search import EXTENSION_COLUMNS, USER_COLUMNS, matching
from extensions.selectors import next_free_number
from extensions.services.bulk import assign_home_team, delete_extensions
from extensions.services.deletion import undo_deletion
from extensions.services.suspend import suspend_extension
from portal.accounts.models import User
from portal.core.bulk import SetChanged
from tests.extensions.conftest import NOON

Create = Callable[..., Extension]


@pytest.mark.feature("EXT-13")
def test_only_a_suspended_extension_wears_the_warning(create: Create, owner: User) -> None:
    shown = Template("{% load extensions %}{% suspended_mark one %}|{% suspended_mark other %}")
    suspended = suspend_extension(extension=create("121"), by=owner)

    marked, plain = shown.render(Context({"one": suspended, "other": create("122")})).split("|")

    assert "Suspended" in marked
    assert "<svg" in marked
    assert plain == ""


@pytest.mark.feature("EXT-03")
@pytest.mark.parametrize("typed", ["chEN", "wei ch", "121", "12", "121 wei", "wei@alpha", "+4930", "  Chen  "])
def test_a_part_is_enough(create: Create, typed: str) -> None:
    create("121", email="wei@alpha.example", mobile="+4930123456")

    assert [row.number for row in matching(Extension.objects.filter(number="121"), typed)] == ["121"]


@pytest.mark.feature("EXT-03")
@pytest.mark.parametrize("typed", ["21", "nobody", "100%", "_ei"])
def test_what_is_no_part_is_not_found(create: Create, typed: str) -> None:
    create("121")

    assert not matching(Extension.objects.filter(number="121"), typed).exists()


@pytest.mark.feature("EXT-03")
def test_the_indexes_hold_what_is_searched(inside_alpha: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 't2'")
        found = dict(cursor.fetchall())

    assert all(column in found["extension_search_text"] for column in EXTENSION_COLUMNS)
    assert all(column in found["user_search_text"] for column in USER_COLUMNS)


def test_an_emergency_number_is_never_offered(create: Create, inside_alpha: object) -> None:
    for number in range(int(next_free_number()), 112):
        create(str(number))

    assert next_free_number() == "113"


def test_many_change_their_home_at_once(create: Create, owner: User) -> None:
    team = Team.objects.create(name="Sales")
    first, second = create("121"), create("122")
    rows = Extension.objects.filter(pk__in=[first.pk, second.pk])
    for place, one in enumerate((first, second)):
        team.memberships.create(extension=one, position=place)

    with pytest.raises(SetChanged):
        assign_home_team(rows=rows, team=team, expected=1, by=owner)
    assert assign_home_team(rows=rows, team=team, expected=2, by=owner) == 2
    assert team.home_of.count() == 2
    assert assign_home_team(rows=rows, team=None, expected=2, by=owner) == 2


@pytest.mark.feature("UXP-07")
def test_many_deleted_at_once_come_back_at_once(create: Create, owner: User) -> None:
    rows = Extension.objects.filter(pk__in=[create("121").pk, create("122").pk])

    deletion = delete_extensions(rows=rows, expected=2, by=owner, at=NOON)
    assert not Extension.objects.filter(number__in=["121", "122"]).exists()
    undo_deletion(deletion=deletion, by=owner, at=NOON)

    assert Extension.objects.filter(number__in=["121", "122"]).count() == 2


@pytest.mark.usefixtures("inside_alpha")
def test_what_was_found_can_be_part_of_another_question(create: Create) -> None:
    wei, _other = create("121"), create("122")
    team = Team.objects.create(name="Sales")
    member = TeamMember.objects.create(team=team, extension=wei, position=0)

    found = matching(Extension.objects.filter(number="121"), "chen")

    assert list(TeamMember.objects.filter(extension__in=found)) == [member]
    assert list(Extension.objects.filter(pk__in=found)) == [wei]
    assert found.count() == 1
