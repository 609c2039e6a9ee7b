"""The announcement of one holiday, uploaded together with it (SCH-05)."""

from dataclasses import replace
from datetime import datetime

from django.core.files.base import File

from extensions.models import AudioFile, AudioPurpose, DestinationKind
from extensions.services.audio.keep import upload_sound
from extensions.services.destinations import Target
from extensions.services.schedules.draft import HolidayDraft
from portal.accounts.models import User

LONGEST = 60  # characters of a sound's name


def with_announcement(draft: HolidayDraft, *, file: File, by: User, at: datetime) -> HolidayDraft:
    """Keep `file` as an announcement named after the holiday, and let its calls go there.

    Call it in the transaction of the service that saves the draft. Raises what upload_sound raises, on `file`.
    """
    sound = upload_sound(name=_free_name(draft.name), purpose=AudioPurpose.ANNOUNCEMENT, file=file, by=by, at=at)
    return replace(draft, target=Target(DestinationKind.ANNOUNCEMENT, sound))


def _free_name(name: str) -> str:
    found = AudioFile.objects.filter(purpose=AudioPurpose.ANNOUNCEMENT, name__istartswith=name[: LONGEST - 4])
    taken = {one.lower() for one in found.values_list("name", flat=True)}
    names = (name if number == 1 else f"{name[: LONGEST - 4]} {number}" for number in range(1, len(taken) + 2))
    return next(one for one in names if one.lower() not in taken)
