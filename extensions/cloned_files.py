"""Which files belong to the rows of the active schema and travel with them when it is cloned."""

from extensions.models import AudioFile


def paths() -> list[str]:
    """Paths, relative to the tenant's media folder, of all sounds."""
    return list(AudioFile.objects.order_by("pk").values_list("path", flat=True))
