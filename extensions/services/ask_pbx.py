"""Asking the PBX of the active tenant while somebody waits for the page."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from django.db import connection
from django.utils.translation import gettext as _

from extensions.pbx.driver import PbxDriver, PbxFault
from extensions.pbx.drivers import driver_of, facts_of
from portal.core.errors import DomainError
from tenants.services.pbx.places import pbx_of

T = TypeVar("T")


class PbxSilent(DomainError):
    """There is no PBX, it is away, or it refused; nothing was changed."""


def ask_pbx(work: Callable[[PbxDriver, str], Awaitable[T]]) -> T:
    """What `work` returns, which is given the driver and the tenant's slug. Raises PbxSilent."""
    pbx = pbx_of(connection.tenant)
    if pbx is None or not pbx.enabled:
        raise PbxSilent(_("This telephone system is on no PBX yet."))
    driver, slug = driver_of(facts_of(pbx)), connection.tenant.schema_name

    async def asked() -> T:
        return await work(driver, slug)

    try:
        return asyncio.run(asked())
    except (PbxFault, OSError) as fault:
        raise PbxSilent(str(fault)) from fault
