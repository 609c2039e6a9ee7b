"""Reading how long an MP3 file plays by walking over all its frames.

Libraries that read tags take the length from a header, which anybody can write; a file is as long as its frames.
"""

from dataclasses import dataclass

from extensions.services.audio.faults import damaged

# Kilobits a second by the four bits of a frame's head, for MPEG 1 and for MPEG 2 and 2.5 (layer III).
_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_LAYER_3 = 1
_LEAST_FRAMES = 3
_MOST_REMAINDER = 4096  # bytes after the last frame: tags and padding
_TAG = 128


@dataclass(frozen=True, slots=True)
class _Frame:
    size: int  # bytes
    milliseconds: float


def is_mp3(data: bytes) -> bool:
    """Whether it begins like an MP3 file: with a tag, or with a frame."""
    return data[:3] == b"ID3" or _frame(data, 0) is not None


def mp3_milliseconds(data: bytes, *, most: int) -> int:
    """How long it plays; stops counting past `most`. Raises NotASound where it is not frames throughout."""
    at, end = _after_tag(data), _before_tags(data)
    frames, length = 0, 0.0
    while at < end:
        frame = _frame(data, at)
        if frame is None or at + frame.size > end:
            break
        frames, length, at = frames + 1, length + frame.milliseconds, at + frame.size
        if length > most:
            return int(length)
    if frames < _LEAST_FRAMES or end - at > _MOST_REMAINDER:
        raise damaged()
    return int(length)


def _frame(data: bytes, at: int) -> _Frame | None:
    """The frame that begins at `at`, or None where none does."""
    head = data[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bitrate, rate, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if layer != _LAYER_3 or version not in _SAMPLE_RATES or not 0 < bitrate < 15 or rate == 3:
        return None
    hertz = _SAMPLE_RATES[version][rate]
    kilobits = (_RATES_1 if version == 3 else _RATES_2)[bitrate]
    samples = 1152 if version == 3 else 576
    return _Frame(samples // 8 * kilobits * 1000 // hertz + padding, samples * 1000 / hertz)


def _after_tag(data: bytes) -> int:
    """Where an ID3v2 tag ends; 0 without one. Its size has seven bits in each byte."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    if size + 10 >= len(data):
        raise damaged()
    return size + 10


def _before_tags(data: bytes) -> int:
    """Where an ID3v1 tag at the end begins."""
    return len(data) - _TAG if data[-_TAG : -_TAG + 3] == b"TAG" else len(data)
