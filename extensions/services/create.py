"""Creating extensions (EXT-01, EXT-02)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from extensions.capacity import EXTENSION, capacity
from extensions.events import ExtensionCreated
from extensions.models import Extension, ExtensionState
from extensions.services.configuration import configuration_changed
from extensions.services.counting import extensions_changed
from extensions.services.numbers import demand_numbers_free, taken_instead
from extensions.services.people import person_of, user_for
from extensions.services.secrets import new_sip_password, new_sip_username
from extensions.services.shapes import clean_mobile
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError, refuse_management_instance, refuse_together
from portal.core.events import emit


@transaction.atomic
def create_extension(  # noqa: PLR0913 - the fields of EXT-01
    *,
    number: str,
    first_name: str,
    last_name: str,
    email: str,
    mobile: str,
    by: User,
    at: datetime,
) -> Extension:
    """Create the extension `number` in the active tenant and return it, with `sip_password` readable this once.

    With an e-mail address it belongs to the user who has it, or to a new user with the lowest role, who is sent a
    link to set a password; without one it stays unassigned. `mobile` is read with the tenant's country.
    Raises ManagementInstance in instance 1, what the capacity raises, and by field NumberTaken or another DomainError,
    or Refusals where several fields are wrong.
    """
    refuse_management_instance()
    refuse_together(faults_of({"number": number, "mobile": mobile, "email": email}))
    kept_mobile = clean_mobile(mobile)
    capacity().take(EXTENSION, 1)
    name = " ".join(part for part in (first_name, last_name) if part)
    user = user_for(email=email, name=name or number, number=number, by=by) if email else None
    extension = Extension(
        number=number,
        first_name=first_name,
        last_name=last_name,
        directory_name=(name or number)[:100],
        email=email.lower(),
        mobile=kept_mobile,
        user=user,
        sip_username=new_sip_username(),
        sip_password=new_sip_password(),
        state=ExtensionState.ACTIVE if user else ExtensionState.UNASSIGNED,
        created_at=at,
    )
    save_number(extension)
    emit(ExtensionCreated(extension_id=extension.pk, by_id=by.pk))
    extensions_changed()
    configuration_changed(by=by)
    return extension


def faults_of(asked: Mapping[str, str]) -> Iterator[DomainError]:
    """What stands against a new extension with the values `asked` (any of `number`, `mobile`, `email`), each by field.

    Asked by the service, and by forms that have found something else, so that people read everything at once.
    """
    for name, demand in _DEMANDS.items():
        if name in asked:
            try:
                demand(asked[name])
            except DomainError as fault:
                yield fault


_DEMANDS: dict[str, Callable[[str], Any]] = {
    "number": lambda number: demand_numbers_free([number]),
    "mobile": clean_mobile,
    "email": lambda email: person_of(email) if email else None,
}


def save_number(extension: Extension) -> None:
    """Save; a number that somebody else took in the meantime becomes NumberTaken."""
    with refusing(taken_instead()):
        extension.save()
