"""What callers hear before they speak: the standard greeting, or one's own (VM-04)."""

from datetime import datetime

from django.core.files import File
from django.db import transaction

from extensions.models import AudioFile, AudioPurpose, Mailbox
from extensions.services.audio.keep import free_name, upload_sound
from extensions.services.configuration import configuration_changed
from portal.accounts.models import User
from portal.core.versions import lock_version


@transaction.atomic
def set_greeting(  # noqa: PLR0913 - what the page offers
    *, mailbox: Mailbox, greeting: AudioFile | None, file: File | None, version: int | None, by: User, at: datetime
) -> Mailbox:
    """Let the box greet with an uploaded `file`, else with `greeting`, else (None) with the standard one.

    Raises ChangedMeanwhile, and what upload_sound raises.
    """
    box: Mailbox = lock_version(Mailbox, mailbox.pk, version)
    if file is not None:
        name = free_name(str(mailbox), AudioPurpose.GREETING)
        greeting = upload_sound(name=name, purpose=AudioPurpose.GREETING, file=file, by=by, at=at)
    box.greeting = greeting
    box.save(update_fields=["greeting", "version"])
    configuration_changed(by=by)
    return box
