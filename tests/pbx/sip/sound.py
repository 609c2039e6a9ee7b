"""Tones, and whether one is heard in what a telephone recorded."""

import math
import struct
import wave
from pathlib import Path

RATE, SECONDS, LOUD = 8000, 90, 8000
_BLOCK = 800  # a tenth of a second


def write_tone(path: Path, hz: int) -> Path:
    """A file in which one tone sounds for a minute and a half."""
    period = [struct.pack("<h", round(LOUD * math.sin(2 * math.pi * hz * at / RATE))) for at in range(RATE)]
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(b"".join(period) * SECONDS)
    return path


def seconds_of(path: Path, hz: int) -> float:
    """For how many seconds of a recording the tone is most of what is heard."""
    samples = _samples(path)
    blocks = (samples[at : at + _BLOCK] for at in range(0, len(samples) - _BLOCK + 1, _BLOCK))
    return sum(_has(block, hz) for block in blocks) * _BLOCK / RATE


def loud_seconds(path: Path) -> float:
    """For how many seconds of a recording anything is heard."""
    samples = _samples(path)
    blocks = (samples[at : at + _BLOCK] for at in range(0, len(samples) - _BLOCK + 1, _BLOCK))
    return sum(sum(one * one for one in block) > _BLOCK * 200 * 200 for block in blocks) * _BLOCK / RATE


def _samples(path: Path) -> tuple[int, ...]:
    data = path.read_bytes()[44:] if path.exists() else b""
    return struct.unpack(f"<{len(data) // 2}h", data[: len(data) // 2 * 2])


def _has(block: tuple[int, ...], hz: int) -> bool:
    """Goertzel: the share of the block's energy at this frequency."""
    energy = sum(one * one for one in block)
    if energy < _BLOCK * 200 * 200:
        return False
    turn = 2 * math.cos(2 * math.pi * hz / RATE)
    before = last = 0.0
    for one in block:
        before, last = last, one + turn * last - before
    power = last * last + before * before - turn * last * before
    return power / (energy * _BLOCK / 2) > 0.3
