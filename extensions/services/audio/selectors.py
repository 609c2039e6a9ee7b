"""Reads about sounds: the list, and where one is used."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from extensions.models import AudioFile, Destination, Mailbox, SettingValue
from extensions.settings.registry import setting
from portal.audit.labels import table_of


@dataclass(frozen=True, slots=True)
class Use:
    """One place that plays a sound. `url` may be empty."""

    what: str
    url: str = ""


def sounds() -> QuerySet[AudioFile]:
    """All sounds with `used`, the number of places that play them."""
    used = (
        _counted(Destination.objects.filter(announcement=OuterRef("pk")), "announcement")
        + _counted(SettingValue.objects.filter(announcement=OuterRef("pk")), "announcement")
        + _counted(Mailbox.objects.filter(greeting=OuterRef("pk")), "greeting")
    )
    return AudioFile.objects.select_related("uploaded_by").annotate(used=used)


def uses_of(sound: AudioFile) -> list[Use]:
    """Where `sound` is played, in three queries: boxes, settings, and destinations."""
    found = [
        Use(_("Greeting of %(box)s") % {"box": box}, reverse("extensions:mailbox", args=[box.pk]))
        for box in Mailbox.objects.filter(greeting=sound).select_related("extension").order_by("pk")
    ]
    rows = SettingValue.objects.filter(announcement=sound).select_related("team", "extension").order_by("key", "pk")
    found += [Use(f"{setting(row.key).label}: {_holder(row)}") for row in rows]
    found += [Use(_place(one)) for one in _destinations(sound)]
    return found


def _counted(rows: QuerySet, column: str) -> Any:
    counted = rows.order_by().values(column).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _holder(row: SettingValue) -> str:
    return str(row.extension or row.team or _("the company"))


def _destinations(sound: AudioFile) -> QuerySet[Destination]:
    rows = Destination.objects.filter(announcement=sound).order_by("pk")
    return rows.select_related(*(_owner_of(relation) for relation in _owners()))


def _owners() -> list[Any]:
    """Every one-to-one relation through which an object owns a destination."""
    return [one for one in Destination._meta.related_objects if one.one_to_one]  # noqa: SLF001 - Django's public name


def _owner_of(relation: Any) -> str:
    return str(relation.get_accessor_name())


def _place(row: Destination) -> str:
    for relation in _owners():
        owner = getattr(row, _owner_of(relation), None)
        if owner is not None:
            return f"{table_of(relation.related_model)}: {owner}"
    return _("A destination")
