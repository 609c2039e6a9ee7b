"""Is this a sound that telephones can play? Asked of the bytes, not of the name or of what a browser declares."""

import hashlib
import re
from dataclasses import dataclass

from django.core.files import File
from django.utils.translation import gettext as _

from extensions.services.audio.faults import BadFileName, NotASound, SoundTooLarge, SoundTooLong
from extensions.services.audio.mp3 import is_mp3, mp3_milliseconds
from extensions.services.audio.wav import is_wav, wav_milliseconds

MOST_BYTES = 10 * 1024 * 1024
MOST_MILLISECONDS = 3 * 60 * 1000
LEAST_MILLISECONDS = 100
_NAME = re.compile(r"[^\x00-\x1f\x7f/\\]{1,116}\.(wav|mp3)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sound:
    """A checked upload. `format` is wav or mp3."""

    data: bytes
    format: str
    milliseconds: int
    sha256: str


def check_sound(file: File) -> Sound:
    """Read and check an uploaded file.

    Raises BadFileName, SoundTooLarge (over 10 MB), NotASound and SoundTooLong (over 3 minutes), all on `file`.
    """
    if not _NAME.fullmatch(file.name or ""):
        raise BadFileName(
            _("Choose a file whose name ends in .wav or .mp3, with at most 120 characters."), field="file"
        )
    if file.size > MOST_BYTES:
        raise SoundTooLarge(_("This file is larger than 10 MB. Shorten it, or save it as MP3."), field="file")
    data = file.read(MOST_BYTES + 1)
    kind, length = _length(data)
    if length > MOST_MILLISECONDS:
        raise SoundTooLong(_("This plays longer than 3 minutes. Shorten it."), field="file")
    if length < LEAST_MILLISECONDS:
        raise NotASound(_("There is nothing to hear in this file."), field="file")
    return Sound(data, kind, length, hashlib.sha256(data).hexdigest())


def _length(data: bytes) -> tuple[str, int]:
    if is_wav(data):
        return "wav", wav_milliseconds(data)
    if is_mp3(data):
        return "mp3", mp3_milliseconds(data, most=MOST_MILLISECONDS)
    raise NotASound(_("This is neither a WAV nor an MP3 file, whatever it is called."), field="file")
