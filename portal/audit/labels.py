"""How the log calls each table, in English; pages translate it when they show it."""

from typing import Any

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_noop

# Events that are no row of a table (see portal.audit.services.record).
EVENTS = (gettext_noop("Sign-in"), gettext_noop("Export"), gettext_noop("Job"), gettext_noop("Support session"))
_labels: dict[type[models.Model], str] = {}


def name_table(model: type[models.Model], label: Any) -> None:
    """Call `model`'s table `label` from now on."""
    with translation.override("en"):
        _labels[model] = str(label)


def table_of(model: type[models.Model]) -> str:
    """The label of a model's table; its own name where nobody gave one."""
    return _labels.get(model) or model._meta.object_name or ""


def known_tables() -> list[str]:
    """All labels, in order, for the filter of the log."""
    return sorted({*_labels.values(), *EVENTS})
