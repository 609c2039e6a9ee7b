"""Which parts of a tenant can become a template's content; the app that owns the tables names them in the settings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Area:
    """One part: a code, its words, the tables that belong to it, and the areas that it means nothing without."""

    code: str
    label: Any
    tables: Sequence[type[models.Model]]
    needs: tuple[str, ...] = ()
    shown: bool = True  # else it only comes along with what needs it


@dataclass(frozen=True, slots=True)
class Areas:
    """All parts, and what is set right inside the new working copy after their rows came."""

    areas: Sequence[Area]
    settle: Callable[[], None]

    def with_needed(self, codes: set[str]) -> list[Area]:
        """The areas called `codes`, with all that they need, in order."""
        wanted = set(codes)
        for area in reversed(self.areas):
            if area.code in wanted:
                wanted |= set(area.needs)
        return [area for area in self.areas if area.code in wanted]


def template_areas() -> Areas:
    """What settings.TEMPLATE_AREAS names."""
    found: Areas = import_string(settings.TEMPLATE_AREAS)
    return found
