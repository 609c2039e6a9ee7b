"""Speed dials from a CSV file, in two steps; an export comes back in unchanged (SPD-03)."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from django.db import connection, transaction
from django.utils.translation import gettext as _

from extensions.imports.checked import Checked, Fault, Row, Values, as_checked, look_through
from extensions.models import Extension, SpeedDial
from extensions.services.configuration import configuration_changed
from extensions.services.dialled import INTERNAL, numbers_inside
from extensions.services.numbers import emergency_numbers
from extensions.services.speed_dials.codes import feature_codes, feature_sentence, to_code
from extensions.services.speed_dials.edit import CodeTaken
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.csv import read_csv
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError, refuse_management_instance
from portal.core.phone_numbers import to_e164

MOST_ROWS = 100
COLUMNS = ("code", "label", "number")


def read_speed_dials(data: bytes) -> list[Row]:
    """The rows of an uploaded file. Raises UnreadableCsv on `file`."""
    found = read_csv(data, known=COLUMNS, required=COLUMNS, most=MOST_ROWS)
    return [(row.line, row.cells) for row in found]


def check_speed_dials(rows: Sequence[Row]) -> Checked:
    """Everything that is wrong with each row, by column, in two queries; codes that exist are replaced."""
    clean = [(line, _normal(values)) for line, values in rows]
    codes = Counter(values["code"] for _line, values in clean if values["code"])
    features = feature_codes(codes)
    inside = numbers_inside([values["number"] for _line, values in clean]) | emergency_numbers()

    def faults(typed: Values, values: Values) -> Iterator[Fault]:
        yield from _code_faults(typed, values, codes, features)
        yield from _label_faults(values)
        yield from _number_faults(typed, values, inside)

    return look_through(rows, clean, faults)


@transaction.atomic
def commit_speed_dials(*, extension: Extension | None, rows: Sequence[Row], expected: int, by: User) -> int:
    """Write the rows that are right into the scope and return how many; a code that exists gets label and number anew.

    Raises NotAsChecked unless `expected` of them are right now.
    """
    refuse_management_instance()
    good = as_checked(check_speed_dials(rows), expected)
    scope = SpeedDial.objects.filter(extension=extension)
    there = {dial.code: dial for dial in scope.select_for_update().order_by("pk")}
    new = [SpeedDial(extension=extension, **values) for _line, values in good if values["code"] not in there]
    for _line, values in good:
        dial = there.get(values["code"])
        if dial is not None and (dial.label, dial.number) != (values["label"], values["number"]):
            dial.label, dial.number = values["label"], values["number"]
            dial.version += 1
            dial.save()  # at most a hundred codes exist, and few of them change
    with refusing({"speed_dial_code_once": CodeTaken(_("Somebody made one of these codes a moment ago. Look again."))}):
        # audit: written below, for the whole set
        SpeedDial.objects.bulk_create(new)
    made = scope.filter(code__in=[dial.code for dial in new])
    record_set(made, verb=Verb.POST, fields=["extension_id", "code", "label", "number"], name="label")
    configuration_changed(by=by)
    return len(good)


def _normal(values: dict[str, str]) -> dict[str, str]:
    return {
        "code": _or_nothing(lambda: to_code(values.get("code", ""))),
        "label": " ".join(values.get("label", "").split()),
        "number": _number(values.get("number", "")),
    }


def _number(typed: str) -> str:
    bare = "".join(sign for sign in typed if sign not in " ().-/")
    if INTERNAL.fullmatch(bare):
        return bare
    return _or_nothing(lambda: to_e164(typed, country=connection.tenant.country))


def _or_nothing(read: Callable[[], str]) -> str:
    try:
        return read()
    except DomainError:
        return ""


def _code_faults(
    typed: dict[str, str], values: dict[str, str], codes: Counter, features: dict[str, str]
) -> Iterator[Fault]:
    column, code = _("Code"), values["code"]
    if not code:
        yield "code", column, _("Use a code from *0 to *99.")
        return
    if codes[code] > 1:
        yield "code", column, _("This code stands in the file more than once.")
    if code in features:
        yield "code", column, feature_sentence(code, features[code])


def _label_faults(values: dict[str, str]) -> Iterator[Fault]:
    column, label = _("Label"), values["label"]
    if not label:
        yield "label", column, _("Type a label.")
    elif len(label) > 60:
        yield "label", column, _("Use at most 60 characters.")
    elif any(ord(sign) < 32 or sign in "\x7f\u2028\u2029" for sign in label):
        yield "label", column, _("Use one line without control characters.")


def _number_faults(typed: dict[str, str], values: dict[str, str], inside: set[str]) -> Iterator[Fault]:
    column, number = _("Number"), values["number"]
    if not number:
        try:
            to_e164(typed.get("number", ""), country=connection.tenant.country)
        except DomainError as refusal:
            yield "number", column, str(refusal)
    elif INTERNAL.fullmatch(number) and number not in inside:
        yield "number", column, _("Nothing here has the number %(number)s.") % {"number": number}
