"""Recorded calls of an Asterisk: files below `monitor` in its spool, named by `render.dialplan.recording` (CTL-07).

Reading needs no connection, so that calls can be heard while the manager interface is away.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from extensions.pbx.driver import PbxAway, PbxFault
from extensions.pbx.formats.values import word
from extensions.pbx.recordings import Recording, is_recording, read_recording

_HEAD, _SECOND = 44, 16_000  # bytes of WAV: 8 kHz, 16 bits, mono
_STILL = 3  # seconds without a new byte after which nobody writes any more


class RecordingsOfAsterisk:
    """The part of a driver that is about recorded calls. `recorded` is the folder `monitor` of the spool, if any."""

    recorded: Path | None

    async def recordings(self, tenant: str) -> Sequence[Recording]:
        """What is kept, the newest first."""
        try:
            found = [_recording(id, path) for id, path in self._tapes(tenant)]
        except OSError as fault:
            words = _("The folder with the recordings cannot be read: %(why)s.")
            raise PbxAway(words % {"why": fault.strerror}) from fault
        return sorted((one for one in found if one is not None), key=lambda one: (one.at, one.id), reverse=True)

    async def recording_audio(self, tenant: str, recording: str) -> bytes | None:
        """Its WAV file; none while the call goes on."""
        if self.recorded is None or not is_recording(recording):
            return None
        for path in (self._own(tenant) / f"{recording}.wav", self.recorded / f"{word(tenant)}-{recording}.wav"):
            try:
                if _recording(recording, path) is None:
                    continue
                return path.read_bytes()
            except OSError:
                continue
        return None

    async def forget_recordings(self, tenant: str, before: datetime) -> int:
        """Take away what is older. What cannot be taken away keeps nothing else, and is told in the end."""
        gone, refused = 0, None
        for id, path in self._tapes(tenant):
            found = _recording(id, path)
            if found is None or found.at >= before:
                continue
            try:
                path.unlink(missing_ok=True)
                gone += 1
            except OSError as fault:
                refused = fault
        if refused is not None:
            words = _("Recordings that are old enough cannot be deleted: %(why)s.")
            raise PbxFault(words % {"why": refused.strerror}) from refused
        return gone

    def _own(self, tenant: str) -> Path:
        assert self.recorded is not None  # noqa: S101 - asked before
        return self.recorded / word(tenant)

    def _tapes(self, tenant: str) -> Iterator[tuple[str, Path]]:
        if self.recorded is None or not self.recorded.parent.is_dir():
            raise PbxAway(_("The folder with the recordings cannot be reached."))
        if self.recorded.is_dir():
            for path in self._own(tenant).glob("*.wav"):
                yield path.stem, path
            for path in self.recorded.glob(f"{word(tenant)}-*.wav"):
                yield path.stem.removeprefix(f"{tenant}-"), path


def _recording(id: str, path: Path) -> Recording | None:
    """None where it is none, goes just now, or is still being written."""
    try:
        known = path.stat()
    except FileNotFoundError:
        return None
    if time.time() - known.st_mtime < _STILL:
        return None
    return read_recording(id, max(0, known.st_size - _HEAD) // _SECOND)
