"""Recordings of calls that nobody talked in: a play leaves one of each call whose people are recorded (CTL-07)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from random import Random

from redis.exceptions import RedisError

from extensions.pbx.driver import PbxAway
from extensions.pbx.recordings import Recording, read_recording
from extensions.pbx.simulator.cast import Cast
from extensions.pbx.simulator.inbox import melody
from extensions.pbx.simulator.memory import Memory
from extensions.pbx.simulator.scene import Scene
from extensions.pbx.simulator.writer import OUTSIDE

MOST = 100  # of a tenant, the newest: a demonstration that nobody looks after must not fill up


def tapes_of(scene: Scene, cast: Cast, *, at: datetime) -> Iterator[tuple[str, int]]:
    """Id and seconds of what was recorded of a call that ends at `at`, by the rules of who is called and of who calls.

    As on a PBX a team's own rule counts for the calls that it takes, not those of its members.
    """
    if scene.answered_at is None:
        return
    seconds = round((at - scene.answered_at).total_seconds())
    far = scene.outside.number if scene.outside else ""
    called, dialled = scene.answered_by, far or scene.answered_by
    name = f"{scene.answered_at.timestamp():.0f}-{{}}-{scene.began.timestamp():.0f}.{scene.id}"
    tapes = {player.number: (player.id, player.tapes) for player in cast.players}
    whose, rules = tapes.get(called, (0, ()))
    if scene.team:
        if scene.team in cast.taped:
            yield f"g{scene.team}-in-{name.format(far)}", seconds
    elif "in" in rules:
        yield f"e{whose}-in-{name.format(far or scene.caller)}", seconds
    whose, rules = tapes.get(scene.caller, (0, ()))
    if "out" in rules:
        yield f"e{whose}-out-{name.format(dialled)}", seconds


def invent_tapes(cast: Cast, random: Random, *, at: datetime) -> dict[str, int]:
    """Seconds by id of a few calls of the last days, before `at`, of those who are recorded."""
    owners = [(f"e{player.id}", way) for player in cast.players for way in player.tapes]
    owners += [(f"g{team}", "in") for team in cast.taped]
    found = {}
    for whose, way in owners[:MOST]:
        for place in range(random.randint(1, 3)):
            epoch = int(at.timestamp()) - random.randint(30, 900) * 60 * (place + 1)
            number = random.choice(OUTSIDE).number
            found[f"{whose}-{way}-{epoch}-{number}-{epoch}.{place}"] = random.randint(8, 180)
    return found


def read_tapes(told: Mapping[str, str]) -> list[Recording]:
    """The recordings that these texts (seconds), by id, tell of, the newest first."""
    found = (read_recording(id, int(seconds)) for id, seconds in told.items())
    return sorted((one for one in found if one is not None), key=lambda one: (one.at, one.id), reverse=True)


class RecordingsOfSimulator:
    """The part of the driver that is about recorded calls."""

    memory: Memory

    async def recordings(self, tenant: str) -> Sequence[Recording]:
        """What plays left."""
        try:
            return read_tapes(await self.memory.tapes(tenant))
        except RedisError as fault:
            raise PbxAway("The simulator's memory (Redis) does not answer.") from fault

    async def recording_audio(self, tenant: str, recording: str) -> bytes | None:
        """A few notes."""
        found = next((one for one in await self.recordings(tenant) if one.id == recording), None)
        return melody(found.id, found.seconds) if found else None

    async def forget_recordings(self, tenant: str, before: datetime) -> int:
        """Forget what is older."""
        return await self._forget(tenant, [one for one in await self.recordings(tenant) if one.at < before])

    async def keep_tapes(self, tenant: str, tapes: Mapping[str, int]) -> None:
        """Keep what a play left, and of all only the newest."""
        await self.memory.change_tapes(tenant, tapes)
        await self._forget(tenant, (await self.recordings(tenant))[MOST:])

    async def _forget(self, tenant: str, recordings: Collection[Recording]) -> int:
        if recordings:
            await self.memory.change_tapes(tenant, {}, gone=[one.id for one in recordings])
        return len(recordings)
