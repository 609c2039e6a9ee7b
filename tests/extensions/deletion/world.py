"""Rows that depend on others."""

from datetime import UTC, datetime

from extensions.models import Destination, Extension, Level, SettingValue

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def forward(extension: Extension, *, to: Extension) -> SettingValue:
    """`extension` sends calls outside office hours to another."""
    destination = Destination.objects.create(kind="extension", extension=to)
    return SettingValue.objects.create(
        level=Level.EXTENSION, extension=extension, key="hours.closed_action", destination=destination
    )
