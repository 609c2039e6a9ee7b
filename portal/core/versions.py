"""Two people, one object: whoever saves last sees what the other did, instead of undoing it (UXP-05)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from portal.core.errors import DomainError


class ChangedMeanwhile(DomainError):
    """Somebody saved a newer version of this. `current` is the row as it is now."""

    def __init__(self, current: "Versioned") -> None:
        super().__init__(_("Somebody else saved this in the meantime."))
        self.current = current


class DeletedMeanwhile(DomainError):
    """Somebody deleted this."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else deleted this in the meantime."))


class Versioned(models.Model):
    """A row that counts its changes in `version`; forms carry the number that they were filled from."""

    version = models.IntegerField(default=1)

    class Meta:
        abstract = True


def lock_version(model: type[models.Model], pk: Any, version: int | None) -> Any:
    """The row, locked for change, with `version` counted up (not yet saved).

    `version` is what the person saw; None asks for no comparison (imports, other services). Raises ChangedMeanwhile,
    and DeletedMeanwhile where it is not there any more.
    """
    locked: Any = model._default_manager.select_for_update().filter(pk=pk).first()  # noqa: SLF001 - Django's public name
    if locked is None:
        raise DeletedMeanwhile
    if version is not None and locked.version != version:
        raise ChangedMeanwhile(locked)
    locked.version += 1
    return locked
