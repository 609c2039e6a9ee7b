"""Who gets keys, as people say it; and what there is to point at while somebody types."""

import re
from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from extensions.models import (
    AgentStatus,
    Extension,
    Feature,
    FeatureCode,
    KeyKind,
    KeyPanel,
    ParkingSlot,
    SpeedDial,
    Team,
)
from portal.core.errors import DomainError

SUGGESTED = 20
MOST_TARGETS = 2000
_PIECE = re.compile(r"([0-9]{3,5})(?:\s*[-–]\s*([0-9]{3,5}))?")


class NobodyMeant(DomainError):
    """What was typed names nobody, or somebody who is not there."""


def chosen_extensions(
    reach: QuerySet[Extension], *, team: Team | None, numbers: str, everybody: bool
) -> list[Extension]:
    """Those of `reach` (whom the person may change) that are meant, by number.

    Raises NobodyMeant: on `numbers` where one is not understood or not there, else where nobody was chosen.
    """
    singles, ranges = _pieces(numbers)
    wanted = Q(number__in=singles)
    for first, last in ranges:
        wanted |= Q(number__in=[str(number).zfill(len(first)) for number in range(int(first), int(last) + 1)])
    if team is not None:
        wanted |= Q(memberships__team=team)
    rows = reach if everybody else reach.filter(wanted).distinct()
    found = list(rows.order_by("number")[: MOST_TARGETS + 1])
    missing = sorted(set(singles) - {one.number for one in found})
    if missing:
        sentence = _("There is no extension %(number)s that you may change.") % {"number": missing[0]}
        raise NobodyMeant(sentence, field="numbers")
    if not found:
        raise NobodyMeant(_("Choose a team, type numbers, or tick “Everybody”."))
    if len(found) > MOST_TARGETS:
        raise NobodyMeant(_("At most %(most)d extensions at once. Divide them.") % {"most": MOST_TARGETS})
    return found


def _pieces(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    singles, ranges = [], []
    for piece in filter(None, re.split(r"[,;\s]+(?![-–])", re.sub(r"\s*[-–]\s*", "-", text.strip()))):
        match = _PIECE.fullmatch(piece)
        if match is None:
            raise NobodyMeant(_("“%(piece)s” is no number and no range.") % {"piece": piece[:40]}, field="numbers")
        first, last = match.groups()
        if last is None:
            singles.append(first)
        elif int(last) < int(first) or int(last) - int(first) >= MOST_TARGETS:
            raise NobodyMeant(_("The range %(piece)s is turned round or too long.") % {"piece": piece}, field="numbers")
        else:
            ranges.append((first, last))
    return singles, ranges


def suggestions(kind: KeyKind, text: str, panel: KeyPanel) -> list[tuple[str, str]]:
    """Up to twenty targets of a kind that fit what was typed: what goes into the box, and its name. One query."""
    find = _SUGGEST.get(kind)
    return find(" ".join(text.split()), panel)[:SUGGESTED] if find else []


def _people(typed: str, panel: KeyPanel) -> list[tuple[str, str]]:
    rows = Extension.objects.filter(Q(number__startswith=typed) | Q(directory_name__icontains=typed))
    others = rows.exclude(pk=panel.extension_id) if panel.extension_id else rows
    return [(one.number, one.directory_name) for one in others.order_by("number")[:SUGGESTED]]


def _dials(typed: str, panel: KeyPanel) -> list[tuple[str, str]]:
    reach = Q(extension=None) | Q(extension__isnull=False, extension=panel.extension_id)
    rows = SpeedDial.objects.filter(reach, Q(label__icontains=typed) | Q(code__startswith=typed))
    return [(one.code, one.label) for one in rows.order_by("code")[:SUGGESTED]]


def _slots(typed: str, panel: KeyPanel) -> list[tuple[str, str]]:
    rows = ParkingSlot.objects.filter(Q(number__startswith=typed) | Q(label__icontains=typed))
    return [(one.number, one.label) for one in rows.order_by("number")[:SUGGESTED]]


def _teams(typed: str, panel: KeyPanel) -> list[tuple[str, str]]:
    rows = Team.objects.filter(Q(name__icontains=typed) | Q(number__startswith=typed))
    return [(one.name, one.number) for one in rows.order_by("name")[:SUGGESTED]]


def _statuses(typed: str, panel: KeyPanel) -> list[tuple[str, str]]:
    rows = AgentStatus.objects.filter(enabled=True, label__icontains=typed)
    return [(one.label, "") for one in rows.order_by("position")[:SUGGESTED]]


def _features(typed: str, panel: KeyPanel) -> list[tuple[str, str]]:
    rows = FeatureCode.objects.filter(enabled=True).order_by("code")
    named = [(one.code, str(Feature(one.feature).label)) for one in rows]
    return [one for one in named if typed.casefold() in f"{one[0]} {one[1]}".casefold()]


_SUGGEST: dict[KeyKind, Callable[[str, KeyPanel], list[tuple[str, str]]]] = {
    KeyKind.PRESENCE: _people,
    KeyKind.SPEED_DIAL: _dials,
    KeyKind.PARKING: _slots,
    KeyKind.TEAM_LOGIN: _teams,
    KeyKind.STATUS: _statuses,
    KeyKind.FEATURE: _features,
}
