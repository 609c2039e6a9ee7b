"""Uploads become what telephone systems play: WAV with 8 kHz, 16 bits, mono."""

import io
import math
import struct
import wave

import pytest

from extensions.services.audio.telephone import Unplayable, telephone_wav
from tests.extensions.voice.sounds import mp3, wav

pytestmark = pytest.mark.feature("VM-04")


def tone(*, rate: int, channels: int, hertz: int = 400, seconds: float = 0.5) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        for at in range(int(rate * seconds)):
            file.writeframes(struct.pack("<h", int(12000 * math.sin(2 * math.pi * hertz * at / rate))) * channels)
    return made.getvalue()


def shape(data: bytes) -> tuple[int, int, int, float]:
    with wave.open(io.BytesIO(data)) as file:
        return file.getnchannels(), file.getsampwidth(), file.getframerate(), file.getnframes() / file.getframerate()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(tone(rate=44100, channels=2), id="stereo with 44.1 kHz"),
        pytest.param(wav(0.5, bits=24, rate=48000, channels=2), id="24 bits"),
        pytest.param(wav(0.5, bits=8, rate=11025), id="8 bits"),
        pytest.param(wav(0.5, kind=6, bits=8), id="A-law"),
        pytest.param(wav(0.5, kind=7, bits=8), id="u-law"),
        pytest.param(mp3(0.5), id="MP3"),
    ],
)
def test_whatever_may_be_uploaded_comes_out_as_telephones_play_it(data: bytes) -> None:
    channels, width, rate, seconds = shape(telephone_wav(data))

    assert (channels, width, rate) == (1, 2, 8000)
    assert seconds == pytest.approx(0.5, abs=0.06)


def test_it_still_sounds_the_same() -> None:
    made = telephone_wav(tone(rate=44100, channels=2))

    with wave.open(io.BytesIO(made)) as file:
        samples = struct.unpack(f"<{file.getnframes()}h", file.readframes(file.getnframes()))
    middle = samples[800:3200]  # 0.3 seconds of 400 hertz: 120 times up through zero
    rises = sum(before < 0 <= after for before, after in zip(middle, middle[1:], strict=False))
    assert 118 <= rises <= 122
    assert 10000 < max(middle) < 14000


def test_what_cannot_be_decoded_is_refused() -> None:
    with pytest.raises(Unplayable):
        telephone_wav(b"RIFF0000WAVE" + bytes(40))
