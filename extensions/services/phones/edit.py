"""Adding, changing and removing one telephone (PRV-02)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.capacity import PHONE, capacity
from extensions.models import Extension, Phone
from extensions.phone_models import MODELS, model_of
from extensions.services.configuration import configuration_changed
from extensions.services.phones.access import end_access
from extensions.services.phones.mac import to_mac
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError, refuse_management_instance
from portal.core.versions import lock_version
from tenants.services.devices import registered_instead


class PhoneTaken(DomainError):
    """This tenant has a telephone with that address already."""


class UnknownModel(DomainError):
    """No such model is known."""


class TooManyModules(DomainError):
    """The model cannot carry that many expansion modules."""


class NoSuchExtension(DomainError):
    """Nobody here has that number."""


@transaction.atomic
def add_phone(  # noqa: PLR0913 - the fields of the page
    *, mac: str, model: str, extension: str, modules: int, place: str, by: User, at: datetime
) -> Phone:
    """Add a telephone and return it. `extension` is a number, or empty for a telephone that waits for somebody.

    Raises NotAMac, UnknownModel, NoSuchExtension, TooManyModules, PhoneTaken and RegisteredElsewhere, by field,
    and what the capacity raises.
    """
    refuse_management_instance()
    capacity().take(PHONE, 1)
    phone = Phone(created_at=at)
    _fill(phone, mac=mac, model=model, extension=extension, modules=modules, place=place)
    _save(phone)
    configuration_changed(by=by)
    return phone


@transaction.atomic
def edit_phone(  # noqa: PLR0913 - the fields of the page
    *, phone: Phone, mac: str, model: str, extension: str, modules: int, place: str, version: int | None, by: User
) -> Phone:
    """Change a telephone and return it. Given to somebody else, or made another telephone, it needs a new address for
    its configuration: whoever had it before knows the old one. Raises what `add_phone` raises, and ChangedMeanwhile.
    """
    locked: Phone = lock_version(Phone, phone.pk, version)
    before = _belongs(locked)
    _fill(locked, mac=mac, model=model, extension=extension, modules=modules, place=place)
    _save(locked)
    if _belongs(locked) != before:
        end_access(locked)
    configuration_changed(by=by)
    return locked


def demand_modules(model: str, modules: int, *, field: str = "modules") -> None:
    """Raise TooManyModules unless the model can carry that many."""
    known = model_of(model)
    if not 0 <= modules <= known.most_modules:
        raise TooManyModules(modules_sentence(model), field=field)


def modules_sentence(model: str) -> str:
    """How many expansion modules a model can have, as a sentence."""
    known = model_of(model)
    if not known.most_modules:
        return _("%(model)s has no expansion modules. Type 0.") % {"model": known}
    return _("%(model)s carries at most %(most)d expansion modules.") % {"model": known, "most": known.most_modules}


def _fill(phone: Phone, *, mac: str, model: str, extension: str, modules: int, place: str) -> None:
    if model not in MODELS:
        raise UnknownModel(_("Choose a model of the list."), field="model")
    demand_modules(model, modules)
    phone.mac = to_mac(mac)
    phone.model = model
    phone.extension = _extension(extension)
    phone.modules = modules
    phone.place = place


def _belongs(phone: Phone) -> tuple[str, str, int | None]:
    """Which telephone it is, and whose."""
    return phone.mac, model_of(phone.model).vendor, phone.extension_id


def _extension(number: str) -> Extension | None:
    if not number:
        return None
    found = Extension.objects.filter(number=number).first()
    if found is None:
        raise NoSuchExtension(_("There is no extension “%(number)s”.") % {"number": number[:20]}, field="extension")
    return found


def _save(phone: Phone) -> None:
    """Save; the two unique indexes, this tenant's and the platform's, are the judges."""
    with refusing(phone_clashes()):
        phone.save()


def phone_clashes() -> dict[str, DomainError]:
    """What it means that the database refuses a telephone; for `refusing`."""
    taken = PhoneTaken(_("You have a telephone with this address already."), field="mac")
    return {"phone_mac_once": taken, **registered_instead()}
