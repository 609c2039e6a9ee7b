"""Reading how long a WAV file plays from its own structure; PCM, A-law and u-law, as telephones use them.

The standard library's `wave` knows PCM only, and believes the sizes that a header claims; here every size is held
against the bytes that are really there.
"""

import struct

from django.utils.translation import gettext as _

from extensions.services.audio.faults import NotASound, damaged

PCM, A_LAW, U_LAW, EXTENSIBLE = 1, 6, 7, 0xFFFE
RATES = frozenset({8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000})  # samples a second
BITS = {PCM: frozenset({8, 16, 24}), A_LAW: frozenset({8}), U_LAW: frozenset({8})}
_MOST_CHUNKS = 64
_FORMAT_BYTES = 16
_EXTENDED_BYTES = 40


def is_wav(data: bytes) -> bool:
    """Whether it begins like a WAV file."""
    return data[:4] == b"RIFF" and data[8:12] == b"WAVE"


def wav_milliseconds(data: bytes) -> int:
    """How long it plays. Raises NotASound for what telephones cannot play and for headers that do not fit the bytes."""
    parts = _chunks(data)
    header, sound = parts.get(b"fmt "), parts.get(b"data")
    if header is None or not sound:
        raise damaged()
    frames_a_second, frame = _shape(header)
    if len(sound) % frame:
        raise damaged()
    return len(sound) // frame * 1000 // frames_a_second


def _chunks(data: bytes) -> dict[bytes, memoryview]:
    """The first chunk of each name. A chunk that claims more than the file holds makes it damaged."""
    found: dict[bytes, memoryview] = {}
    view, at = memoryview(data), 12
    for _count in range(_MOST_CHUNKS):
        if at + 8 > len(data):
            return found
        name, size = struct.unpack_from("<4sI", data, at)
        if at + 8 + size > len(data):
            raise damaged()
        found.setdefault(name, view[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    raise damaged()


def _shape(header: memoryview) -> tuple[int, int]:
    """(samples a second, bytes of one sample of all channels)."""
    if len(header) < _FORMAT_BYTES:
        raise damaged()
    kind, channels, rate, _bytes_a_second, frame, bits = struct.unpack_from("<HHIIHH", header)
    if kind == EXTENSIBLE and len(header) >= _EXTENDED_BYTES:
        (kind,) = struct.unpack_from("<H", header, 24)
    if kind not in BITS or bits not in BITS[kind]:
        raise NotASound(_("Save the WAV file as PCM (8, 16 or 24 bits), A-law or u-law."), field="file")
    if channels not in (1, 2) or rate not in RATES:
        raise NotASound(_("Save the WAV file as mono or stereo with 8 to 48 kHz."), field="file")
    if frame != channels * bits // 8:
        raise damaged()
    return rate, frame
