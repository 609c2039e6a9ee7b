"""How the domain says no."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _


class DomainError(Exception):
    """A refusal that a person may read: a sentence, and the field it belongs to (or none).

    Services raise subclasses defined beside them; pages show the sentence beside the field (422) or as a message.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class Refusals(DomainError):
    """Several refusals at once, by field. `errors` maps a field name (or `__all__`) to its sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__(" ".join(map(str, self.errors.values())))


def refuse_together(refusals: Iterable[DomainError]) -> None:
    """Raise what `refusals` say, all at once: nothing for none, one as it is, several as Refusals by field."""
    found = list(refusals)
    if len(found) == 1:
        raise found[0]
    if found:
        raise Refusals({one.field or "__all__": one.message for one in found})


def as_validation_error(refusal: DomainError) -> ValidationError:
    """The same refusal in Django's own shape, for forms."""
    return ValidationError(str(refusal.message), code="refused")


class ManagementInstance(DomainError):
    """Instance 1 runs the platform; it never holds customers (PLT-02)."""

    def __init__(self, *, field: str | None = None) -> None:
        super().__init__(
            _("Instance 1 is reserved for management (not usable). Customers belong in instance 2 onward."), field=field
        )


def refuse_management_instance() -> None:
    """Raise ManagementInstance where the active schema is the management instance."""
    if connection.schema_name == "public":
        raise ManagementInstance
