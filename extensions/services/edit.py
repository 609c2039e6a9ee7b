"""Changing an extension's number, names and mobile number (EXT-04 to EXT-06 build on this)."""

from django.db import transaction

from extensions.events import ExtensionChanged
from extensions.models import DialKind, Extension
from extensions.services.configuration import configuration_changed
from extensions.services.create import save_number
from extensions.services.numbers import demand_numbers_free
from extensions.services.shapes import clean_mobile
from portal.accounts.models import User
from portal.core.events import emit


@transaction.atomic
def edit_extension(  # noqa: PLR0913 - the fields of the page
    *, extension: Extension, number: str, directory_name: str, first_name: str, last_name: str, mobile: str, by: User
) -> Extension:
    """Change the facts and return the extension. User, username and password stay: they follow the extension.

    Raises NumberTaken, EmergencyNumber, NotAnExtensionNumber (field `number`) and NotANumber (field `mobile`).
    """
    locked = Extension.objects.select_for_update().get(pk=extension.pk)
    demand_numbers_free([number], except_kind=DialKind.EXTENSION, except_ids=[locked.pk])
    locked.number = number
    locked.directory_name = directory_name
    locked.first_name = first_name
    locked.last_name = last_name
    locked.mobile = clean_mobile(mobile)
    save_number(locked)
    emit(ExtensionChanged(extension_id=locked.pk, by_id=by.pk))
    configuration_changed(by=by)
    return locked
