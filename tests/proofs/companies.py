"""Companies that a proof about telephones works with: cloned from the standard template, with an owner each."""

from django.core.management import call_command
from django.db.models import Max

from portal.accounts.models import Role, User
from tenants.door import inside
from tenants.models import AppliedVersion, Pbx, Tenant, TenantKind, TenantState
from tenants.services.cloning import clone_schema


def company(number: int) -> Tenant:
    return Tenant.objects.get(schema_name=f"t{number}")


def prepare() -> dict[int, User]:
    """Two new companies with an owner each, by instance number."""
    call_command("upgrade", verbosity=0)
    call_command("init", verbosity=0)
    people = {}
    # An earlier proof may have left its companies in the database.
    AppliedVersion.objects.all().delete()
    Pbx.objects.update(is_default=False, enabled=False)
    last = Tenant.objects.aggregate(last=Max("instance_number"))["last"]
    for number in (last + 1, last + 2):
        made = Tenant.objects.create(
            instance_number=number, schema_name=f"t{number}", name=f"Company {number}", kind=TenantKind.CUSTOMER,
            state=TenantState.PROVISIONING, upn_suffix=f"c{number}.example", max_extensions=900, country="DE",
            ani=f"+4930{1234000 + number}",
        )  # fmt: skip
        clone_schema(Tenant.objects.get(schema_name="tpl1_v1"), made)
        made.domains.create(domain=f"company{number}.localhost", is_primary=True)
        Tenant.objects.filter(pk=made.pk).update(state=TenantState.ACTIVE)
        with inside(company(number)):
            people[number] = User.objects.create(username=f"boss{number}", email=f"boss@c{number}.example")
            people[number].roles.set(Role.objects.filter(code="owner"))
    return people
