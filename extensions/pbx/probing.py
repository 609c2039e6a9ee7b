"""Asking a PBX who it is, for its page (PBX-12)."""

import asyncio

from django.utils import timezone

from extensions.pbx.driver import PbxFault
from extensions.pbx.drivers import driver_of, facts_of
from tenants.models import Pbx
from tenants.services.pbx.seen import saw_fault, saw_pbx

SECONDS = 10


def probe_pbx(*, pbx: Pbx) -> bool:
    """Ask, and note the answer or what went wrong; whether it answered."""
    try:
        info = asyncio.run(asyncio.wait_for(driver_of(facts_of(pbx)).probe(), SECONDS))
    except TimeoutError:
        saw_fault(pbx_id=pbx.pk, sentence=f"It did not answer within {SECONDS} seconds.", at=timezone.now())
        return False
    except (PbxFault, OSError) as fault:
        saw_fault(pbx_id=pbx.pk, sentence=str(fault) or type(fault).__name__, at=timezone.now())
        return False
    saw_pbx(
        pbx_id=pbx.pk,
        at=timezone.now(),
        product=info.product,
        product_version=info.version,
        system_name=info.system_name,
        started_at=info.started_at,
        skew=info.skew,
    )
    return True
