"""Ending a call of this tenant, asked from a page, done in the background (MON-01)."""

import asyncio

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from extensions.pbx.drivers import driver_of, facts_of
from extensions.pbx.live.reader import live_now
from portal.audit.models import Verb
from portal.audit.services import record
from portal.core.errors import DomainError
from portal.jobs.outbox import enqueue
from tenants.models import Tenant
from tenants.services.pbx.places import pbx_of

TASK = "live.hang_up"


class CallOver(DomainError):
    """The call ended by itself in the meantime, or never was one of this tenant's."""


@transaction.atomic
def ask_to_hang_up(*, leg_id: str, words: str) -> None:
    """End the call that this leg belongs to; `words` names it in the audit log. Raises CallOver."""
    if live_now().leg(leg_id) is None:
        raise CallOver(_("This call is over already."))
    record(verb=Verb.DELETE, table=gettext_noop("Call"), message=gettext_noop("Ended a call"), data={"call": words})
    enqueue(TASK, leg_id=leg_id)


def hang_up(*, tenant: Tenant, leg_id: str) -> bool:
    """End a leg on the tenant's PBX; False where it is over, or is none of this tenant's. Raises PbxFault."""
    pbx = pbx_of(tenant)
    if pbx is None or not pbx.enabled or live_now(tenant).leg(leg_id) is None:
        return False
    asyncio.run(driver_of(facts_of(pbx)).hang_up(tenant.schema_name, leg_id))
    return True
