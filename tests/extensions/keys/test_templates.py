"""Templates: linked, copied, drifted; the same keys for many telephones (BLF-05)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from extensions.keys.drift import key_templates, side_by_side
from extensions.keys.in_force import keys_in_force
from extensions.keys.targets import NobodyMeant, chosen_extensions
from extensions.models import Extension, Key, KeyPanel, Phone, SpeedDial, Team
from extensions.services.deletion import delete_object
from extensions.services.keys.panels import KeyOfTemplate, panel_for
from extensions.services.keys.spread import NoTargets, NotLinked, apply_template, copy_keys, give_up_link
from extensions.services.keys.templates import (
    NothingToSave,
    TemplateNameTaken,
    create_key_template,
    edit_key_template,
    save_as_template,
)
from extensions.services.phones.edit import TooManyModules, UnknownModel
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.core.bulk import SetChanged
from portal.core.versions import ChangedMeanwhile
from tests.extensions.conftest import NOON, reads
from tests.extensions.keys.conftest import colleague

Put = Callable[..., Key]


@pytest.fixture
def front(sales: Team, put: Put, owner: User) -> KeyPanel:
    """The template “Front desk”: a line, Mei, voicemail."""
    template = create_key_template(name="Front desk", model="yealink-t54w", modules=0, by=owner)
    put(template, 0, "line")
    put(template, 1, "presence", "102")
    put(template, 2, "voicemail", locked=True)
    return template


def held(extension: Extension) -> list[tuple[int, str]]:
    return [(one.position, str(one.kind)) for one in keys_in_force(extension)]


def counts(template: KeyPanel) -> tuple[int, int, int]:
    found = key_templates().get(pk=template.pk)
    return found.linked_count, found.copied_count, found.drifted_count


@pytest.mark.feature("BLF-05")
def test_linked_telephones_follow_the_template(front: KeyPanel, desk: Extension, put: Put, owner: User) -> None:
    apply_template(template=front, extensions=[desk], linked=True, by=owner)

    put(front, 2, "status", "Away")
    put(front, 3, "line")

    assert held(desk) == [(0, "line"), (1, "presence"), (2, "status"), (3, "line")]
    assert all(one.from_template for one in keys_in_force(desk))
    assert counts(front) == (1, 0, 0)


@pytest.mark.feature("BLF-05")
def test_a_linked_panel_has_own_keys_where_the_template_has_none(
    front: KeyPanel, desk: Extension, put: Put, owner: User
) -> None:
    put(desk, 1, "voicemail")
    put(desk, 5, "voicemail", label="Mine")
    apply_template(template=front, extensions=[desk], linked=True, by=owner)

    with pytest.raises(KeyOfTemplate, match="Front desk"):
        put(desk, 1, "line")
    put(desk, 6, "line")

    assert held(desk) == [(0, "line"), (1, "presence"), (2, "voicemail"), (5, "voicemail"), (6, "line")]


@pytest.mark.feature("BLF-05")
def test_copies_stay_as_they_are_and_their_drift_is_counted_and_shown(
    front: KeyPanel, desk: Extension, mei: Extension, put: Put, owner: User
) -> None:
    put(desk, 9, "line")
    plan = apply_template(template=front, extensions=[desk, mei], linked=False, by=owner)
    same = counts(front)

    put(desk, 1, "presence", "103")
    put(front, 4, "line")

    assert [one.number for one in plan.fitting] == ["101", "102"]
    assert same == (0, 2, 0)
    assert counts(front) == (0, 2, 2)
    assert held(desk) == [(0, "line"), (1, "presence"), (2, "voicemail")]
    assert [one.locked for one in keys_in_force(desk)] == [False, False, True]
    differing = [(row.number, row.template, row.own) for row in side_by_side(panel_for(desk)) if row.differs]
    assert differing == [
        (2, "Colleague · Mei Tan · 102 Mei Tan", "Colleague · Ravi Kumar · 103 Ravi Kumar"),
        (5, "Line · Line", ""),
    ]


@pytest.mark.feature("BLF-05")
def test_applying_again_ends_the_drift(front: KeyPanel, desk: Extension, put: Put, owner: User) -> None:
    apply_template(template=front, extensions=[desk], linked=False, by=owner)
    put(desk, 1, "line")

    apply_template(template=front, extensions=[desk], linked=False, by=owner)

    assert counts(front) == (0, 1, 0)


@pytest.mark.feature("BLF-05")
def test_each_telephones_limit_is_checked_and_told_by_extension(
    front: KeyPanel, desk: Extension, mei: Extension, put: Put, owner: User
) -> None:
    Phone.objects.create(mac="0004f2000001", model="poly-vvx250", extension=mei, created_at=NOON)
    put(front, 4, "line")

    plan = apply_template(template=front, extensions=[desk, mei], linked=True, by=owner)

    assert [one.number for one in plan.fitting] == ["101"]
    assert [(one.extension.number, one.sentence) for one in plan.refused] == [
        ("102", "The last of these keys is number 5; this telephone has 4.")
    ]
    with pytest.raises(NoTargets):
        apply_template(template=front, extensions=[mei], linked=True, by=owner)
    with pytest.raises(SetChanged):
        apply_template(template=front, extensions=[desk, mei], linked=True, by=owner, expected=2)


@pytest.mark.feature("BLF-05")
def test_a_key_that_would_watch_oneself_becomes_a_line(front: KeyPanel, mei: Extension, owner: User) -> None:
    apply_template(template=front, extensions=[mei], linked=True, by=owner)

    assert held(mei) == [(0, "line"), (1, "line"), (2, "voicemail")]


@pytest.mark.feature("BLF-05")
def test_giving_up_the_link_keeps_a_copy_or_brings_the_own_keys_back(
    front: KeyPanel, desk: Extension, put: Put, owner: User
) -> None:
    put(desk, 1, "voicemail")
    apply_template(template=front, extensions=[desk], linked=True, by=owner)

    give_up_link(panel=panel_for(desk), keep_keys=False, by=owner)
    own = held(desk)
    apply_template(template=front, extensions=[desk], linked=True, by=owner)
    give_up_link(panel=panel_for(desk), keep_keys=True, by=owner)

    assert own == [(1, "voicemail")]
    assert held(desk) == [(0, "line"), (1, "presence"), (2, "voicemail")]
    assert counts(front) == (0, 1, 0)
    with pytest.raises(NotLinked):
        give_up_link(panel=panel_for(desk), keep_keys=True, by=owner)


@pytest.mark.feature("BLF-05")
def test_a_panel_becomes_a_template_without_anything_personal(
    desk: Extension, sales: Team, put: Put, owner: User
) -> None:
    SpeedDial.objects.create(extension=desk, code="*5", label="Home", number="+6591234567")
    put(desk, 0, "speed_dial", "5")
    put(desk, 1, "presence", "103")

    template = save_as_template(extension=desk, name="Mine", by=owner)

    keys = list(template.keys.order_by("position"))
    assert [(key.kind, key.label, key.number) for key in keys] == [
        ("custom_dial", "Home", "+6591234567"),
        ("presence", "", ""),
    ]
    assert (template.model, panel_for(desk).template) == ("yealink-t54w", template)
    with pytest.raises(TemplateNameTaken):
        save_as_template(extension=desk, name="MINE", by=owner)


@pytest.mark.feature("BLF-05")
def test_what_makes_no_template_is_refused(desk: Extension, front: KeyPanel, owner: User) -> None:
    with pytest.raises(NothingToSave):
        save_as_template(extension=desk, name="Empty", by=owner)
    with pytest.raises(TemplateNameTaken):
        create_key_template(name="front DESK", model="", modules=0, by=owner)
    with pytest.raises(UnknownModel):
        create_key_template(name="Other", model="nokia", modules=0, by=owner)
    with pytest.raises(TooManyModules):
        create_key_template(name="Other", model="", modules=1, by=owner)
    with pytest.raises(ChangedMeanwhile):
        edit_key_template(template=front, name="Front", model="", modules=0, version=99, by=owner)


@pytest.mark.feature("BLF-05")
def test_a_colleagues_keys_are_copied_to_many(
    desk: Extension, sales: Team, mei: Extension, put: Put, owner: User
) -> None:
    put(desk, 0, "line")
    put(desk, 1, "presence", "103")
    put(mei, 7, "voicemail")

    copy_keys(source=desk, extensions=[desk, mei], by=owner)

    assert held(mei) == [(0, "line"), (1, "presence")]
    assert held(desk) == [(0, "line"), (1, "presence")]


@pytest.mark.feature("BLF-05")
def test_applying_to_many_takes_as_many_queries_as_to_few_and_logs_each(
    front: KeyPanel, desk: Extension, owner: User
) -> None:
    many = [colleague(str(number), f"Desk {number}") for number in range(200, 230)]

    with CaptureQueriesContext(connection) as few:
        apply_template(template=front, extensions=many[:1], linked=False, by=owner)
    with CaptureQueriesContext(connection) as captured:
        apply_template(template=front, extensions=many[1:], linked=False, by=owner)

    assert reads(captured) <= reads(few)
    assert LogEntry.objects.filter(model="extensions.key", verb="post").count() >= 90
    assert Key.objects.filter(panel__extension__in=many).count() == 90


@pytest.mark.feature("BLF-05", "TEN-13")
def test_a_template_that_goes_leaves_the_copies_their_keys(
    front: KeyPanel, desk: Extension, mei: Extension, owner: User
) -> None:
    apply_template(template=front, extensions=[desk], linked=False, by=owner)
    apply_template(template=front, extensions=[mei], linked=True, by=owner)

    delete_object(front, by=owner, at=NOON)

    assert len(held(desk)) == 3
    assert held(mei) == []


@pytest.mark.feature("BLF-05")
def test_whom_something_is_for_is_said_by_team_numbers_ranges_or_everybody(sales: Team, desk: Extension) -> None:
    everyone = Extension.objects.all()
    none = {"team": None, "numbers": "", "everybody": False}

    def numbers(**said: object) -> list[str]:
        return [one.number for one in chosen_extensions(everyone, **{**none, **said})]

    assert numbers(team=sales) == ["101", "102", "103"]
    assert numbers(numbers="101, 102 - 110") == ["101", "102", "103"]
    assert numbers(everybody=True) == ["101", "102", "103"]
    for wrong in ("", "999", "1x1", "110-101", "100-99999"):
        with pytest.raises(NobodyMeant):
            numbers(numbers=wrong)
