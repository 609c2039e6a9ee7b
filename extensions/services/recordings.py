"""Recorded calls: they lie on the PBX, are heard from pages, and go when they are old enough (CTL-07)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from extensions.models import Extension, Team
from extensions.pbx.recordings import Recording, read_recording
from extensions.scopes import extensions_within, reach
from extensions.services.ask_pbx import ask_pbx
from extensions.services.listening import note_listening
from extensions.settings.registry import settings_of
from extensions.settings.subjects import COMPANY, effective_settings
from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.permissions import Perm

TABLE = gettext_noop("Recorded calls")
_DAYS = "recording.retention_days"


class RecordingGone(DomainError):
    """There is no such recording, or not for this person."""


@dataclass(frozen=True, slots=True)
class Tape:
    """A recording with the words for by whose rule it was recorded."""

    recording: Recording
    owner: str


def recordings_for(user: User) -> list[Recording]:
    """The recordings that `user` may play, the newest first. Raises PbxSilent."""
    return list(filter(_theirs(user), ask_pbx(lambda driver, slug: driver.recordings(slug))))


def _theirs(user: User) -> Callable[[Recording], bool]:
    """Whether a recording is one that `user` may play."""
    teams = reach(user, Perm.RECORDING_PLAY)
    if teams is None:
        return lambda _one: True
    people = frozenset(extensions_within(user, Perm.RECORDING_PLAY).values_list("pk", flat=True))
    return lambda one: one.extension in people or one.team in teams


def named(recordings: list[Recording]) -> list[Tape]:
    """Recordings with the names of their owners, in two queries however many there are."""
    extensions = Extension.objects.only("number", "directory_name")  # without secrets, which would be decrypted
    people = extensions.in_bulk({one.extension for one in recordings if one.extension})
    teams = Team.objects.in_bulk({one.team for one in recordings if one.team})
    gone = _("no longer there")

    def owner(one: Recording) -> str:
        found = people.get(one.extension) if one.extension else teams.get(one.team or 0)
        return str(found) if found else gone

    return [Tape(one, owner(one)) for one in recordings]


def play_recording(*, recording: str, by: User, download: bool, begins: bool, at: datetime) -> bytes:
    """A recording as WAV; this is written into the log (`note_listening`). Raises RecordingGone and PbxSilent."""
    # A player asks for many parts; all of the company's recordings are not looked through for each.
    asked = read_recording(recording, seconds=0)
    known = asked is not None and _theirs(by)(asked)
    sound = ask_pbx(lambda driver, slug: driver.recording_audio(slug, recording)) if known else None
    if sound is None:
        raise RecordingGone(_("This recording is not there any more."))
    said = gettext_noop("Downloaded a recorded call") if download else gettext_noop("Played a recorded call")
    note_listening(table=TABLE, message=said, data={"recording": recording}, begins=begins, at=at)
    return sound


def days_kept() -> int:
    """For how many days the company keeps recordings."""
    return int(effective_settings(COMPANY, settings_of([_DAYS]))[_DAYS].value)


def outlived_before(at: datetime) -> datetime:
    """Recordings from before this moment have been kept for as long as the company wants."""
    return at - timedelta(days=days_kept())
