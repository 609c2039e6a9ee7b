"""Suspending an extension and taking it back into service (EXT-13)."""

from django.db import transaction

from extensions.events import ExtensionChanged
from extensions.models import Extension, ExtensionState
from extensions.services.configuration import configuration_changed
from extensions.states import EXTENSION_MOVES
from portal.accounts.models import User
from portal.core.events import emit


@transaction.atomic
def suspend_extension(*, extension: Extension, by: User) -> Extension:
    """Take it out of service: it keeps number, user and password. Raises IllegalMove when it is suspended already."""
    EXTENSION_MOVES.move(extension, ExtensionState.SUSPENDED)
    emit(ExtensionChanged(extension_id=extension.pk, by_id=by.pk))
    configuration_changed(by=by)
    return extension


@transaction.atomic
def reactivate_extension(*, extension: Extension, by: User) -> Extension:
    """Put it back into service: active with a user, else unassigned. Raises IllegalMove unless it is suspended."""
    target = ExtensionState.ACTIVE if extension.user_id else ExtensionState.UNASSIGNED
    EXTENSION_MOVES.move(extension, target)
    emit(ExtensionChanged(extension_id=extension.pk, by_id=by.pk))
    configuration_changed(by=by)
    return extension
