"""Changing an extension's number, names and mobile number (EXT-04 to EXT-06)."""

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.events import ExtensionChanged, MobileNumberRemoved
from extensions.keys.phones import telephones_with
from extensions.models import DialKind, Extension, Key, SpeedDial
from extensions.provisioning.freshness import mark_for_fetching
from extensions.services.configuration import configuration_changed
from extensions.services.create import save_number
from extensions.services.deletion.records import record_change
from extensions.services.numbers import demand_numbers_free
from extensions.services.shapes import clean_mobile
from extensions.services.welcome import end_links
from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.core.events import emit
from portal.core.versions import lock_version

NAME_LENGTH = 100


class NameTooLong(DomainError):
    """Directory names have a limit that telephones set (EXT-05)."""


@transaction.atomic
def edit_extension(  # noqa: PLR0913 - the fields of the page
    *,
    extension: Extension,
    number: str,
    directory_name: str,
    first_name: str,
    last_name: str,
    mobile: str,
    by: User,
    email: str | None = None,
    version: int | None = None,
) -> Extension:
    """Change the facts and return the extension. User, username and password stay: they follow the extension.

    So do history, voicemail, teams and keys; speed dials and keys that dial the old digits get the new ones.
    Without `email` the address stays; links that went to another one end.
    Raises ChangedMeanwhile; NumberTaken, EmergencyNumber, NotAnExtensionNumber
    (field `number`), NameTooLong (field `directory_name`), NotANumber (field `mobile`), and on that field what an app
    above says when something needs the mobile number (LIC-11).
    """
    demand_name(directory_name)
    locked: Extension = lock_version(Extension, extension.pk, version)
    demand_numbers_free([number], except_kind=DialKind.EXTENSION, except_ids=[locked.pk])
    before, mobile_before = locked.number, locked.mobile
    locked.number = number
    locked.directory_name = directory_name
    locked.first_name = first_name
    locked.last_name = last_name
    locked.mobile = clean_mobile(mobile)
    if email is not None and email.lower() != locked.email:
        end_links(locked)
        locked.email = email.lower()
    save_number(locked)
    if number != before:
        _follow(before, number)
        mark_for_fetching(telephones_with(locked))
    if mobile_before and not locked.mobile:
        emit(MobileNumberRemoved(extension_id=locked.pk, by_id=by.pk))
    emit(ExtensionChanged(extension_id=locked.pk, by_id=by.pk))
    configuration_changed(by=by)
    return locked


def demand_name(directory_name: str, *, field: str = "directory_name") -> None:
    """Raise NameTooLong for a directory name of more than 100 characters."""
    over = len(directory_name) - NAME_LENGTH
    if over > 0:
        raise NameTooLong(
            _("A directory name has at most 100 characters; this one has %(over)d too many.") % {"over": over},
            field=field,
        )


def _follow(before: str, after: str) -> None:
    """What dials the digits goes on reaching the extension."""
    for model in (SpeedDial, Key):
        rows = model._default_manager.filter(number=before)
        ids = list(rows.values_list("pk", flat=True))
        if ids:
            record_change(model, ids, {"number": after})
            # audit: written above, from the same rows
            rows.filter(pk__in=ids).update(number=after)
