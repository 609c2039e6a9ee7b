"""One speed dial: of the whole company, or of an extension (SPD-01, SPD-02).

Deleting one is `services.deletion.delete_object`: keys that dial it are shown first.
"""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from extensions.models import Extension, SpeedDial
from extensions.services.configuration import configuration_changed
from extensions.services.dialled import to_dialled
from extensions.services.speed_dials.codes import demand_code
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError, refuse_management_instance
from portal.core.versions import lock_version


class CodeTaken(DomainError):
    """The same scope has a speed dial with that code."""


@transaction.atomic
def create_speed_dial(*, extension: Extension | None, code: str, label: str, number: str, by: User) -> SpeedDial:
    """Make a speed dial, personal with an `extension`, else everybody's, and return it.

    A personal one may have the code of a shared one: it wins. Raises NotACode, CodeOfFeature and CodeTaken (field
    `code`), NobodyThere and NotANumber (field `number`), and ManagementInstance.
    """
    refuse_management_instance()
    dial = SpeedDial(extension=extension)
    _fill(dial, code=code, label=label, number=number)
    _save(dial)
    configuration_changed(by=by)
    return dial


@transaction.atomic
def edit_speed_dial(
    *, dial: SpeedDial, code: str, label: str, number: str, by: User, version: int | None = None
) -> SpeedDial:
    """Change a speed dial and return it. Raises ChangedMeanwhile and what `create_speed_dial` raises."""
    locked: SpeedDial = lock_version(SpeedDial, dial.pk, version)
    _fill(locked, code=code, label=label, number=number)
    _save(locked)
    configuration_changed(by=by)
    return locked


def _fill(dial: SpeedDial, *, code: str, label: str, number: str) -> None:
    dial.code = demand_code(code)
    dial.label = label
    dial.number = to_dialled(number, country=connection.tenant.country, field="number")


def _save(dial: SpeedDial) -> None:
    sentence = _("There is a speed dial %(code)s already.") % {"code": dial.code}
    with refusing({"speed_dial_code_once": CodeTaken(sentence, field="code")}):
        dial.save()
