"""Which schemas background work may enter (JOB-01)."""

from collections.abc import Iterator
from contextlib import contextmanager

from portal.jobs.gate import GateClosed
from tenants.door import inside, inside_management
from tenants.models import Tenant, TenantKind, TenantState


class TenantGate:
    """Lets work into ready tenants and into templates' working copies; everything else is refused."""

    @contextmanager
    def enter(self, schema: str) -> Iterator[None]:
        """Run a block inside the schema; raises GateClosed for an unknown, unready or suspended tenant."""
        with inside_management():
            tenant = Tenant.objects.filter(schema_name=schema).exclude(kind=TenantKind.MANAGEMENT).first()
        if tenant is None:
            raise GateClosed(f"There is no tenant “{schema}”.")
        if not tenant.is_ready:
            later = tenant.state in (TenantState.PROVISIONING, TenantState.SUSPENDED)
            raise GateClosed(f"Tenant “{schema}” is “{tenant.state}”.", later=later)
        with inside(tenant):
            yield

    def ready_schemas(self) -> list[str]:
        """The customer tenants that work may enter now, in the order of their numbers."""
        with inside_management():
            return list(Tenant.objects.ready().order_by("instance_number").values_list("schema_name", flat=True))
