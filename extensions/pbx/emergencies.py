"""Somebody dialled for help: the log says so, and everybody who runs the company's portal is told (PHONE-SYSTEM 7)."""

from datetime import datetime

from django.utils.translation import gettext_noop

from extensions.models import Extension
from extensions.settings.registry import settings_of
from extensions.settings.subjects import Subject, effective_settings
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.services import record
from portal.core.mail import send_template
from portal.permissions import BuiltinRole

PLACE = "emergency.place"
TABLE = gettext_noop("Emergency call")
_TOLD = (BuiltinRole.OWNER, BuiltinRole.ADMIN)


def tell_of_emergency(*, extension: Extension, number: str, at: datetime) -> None:
    """Write an emergency call into the log and mail those who can send somebody to the door (Kari's Law)."""
    place = effective_settings(Subject(extension=extension), settings_of([PLACE]))[PLACE].value or ""
    facts = {"number": number, "extension": extension.number, "place": place}
    record(verb=Verb.POST, table=TABLE, message=gettext_noop("Called for help"), obj=extension, data=facts)
    people = User.objects.filter(is_active=True, roles__code__in=_TOLD).exclude(email="").distinct()
    for person in people.order_by("pk"):
        context = {**facts, "name": extension.directory_name, "at": at}
        send_template("emergency_call", to=[person.email], context=context, language=person.language)
