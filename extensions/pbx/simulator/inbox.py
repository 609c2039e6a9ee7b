"""Voicemail messages that nobody spoke: believable ones to begin with, and what they and later ones sound like."""

import json
import math
from array import array
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from random import Random

from extensions.pbx.messages import Folder, Message
from extensions.pbx.simulator.writer import OUTSIDE
from extensions.services.audio.telephone import RATE, wav_of

_NOTES = (262, 294, 330, 392, 440, 523)  # hertz; any of them after each other sound well
_NOTE = RATE * 2 // 5  # samples
_LOUD = 6000


def invent(box: int, *, new: int, old: int, random: Random, at: datetime) -> list[Message]:
    """So many messages of the last days, before `at`, from outside numbers."""
    made = []
    for place in range(new + old):
        who = random.choice(OUTSIDE)
        folder = Folder.NEW if place < new else Folder.READ
        when = at - timedelta(minutes=random.randint(30, 900) * (place + 1) * (1 if place < new else 4))
        made.append(Message(box, f"sim-{box}-{place}", folder, who.number, who.name, when, random.randint(4, 40)))
    return made


def counts(messages: Iterable[Message], boxes: Collection[int]) -> dict[int, list[int]]:
    """New and old messages of each of these boxes."""
    found = {box: [0, 0] for box in boxes}
    for one in messages:
        if one.box in found and one.folder is not Folder.DELETED:
            found[one.box][one.folder is Folder.READ] += 1
    return found


def melody(name: str, seconds: int) -> bytes:
    """A WAV file of so many seconds: the same few notes whenever this `name` is asked for."""
    digest = sha256(name.encode()).digest()
    samples = array("h")
    for place in range(seconds * RATE // _NOTE + 1):
        samples.extend(_note(_NOTES[digest[place % len(digest)] % len(_NOTES)]))
    return wav_of(samples[: seconds * RATE].tobytes())


@cache
def _note(hertz: int) -> array:
    """The samples of a note that fades."""
    wave = (math.sin(2 * math.pi * hertz * at / RATE) * (1 - at / _NOTE) for at in range(_NOTE))
    return array("h", (int(_LOUD * one) for one in wave))


def write_message(message: Message) -> str:
    """A message as text."""
    at = message.at.timestamp()
    return json.dumps([message.box, message.folder, message.caller, message.caller_name, at, message.seconds])


def read_messages(told: Mapping[str, str]) -> list[Message]:
    """The messages that these texts, by id, tell of, the newest first."""
    found = []
    for key, text in told.items():
        box, folder, caller, name, at, seconds = json.loads(text)
        id = key.partition("|")[2]
        found.append(Message(box, id, Folder(folder), caller, name, datetime.fromtimestamp(at, UTC), seconds))
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def key_of(box: int, message: str) -> str:
    """The key of a message among those of its tenant."""
    return f"{box}|{message}"
