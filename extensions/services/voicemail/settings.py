"""How boxes work is made of inheritable settings; here is the one rule that ties two of them together (VM-03)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.models import SettingValue
from extensions.services.settings import change_settings
from extensions.settings.catalogue.voicemail import MailMode
from extensions.settings.registry import settings_of
from extensions.settings.subjects import Subject, effective_settings
from portal.accounts.models import User
from portal.core.errors import DomainError

MAIL, DELETE = "voicemail.mail", "voicemail.delete_after_mailing"


class WouldLoseMessages(DomainError):
    """Messages would be deleted that nobody was sent."""


@transaction.atomic
def change_voicemail_settings(
    *, subject: Subject, values: Mapping[str, Any], by: User, locks: Mapping[str, bool] | None = None
) -> list[SettingValue]:
    """As change_settings; raises WouldLoseMessages where “Delete after mailing” would hold without mailed sound."""
    written = change_settings(subject=subject, values=values, locks=locks, by=by)
    if {MAIL, DELETE} & set(values):
        holding = effective_settings(subject, settings_of([MAIL, DELETE]))
        if holding[DELETE].value and holding[MAIL].value != MailMode.AUDIO:
            raise WouldLoseMessages(
                _("Messages can only be deleted after mailing when they are attached as sound. Change one of the two."),
                field=DELETE,
            )
    return written


def deletes_after_mailing(mail: str, delete: bool) -> bool:
    """Whether a message is deleted once mailed: only with its sound, whichever levels the two values come from."""
    return delete and mail == MailMode.AUDIO
