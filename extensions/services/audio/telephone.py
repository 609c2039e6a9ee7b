"""A sound as telephone systems keep it: WAV with 8 kHz, 16 bits, mono. Uploads are converted by workers (VM-04)."""

import io
import wave

RATE = 8000  # samples a second
WIDTH = 2  # bytes of a sample


class Unplayable(Exception):
    """The decoder makes nothing of it, though it looked like a sound when it was uploaded."""


def telephone_wav(data: bytes) -> bytes:
    """`data`, an uploaded WAV or MP3 file, for telephones. Raises Unplayable."""
    import miniaudio  # noqa: PLC0415 - a library of half a megabyte that only workers need

    try:
        sound = miniaudio.decode(data, nchannels=1, sample_rate=RATE)
    except miniaudio.MiniaudioError as fault:
        raise Unplayable(str(fault)) from fault
    return wav_of(sound.samples.tobytes())


def wav_of(samples: bytes) -> bytes:
    """A WAV file of samples as telephones use them."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(WIDTH)
        file.setframerate(RATE)
        file.writeframes(samples)
    return made.getvalue()
