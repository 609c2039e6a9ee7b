"""What somebody switched on a telephone, done in the portal as if on a page (PRS-03, CTL-02, SCH-10, TPL-02)."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from extensions.models import (
    DestinationKind,
    Extension,
    Feature,
    OverrideMode,
    Schedule,
    StatusKind,
    StatusSource,
)
from extensions.pbx.emergencies import tell_of_emergency
from extensions.services.destinations import Target, find_target
from extensions.services.presence import Wish, set_status
from extensions.services.schedules.overrides import end_overrides, override_schedule
from extensions.services.settings import change_settings
from extensions.settings.catalogue.forwarding import Condition, Origin, key_of
from extensions.settings.catalogue.hours import HOURS
from extensions.settings.registry import settings_of
from extensions.settings.subjects import COMPANY, Subject, effective_settings
from portal.accounts.models import User
from portal.core.errors import DomainError

log = logging.getLogger(__name__)
_NIGHT = timedelta(hours=12)


def take_phone_feature(*, extension_id: int, feature: str, argument: str, at: datetime) -> None:
    """Do what a code or key means, in the active tenant, on behalf of the person whose extension it is.

    What the rules refuse is refused as on a page; the log says so. Raises nothing for codes that the PBX has done.
    """
    extension = Extension.objects.select_related("user").filter(pk=extension_id).first()
    act = _ACTS.get(feature)
    if extension is None or act is None:
        return
    try:
        act(extension, argument, at)
    except DomainError as refused:
        log.warning("%s of extension %s is refused: %s", feature, extension_id, refused)


def _status(extension: Extension, argument: str, at: datetime) -> None:
    if argument in StatusKind.values:
        wish = Wish(StatusKind(argument))
        set_status(extension=extension, wish=wish, source=StatusSource.KEY, by=extension.user, at=at)


def _forward(extension: Extension, argument: str, _at: datetime) -> None:
    """All calls, from inside and outside, as long as the person is available."""
    target = _inside_or_out(argument)
    keys = [key_of(StatusKind.AVAILABLE, origin, Condition.ALWAYS) for origin in Origin]
    values = {key: True for key in keys} | {f"{key}.to": target for key in keys}
    change_settings(subject=Subject(extension=extension), values=values, by=_who(extension))


def _inside_or_out(number: str) -> Target:
    found = Extension.objects.filter(number=number).first()
    return find_target(DestinationKind.EXTENSION if found else DestinationKind.NUMBER, number, field="number")


def _stop_forwarding(extension: Extension, _argument: str, _at: datetime) -> None:
    keys = [key_of(StatusKind.AVAILABLE, origin, Condition.ALWAYS) for origin in Origin]
    change_settings(subject=Subject(extension=extension), values=dict.fromkeys(keys, False), by=_who(extension))


def _night_mode(extension: Extension, _argument: str, at: datetime) -> None:
    """Close the company's hours until tomorrow, or go back to them where they are closed by hand."""
    held = effective_settings(COMPANY, settings_of([HOURS]))[HOURS].value
    schedule = Schedule.objects.filter(pk=getattr(held, "pk", held)).first()
    if schedule is None or end_overrides(schedule=schedule, by=extension.user, at=at):
        return
    reason = _("by the telephone of %(number)s") % {"number": extension.number}
    override_schedule(
        schedule=schedule, mode=OverrideMode.CLOSED, ends_at=at + _NIGHT, by=extension.user, at=at, reason=reason
    )


def _emergency(extension: Extension, argument: str, at: datetime) -> None:
    tell_of_emergency(extension=extension, number=argument, at=at)


def _who(extension: Extension) -> User:
    if extension.user is None:
        raise DomainError(_("Nobody has this extension, so nobody may change its forwards by telephone."))
    return extension.user


_ACTS: dict[str, Callable[[Extension, str, datetime], None]] = {
    "status": _status,
    Feature.FORWARD_ON: _forward,
    Feature.FORWARD_OFF: _stop_forwarding,
    Feature.NIGHT_MODE: _night_mode,
    "emergency": _emergency,
}
