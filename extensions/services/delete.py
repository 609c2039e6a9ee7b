"""Deleting an extension (EXT-10): with what belongs to it, or leaving its voicemail box behind as a shared one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.models import Deletion, Extension, Mailbox
from extensions.services.deletion import Journal, delete_object
from extensions.services.numbers import demand_numbers_free, taken_instead
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError


class BoxNeedsName(DomainError):
    """Shared boxes have a number and a name."""


@dataclass(frozen=True, slots=True)
class KeptBox:
    """What the voicemail box of a deleted extension is called from now on."""

    number: str
    name: str


@transaction.atomic
def delete_extension(
    *,
    extension: Extension,
    by: User,
    at: datetime,
    replacements: Mapping[str, Any] | None = None,
    keep_box: KeptBox | None = None,
    expected: str = "",
) -> Deletion:
    """Delete `extension`, give its capacity back, and return what an undo needs.

    With `keep_box` its voicemail box stays, as a shared one. The rest is as in `deletion.delete_object`.
    Raises NumberTaken, EmergencyNumber and NotAnExtensionNumber on `box_number`, BoxNeedsName on `box_name`.
    """
    journal = Journal()
    if keep_box is not None:
        _keep(extension, keep_box, journal)
    return delete_object(extension, by=by, at=at, replacements=replacements, expected=expected, journal=journal)


def _keep(extension: Extension, box: KeptBox, journal: Journal) -> None:
    demand_numbers_free([box.number], field="box_number")
    name = " ".join(box.name.split())[:60]
    if not name:
        raise BoxNeedsName(_("Give the shared voicemail box a name."), field="box_name")
    facts: dict[str, Any] = {"extension": None, "number": box.number, "name": name, "email": extension.email}
    held = list(Mailbox.objects.select_for_update().filter(extension=extension).values_list("pk", flat=True))
    with refusing(taken_instead(field="box_number")):
        if held:
            journal.change(Mailbox, held, facts)
        else:
            Mailbox.objects.create(**facts)
