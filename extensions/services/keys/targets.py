"""What a person means by the target of a key (BLF-02), and who may be watched (BLF-06)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from extensions.keys.visibility import hidden_among
from extensions.models import (
    KEY_POINTERS,
    AgentStatus,
    Extension,
    Feature,
    FeatureCode,
    KeyKind,
    KeyPanel,
    ParkingSlot,
    SpeedDial,
    Team,
)
from extensions.services.dialled import to_dialled
from portal.core.errors import DomainError


class NoSuchKeyTarget(DomainError):
    """Nothing here has that number or name."""


class HiddenColleague(DomainError):
    """Somebody whose calls colleagues may not see."""


class WatchesOneself(DomainError):
    """A lamp for one's own extension would say what one knows."""


@dataclass(frozen=True, slots=True)
class KeyTarget:
    """What a key points at: an object for the kinds of KEY_POINTERS, a number for CUSTOM_DIAL, else nothing."""

    object: Any = None
    number: str = ""


def find_key_target(kind: KeyKind, typed: str, *, panel: KeyPanel) -> KeyTarget:
    """The target that a person means by `typed` for a key of `panel`, in three queries at most.

    Raises NoSuchKeyTarget, NotANumber, HiddenColleague and WatchesOneself on `target`.
    """
    text = " ".join(typed.split())
    if kind is KeyKind.CUSTOM_DIAL:
        return KeyTarget(number=to_dialled(text, country=connection.tenant.country, field="target"))
    if kind not in KEY_POINTERS:
        return KeyTarget()
    found = _FINDERS[kind](text, panel) if text else None
    if found is None:
        raise NoSuchKeyTarget(_missing(kind, text), field="target")
    if kind is KeyKind.PRESENCE:
        _demand_watchable(found, panel)
    return KeyTarget(found)


def _demand_watchable(extension: Extension, panel: KeyPanel) -> None:
    if extension.pk == panel.extension_id:
        raise WatchesOneself(_("This is the number of the telephone itself. Choose a colleague."), field="target")
    if hidden_among([extension]):
        raise HiddenColleague(
            _("%(name)s does not want to be watched by colleagues.") % {"name": extension.directory_name},
            field="target",
        )


def _number_of(text: str) -> str:
    return text.split(" ", 1)[0]


def _extension(text: str, panel: KeyPanel) -> Extension | None:
    by_number = Extension.objects.filter(number=_number_of(text)).first()
    return by_number or _only(Extension.objects.filter(directory_name__iexact=text))


def _speed_dial(text: str, panel: KeyPanel) -> SpeedDial | None:
    code = "*" + _number_of(text).removeprefix("*").lstrip("0").rjust(1, "0")
    reach = Q(extension=None) | (Q(extension=panel.extension) if panel.extension_id else Q(extension=None))
    # A personal one with the same code wins, as it does when the code is dialled.
    by_code = SpeedDial.objects.filter(reach, code=code).order_by("extension_id").first()
    return by_code or _only(SpeedDial.objects.filter(reach, label__iexact=text))


def _slot(text: str, panel: KeyPanel) -> ParkingSlot | None:
    by_number = ParkingSlot.objects.filter(number=_number_of(text)).first()
    return by_number or _only(ParkingSlot.objects.filter(label__iexact=text).exclude(label=""))


def _team(text: str, panel: KeyPanel) -> Team | None:
    by_name = Team.objects.filter(name__iexact=text).first()
    return by_name or Team.objects.filter(number=_number_of(text)).exclude(number="").first()


def _status(text: str, panel: KeyPanel) -> AgentStatus | None:
    return AgentStatus.objects.filter(label__iexact=text, enabled=True).first()


def _feature(text: str, panel: KeyPanel) -> FeatureCode | None:
    by_code = FeatureCode.objects.filter(code=_number_of(text), enabled=True).first()
    names = {str(feature.label).casefold(): feature for feature in Feature}
    named = names.get(text.casefold())
    return by_code or (FeatureCode.objects.filter(feature=named, enabled=True).first() if named else None)


def _only(rows: Any) -> Any:
    """The row, where there is exactly one: of two people with one name nobody can tell which is meant."""
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


_FINDERS: dict[KeyKind, Callable[[str, KeyPanel], Any]] = {
    KeyKind.PRESENCE: _extension,
    KeyKind.SPEED_DIAL: _speed_dial,
    KeyKind.PARKING: _slot,
    KeyKind.TEAM_LOGIN: _team,
    KeyKind.STATUS: _status,
    KeyKind.FEATURE: _feature,
}


def _missing(kind: KeyKind, text: str) -> str:
    if not text:
        return _("Say which one.")
    sentences = {
        KeyKind.PRESENCE: _("There is no extension “%(text)s”, or several have this name. Type the number."),
        KeyKind.SPEED_DIAL: _("There is no speed dial “%(text)s” that this telephone can use."),
        KeyKind.PARKING: _("There is no parking slot “%(text)s”."),
        KeyKind.TEAM_LOGIN: _("There is no team “%(text)s”."),
        KeyKind.STATUS: _("There is no status “%(text)s” in use."),
        KeyKind.FEATURE: _("There is no feature code “%(text)s” in use."),
    }
    return sentences[kind] % {"text": text[:60]}
