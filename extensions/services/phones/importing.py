"""Many telephones from a CSV file, in two steps: check, then commit (PRV-02)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.capacity import PHONE, capacity
from extensions.imports.checked import Checked, Fault, Row, Values, as_checked, look_through
from extensions.models import Extension, Phone
from extensions.phone_models import MODELS, PhoneModel
from extensions.services.configuration import configuration_changed
from extensions.services.phones.edit import modules_sentence, phone_clashes
from extensions.services.phones.mac import to_mac
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.csv import read_csv
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError, refuse_management_instance
from tenants.services.devices import RegisteredElsewhere, registered_elsewhere

MOST_ROWS = 2000
COLUMNS = ("mac", "model", "extension", "modules", "place")


def read_phones(data: bytes) -> list[Row]:
    """The rows of an uploaded file. Raises UnreadableCsv on `file`."""
    found = read_csv(data, known=COLUMNS, required=["mac", "model"], most=MOST_ROWS)
    return [(row.line, row.cells) for row in found]


def check_phones(rows: Sequence[Row]) -> Checked:
    """Everything that is wrong with each row, by column; a fixed number of queries, nothing is written."""
    clean = [(line, _normal(values)) for line, values in rows]
    macs = {values["mac"] for _line, values in clean if values["mac"]}
    here = set(Phone.objects.filter(mac__in=macs).values_list("mac", flat=True))
    elsewhere = registered_elsewhere(macs - here)
    wanted = {values["extension"] for _line, values in clean}
    known = set(Extension.objects.filter(number__in=wanted).values_list("number", flat=True))
    counted = Counter(values["mac"] for _line, values in clean)

    def faults(typed: Values, values: Values) -> Iterator[Fault]:
        yield from _mac_faults(typed["mac"], values["mac"], counted, here, elsewhere)
        yield from _model_faults(typed, values)
        yield from _other_faults(values, known)

    return look_through(rows, clean, faults)


@transaction.atomic
def commit_phones(*, rows: Sequence[Row], expected: int, by: User, at: datetime) -> int:
    """Add the rows that are right and return how many; wrong ones stay out.

    Raises NotAsChecked unless `expected` of them are right now, and RegisteredElsewhere or PhoneTaken where somebody
    was faster, and what the capacity raises.
    """
    refuse_management_instance()
    good = as_checked(check_phones(rows), expected)
    capacity().take(PHONE, len(good))
    numbers = {values["extension"] for _line, values in good if values["extension"]}
    owners = dict(Extension.objects.filter(number__in=numbers).values_list("number", "pk"))
    phones = [
        Phone(
            mac=values["mac"],
            model=values["model"],
            extension_id=owners.get(values["extension"]),
            modules=int(values["modules"]),
            place=values["place"],
            created_at=at,
        )
        for _line, values in good
    ]
    with refusing(phone_clashes()):
        # audit: written below, for the whole set
        Phone.objects.bulk_create(phones)
    made = Phone.objects.filter(mac__in=[phone.mac for phone in phones])
    record_set(made, verb=Verb.POST, fields=["mac", "model", "extension_id", "modules", "place"], name="mac")
    configuration_changed(by=by)
    return len(phones)


def _normal(values: dict[str, str]) -> dict[str, str]:
    """What the file means: address and model in our own writing; empty where they cannot be read."""
    try:
        mac = to_mac(values.get("mac", ""))
    except DomainError:
        mac = ""
    model = _model(values.get("model", ""))
    return {
        "mac": mac,
        "model": model.code if model else "",
        "extension": values.get("extension", ""),
        "modules": values.get("modules", "") or "0",
        "place": values.get("place", ""),
    }


def _model(text: str) -> PhoneModel | None:
    """By code, by name, or by maker and name; case, blanks and dashes do not matter."""
    return _BY_NAME.get(_bare(text))


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


_BY_NAME = {_bare(name): model for model in MODELS.values() for name in (model.code, str(model), model.name)}
_BY_NAME |= {_bare(m.name).removeprefix("sip"): m for m in MODELS.values() if m.vendor == "Yealink"}


def _mac_faults(typed: str, mac: str, counted: Counter, here: set[str], elsewhere: set[str]) -> Iterator[Fault]:
    column = _("MAC address")
    if not mac:
        try:
            to_mac(typed)
        except DomainError as refusal:
            yield "mac", column, str(refusal)
        return
    if counted[mac] > 1:
        yield "mac", column, _("This address stands in the file more than once.")
    if mac in here:
        yield "mac", column, _("You have a telephone with this address already.")
    if mac in elsewhere:
        yield "mac", column, str(RegisteredElsewhere())


def _model_faults(typed: dict[str, str], values: dict[str, str]) -> Iterator[Fault]:
    if not values["model"]:
        yield "model", _("Model"), _("This model is not known here. Its name must stand as in the list of models.")
    modules = values["modules"]
    if not (modules.isascii() and modules.isdecimal() and len(modules) < 4):
        yield "modules", _("Expansion modules"), _("Type a number, or leave it empty.")
    elif values["model"] and int(modules) > MODELS[values["model"]].most_modules:
        yield "modules", _("Expansion modules"), modules_sentence(values["model"])


def _other_faults(values: dict[str, str], known: set[str]) -> Iterator[Fault]:
    if values["extension"] and values["extension"] not in known:
        yield "extension", _("Extension"), _("There is no extension with this number.")
    if len(values["place"]) > 60:
        yield "place", _("Place"), _("Use at most 60 characters.")
    elif any(ord(sign) < 32 or sign in "\x7f\u2028\u2029" for sign in values["place"]):
        yield "place", _("Place"), _("Use one line without control characters.")
