"""Recorded calls: they lie on the PBX, are heard from pages, and go when they are old enough (CTL-07)."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from extensions.models import Extension, Team
from extensions.pbx.driver import PbxDriver, PbxFault
from extensions.pbx.drivers import driver_of, facts_of
from extensions.pbx.recordings import Recording
from extensions.scopes import extensions_within, reach
from extensions.settings.registry import settings_of
from extensions.settings.subjects import COMPANY, effective_settings
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.services import record
from portal.core.errors import DomainError
from portal.permissions import Perm
from tenants.services.pbx.places import pbx_of

T = TypeVar("T")
TABLE = gettext_noop("Recorded calls")
_DAYS = "recording.retention_days"


class RecordingsAway(DomainError):
    """The PBX, or the folder of its recordings, cannot be asked."""


class RecordingGone(DomainError):
    """There is no such recording, or not for this person."""


@dataclass(frozen=True, slots=True)
class Tape:
    """A recording with the words for by whose rule it was recorded."""

    recording: Recording
    owner: str


def recordings_for(user: User) -> list[Recording]:
    """The recordings that `user` may play, the newest first. Raises RecordingsAway."""
    found = _ask(lambda driver, slug: driver.recordings(slug))
    teams = reach(user, Perm.RECORDING_PLAY)
    if teams is None:
        return list(found)
    people = frozenset(extensions_within(user, Perm.RECORDING_PLAY).values_list("pk", flat=True))
    return [one for one in found if one.extension in people or one.team in teams]


def named(recordings: list[Recording]) -> list[Tape]:
    """Recordings with the names of their owners, in two queries however many there are."""
    people = Extension.objects.in_bulk({one.extension for one in recordings if one.extension})
    teams = Team.objects.in_bulk({one.team for one in recordings if one.team})
    gone = _("no longer there")

    def owner(one: Recording) -> str:
        found = people.get(one.extension) if one.extension else teams.get(one.team or 0)
        return str(found) if found else gone

    return [Tape(one, owner(one)) for one in recordings]


def play_recording(*, recording: str, by: User, download: bool, begins: bool) -> bytes:
    """A recording as WAV, written into the log once it `begins`. Raises RecordingGone and RecordingsAway."""
    known = any(one.id == recording for one in recordings_for(by))
    sound = _ask(lambda driver, slug: driver.recording_audio(slug, recording)) if known else None
    if sound is None:
        raise RecordingGone(_("This recording is not there any more."))
    if begins:
        said = gettext_noop("Downloaded a recorded call") if download else gettext_noop("Played a recorded call")
        record(verb=Verb.GET, table=TABLE, message=said, data={"recording": recording})
    return sound


def days_kept() -> int:
    """For how many days the company keeps recordings."""
    return int(effective_settings(COMPANY, settings_of([_DAYS]))[_DAYS].value)


def outlived_before(at: datetime) -> datetime:
    """Recordings from before this moment have been kept for as long as the company wants."""
    return at - timedelta(days=days_kept())


def _ask(work: Callable[[PbxDriver, str], Awaitable[T]]) -> T:
    pbx = pbx_of(connection.tenant)
    if pbx is None or not pbx.enabled:
        raise RecordingsAway(_("This telephone system is on no PBX yet."))
    driver, slug = driver_of(facts_of(pbx)), connection.tenant.schema_name

    async def asked() -> T:
        return await work(driver, slug)

    try:
        return asyncio.run(asked())
    except (PbxFault, OSError) as fault:
        raise RecordingsAway(str(fault)) from fault
