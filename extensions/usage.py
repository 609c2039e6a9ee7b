"""How much of what a tenant bought it uses; asked by lower apps through the settings."""

from extensions.models import Extension


def count_extensions() -> int:
    """The extensions of the active schema."""
    return Extension.objects.count()
