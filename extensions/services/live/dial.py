"""Calling somebody from a page: the own telephones ring first, and whoever lifts one hears the other side ring."""

import asyncio
import re
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from extensions.models import Extension
from extensions.pbx.drivers import driver_of, facts_of
from extensions.pbx.live.reader import live_now
from portal.accounts.services.passwords import own_host
from portal.core.errors import DomainError
from portal.jobs.outbox import enqueue
from tenants.models import Tenant
from tenants.services.pbx.places import pbx_of

TASK = "live.dial"
LONGEST_WAIT = timedelta(seconds=30)  # a telephone that rings later is answered by somebody who wonders why
_BETWEEN = str.maketrans("", "", " -./()\u00a0")
_NUMBER = re.compile(r"\+?[0-9*#]{1,32}", re.ASCII)


class CannotDial(DomainError):
    """Nobody can be called now; the sentence says why."""


@transaction.atomic
def ask_to_dial(*, extension: Extension, number: str, at: datetime) -> str:
    """Let the telephones of `extension` ring, and then call `number`, as if it was dialled there; what is dialled.

    The rules for outgoing calls are the PBX's and hold as for every call. Raises CannotDial.
    """
    dialled = number.translate(_BETWEEN)
    if not _NUMBER.fullmatch(dialled):
        raise CannotDial(
            _("Enter a number as you would dial it: digits, with a plus in front if you like."), field="number"
        )
    if extension.is_suspended:
        raise CannotDial(_("Your extension is suspended, so that it cannot call."))
    live = live_now()
    if live.link.is_simulated or not live.link.tells:
        raise CannotDial(_("No telephone system can be reached now, so that no telephone rings."))
    if not live.phones.get(extension.number):
        raise CannotDial(_("None of your telephones is signed in, so that none can ring."))
    slug, address = connection.schema_name, f"{extension.number}@{own_host()}"
    enqueue(TASK, key=f"{slug}:{address}:{dialled}", tenant=slug, address=address, number=dialled, at=at.isoformat())
    return dialled


def dial(*, tenant: str, address: str, number: str, asked_at: datetime, at: datetime) -> bool:
    """Do it on the tenant's PBX; False where it is too late or nobody can. For platform code. Raises PbxFault."""
    found = Tenant.objects.ready().filter(schema_name=tenant).first()
    pbx = pbx_of(found) if found is not None else None
    if pbx is None or not pbx.enabled or at - asked_at > LONGEST_WAIT:
        return False
    asyncio.run(driver_of(facts_of(pbx)).dial(tenant, address, number))
    return True
