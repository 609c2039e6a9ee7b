"""Sounds made by hand, right and wrong, for tests of uploads."""

import struct

from django.core.files.uploadedfile import SimpleUploadedFile


def wav(
    seconds: float = 1, *, kind: int = 1, rate: int = 8000, bits: int = 16, channels: int = 1, claim: int | None = None
) -> bytes:
    """Silence as a WAV file; `claim` lets the header speak of another number of bytes."""
    frame = channels * bits // 8
    sound = bytes(int(seconds * rate) * frame)
    header = struct.pack("<HHIIHH", kind, channels, rate, rate * frame, frame, bits)
    data = b"fmt " + struct.pack("<I", len(header)) + header
    data += b"data" + struct.pack("<I", len(sound) if claim is None else claim) + sound
    return b"RIFF" + struct.pack("<I", len(data) + 4) + b"WAVE" + data


def mp3(seconds: float = 1, *, tag: bytes = b"", tail: bytes = b"") -> bytes:
    """Frames of MPEG 1 layer III with 32 kbit/s and 48 kHz: 96 bytes for 24 ms each."""
    return tag + (b"\xff\xfb\x14\x00" + bytes(92)) * round(seconds / 0.024) + tail


def id3(size: int) -> bytes:
    """An ID3v2 tag of `size` bytes."""
    return b"ID3\x04\x00\x00" + bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0)) + bytes(size)


def upload(data: bytes | None = None, name: str = "welcome.wav", declared: str = "audio/wav") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, wav() if data is None else data, content_type=declared)
