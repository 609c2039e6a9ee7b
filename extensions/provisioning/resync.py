"""Asking a telephone to fetch its configuration now. The PBX does it, because the telephone is signed in there."""

import asyncio
from typing import Protocol

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from extensions.models import Phone
from extensions.pbx.drivers import driver_of, facts_of
from extensions.pbx.live.reader import live_now
from extensions.provisioning.families import CHECK_SYNC, family_of
from portal.accounts.services.passwords import own_host
from portal.core.errors import DomainError
from portal.jobs.outbox import enqueue
from tenants.models import Tenant
from tenants.services.pbx.places import pbx_of

TASK = "extensions.ask_telephones"


class CannotAsk(DomainError):
    """Nobody can be asked now; the sentence says why."""


class Resync(Protocol):
    """What the setting PHONE_RESYNC names. Raises CannotAsk where the PBX is away."""

    def __call__(self, *, number: str, event: str) -> int:
        """Ask the telephones that are signed in for an extension of the active tenant; how many there are. `event` is
        what their maker listens to."""


def ask_to_fetch(phone: Phone) -> int:
    """Ask `phone` to fetch now; returns how many telephones of its extension are asked. Raises CannotAsk."""
    if phone.extension is None:
        raise CannotAsk(_("The telephone has no extension, so it has nothing to fetch."))
    resync: Resync = import_string(settings.PHONE_RESYNC)
    family = family_of(phone.model)
    asked = resync(number=phone.extension.number, event=family.resync if family else CHECK_SYNC)
    if not asked:
        raise CannotAsk(
            _("The telephone is not signed in at the moment. It looks by itself once a day, and when it restarts.")
        )
    return asked


def through_pbx(*, number: str, event: str) -> int:
    """By the tenant's PBX, in the background, because it may take a while to answer."""
    live = live_now()
    if not live.link.tells or live.link.is_simulated:
        raise CannotAsk(
            _("No telephone system can be reached, so nobody asks the telephone. Restart it: then it looks by itself.")
        )
    signed_in = len(live.phones.get(number, ()))
    if signed_in:
        slug = connection.schema_name
        enqueue(TASK, key=f"{slug}:{number}:{event}", tenant=slug, address=_at_home(number), event=event)
    return signed_in


def ask_telephones(*, tenant: str, address: str, event: str = CHECK_SYNC) -> int:
    """Ask those that are signed in as `address` (`101@fqdn`) at the PBX of the tenant `tenant` (its slug).

    Returns how many were asked. Raises PbxAway and PbxFault. For platform code.
    """
    found = Tenant.objects.ready().filter(schema_name=tenant).first()
    pbx = pbx_of(found) if found is not None else None
    if pbx is None or not pbx.enabled:
        return 0
    return asyncio.run(driver_of(facts_of(pbx)).resync_phone(tenant, address, event))


def _at_home(number: str) -> str:
    return f"{number}@{own_host()}"
