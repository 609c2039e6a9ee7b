"""A sound is what its bytes say, whatever it is called (SEC-07, VM-04)."""

import pytest

from extensions.services.audio.check import MOST_BYTES, check_sound
from extensions.services.audio.faults import BadFileName, NotASound, SoundTooLarge, SoundTooLong
from tests.extensions.voice.sounds import id3, mp3, upload, wav


@pytest.mark.feature("SEC-07", "VM-04")
@pytest.mark.parametrize(
    "data",
    [
        wav(),
        wav(bits=8),
        wav(bits=24, rate=44100, channels=2),
        wav(kind=6, bits=8),
        wav(kind=7, bits=8),
        mp3(),
        mp3(tag=id3(300)),
        mp3(tail=b"TAG" + bytes(125)),
        mp3(tail=bytes(200)),
    ],
)
def test_what_telephones_can_play_is_taken_with_its_length(data: bytes) -> None:
    sound = check_sound(upload(data))

    assert abs(sound.milliseconds - 1000) < 30
    assert sound.format == ("wav" if data.startswith(b"RIFF") else "mp3")


@pytest.mark.feature("SEC-07")
def test_name_and_declared_type_do_not_decide() -> None:
    sound = check_sound(upload(mp3(), name="welcome.wav", declared="image/png"))

    assert sound.format == "mp3"


@pytest.mark.feature("SEC-07")
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<html><script>alert(1)</script>", "neither a WAV nor an MP3"),
        (b"PK\x03\x04" + bytes(200), "neither a WAV nor an MP3"),
        (b"x", "neither a WAV nor an MP3"),
        (b"RIFF\x00\x00\x00\x00WAVE", "damaged"),
        (wav(claim=0xFFFFFFFF), "damaged"),
        (wav(claim=0), "damaged"),
        (b"RIFF\x00\x00\x00\x00WAVE" + b"junk\x00\x00\x00\x00" * 100, "damaged"),
        (wav(kind=2, bits=8), "PCM"),
        (wav(kind=3, bits=16), "PCM"),
        (wav(bits=32), "PCM"),
        (wav(channels=6), "mono or stereo"),
        (wav(rate=192000), "8 to 48 kHz"),
        (wav(seconds=0.01), "nothing to hear"),
        (mp3(0.024), "damaged"),
        (mp3(tail=bytes(5000)), "damaged"),
        (id3(100)[:6] + b"\x7f\x7f\x7f\x7f" + mp3(), "damaged"),
    ],
)
def test_everything_else_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(NotASound) as refusal:
        check_sound(upload(data))

    assert sentence in str(refusal.value)
    assert refusal.value.field == "file"


@pytest.mark.feature("SEC-07", "VM-04")
@pytest.mark.parametrize("data", [wav(181, bits=8), mp3(181)])
def test_three_minutes_are_the_most(data: bytes) -> None:
    with pytest.raises(SoundTooLong, match="3 minutes"):
        check_sound(upload(data))


@pytest.mark.feature("SEC-07", "VM-04")
def test_ten_megabytes_are_the_most() -> None:
    with pytest.raises(SoundTooLarge, match="10 MB"):
        check_sound(upload(bytes(MOST_BYTES + 1)))


@pytest.mark.feature("SEC-07")
@pytest.mark.parametrize("name", ["welcome.exe", "welcome", ".wav", "a\x00b.wav", "a\nb.mp3", "x" * 120 + ".wav"])
def test_the_files_name_has_a_shape(name: str) -> None:
    file = upload()
    file._name = name

    with pytest.raises(BadFileName):
        check_sound(file)
