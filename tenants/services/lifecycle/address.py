"""Move a tenant to another FQDN (PLT-04)."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from tenants.models import ClaimKind, Domain, Tenant
from tenants.services.lifecycle.guard import demand_there
from tenants.services.lifecycle.rename import replace_claims
from tenants.services.names import check_fqdn


class AddressTaken(DomainError):
    """Another schema already answers at this host name."""


@transaction.atomic
def change_address(*, tenant: Tenant, fqdn: str) -> Domain:
    """Let the tenant answer at `fqdn`. The old address stops at once and becomes free.

    Everybody signs in again: a session belongs to one host. Raises ManagementInstance, NotThere, BadName, Refusals
    and AddressTaken.
    """
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    demand_there(locked)
    name = check_fqdn(fqdn)
    replace_claims(locked, {ClaimKind.FQDN: name})
    domain = Domain.objects.get(tenant=locked, is_primary=True)
    domain.domain = name
    with refusing({"tenants_domain_domain_key": AddressTaken(_("This address is already in use."), field="fqdn")}):
        domain.save(update_fields=["domain"])
    return domain
