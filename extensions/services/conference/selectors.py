"""Reads about conference rooms."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from extensions.models import ConferenceMember, ConferenceRoom, Extension

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Candidates:
    """Extensions to tick: `shown` with `is_member`; `more` says that others match, too."""

    shown: list[Extension]
    more: bool


def rooms() -> QuerySet[ConferenceRoom]:
    """All rooms with `people`, the number of their members."""
    return ConferenceRoom.objects.annotate(people=Count("memberships"))


def members_of(room: ConferenceRoom) -> QuerySet[Extension]:
    """The members by number."""
    return Extension.objects.filter(conference_memberships__room=room).order_by("number")


def candidates(room: ConferenceRoom, search: str) -> Candidates:
    """The members, or with `search` whoever fits it by number or name; at most 60, by number."""
    member = ConferenceMember.objects.filter(room=room, extension=OuterRef("pk"))
    rows = Extension.objects.annotate(is_member=Exists(member)).order_by("-is_member", "number", "pk")
    if search:
        rows = rows.filter(Q(number__startswith=search) | Q(directory_name__icontains=search))
    found: list[Any] = list(rows[: MOST_SHOWN + 1])
    return Candidates(found[:MOST_SHOWN], len(found) > MOST_SHOWN)
