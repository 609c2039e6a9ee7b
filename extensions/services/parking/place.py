"""Placing a slot on keys and on the list of speed dials (PRK-05)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from extensions.models import Extension, Key, KeyKind, KeyPanel, ParkingSlot, SpeedDial
from extensions.services.configuration import configuration_changed
from extensions.services.speed_dials.codes import demand_code
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError

MOST_AT_ONCE = 50


class FollowsTemplate(DomainError):
    """The panel shows the keys of a template and has none of its own."""


class CodeTaken(DomainError):
    """Another shared speed dial has the code."""


class TooMany(DomainError):
    """More extensions than one form may change."""


@transaction.atomic
def put_slot_on_keys(*, slot: ParkingSlot, extensions: Iterable[Extension], by: User) -> list[Key]:
    """Give each of `extensions` a key for `slot` behind its last one, and return the new keys.

    Those that have such a key keep it. Raises FollowsTemplate and TooMany, on `extensions`; nothing changes then.
    """
    chosen = list(extensions)
    if len(chosen) > MOST_AT_ONCE:
        raise TooMany(_("Choose at most 50 extensions at once."), field="extensions")
    # Always in the same order, so that two of these never wait for each other.
    chosen.sort(key=lambda one: one.pk)
    made = [key for extension in chosen if (key := _append(slot, extension)) is not None]
    if made:
        configuration_changed(by=by)
    return made


@transaction.atomic
def put_slot_on_speed_dial(*, slot: ParkingSlot, code: str, label: str, by: User) -> SpeedDial:
    """Make a shared speed dial `code` that dials the slot, and return it.

    Raises NotACode, CodeOfFeature and CodeTaken on `code`.
    """
    dial = SpeedDial(code=demand_code(code), label=label, number=slot.number)
    sentence = _("There is a shared speed dial %(code)s already.") % {"code": dial.code}
    with refusing({"speed_dial_code_once": CodeTaken(sentence, field="code")}):
        dial.save()
    configuration_changed(by=by)
    return dial


def _append(slot: ParkingSlot, extension: Extension) -> Key | None:
    panel, _made = KeyPanel.objects.select_for_update().get_or_create(extension=extension)
    if panel.linked:
        raise FollowsTemplate(
            _("The keys of %(extension)s follow a template. Place the slot on the template instead.")
            % {"extension": extension},
            field="extensions",
        )
    if panel.keys.filter(slot=slot).exists():
        return None
    last = panel.keys.aggregate(last=Max("position"))["last"]
    key = Key(panel=panel, position=0 if last is None else last + 1, kind=KeyKind.PARKING, slot=slot)
    key.save()
    panel.version += 1
    panel.save(update_fields=["version"])
    return key
