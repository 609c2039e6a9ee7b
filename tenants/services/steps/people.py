"""The step that creates the tenant's administrator."""

from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.accounts.services import create_user
from portal.jobs.context import Context
from portal.jobs.registry import StepKind
from portal.permissions import BuiltinRole
from tenants.door import inside
from tenants.services.personnel import logon, personnel_id
from tenants.services.steps.context import request_of, tenant_of


class CreateAdministrator(StepKind):
    """The owner of the new tenant: `prp` + user name, with the password chosen on the form (REG-09, REG-10)."""

    name = "administrator"
    title = gettext_lazy("Create the tenant administrator")

    def apply(self, context: Context) -> str:
        request = request_of(context)
        name = logon(request.user_name, request.upn_suffix)
        with inside(tenant_of(context)):
            if not User.objects.filter(username__iexact=name).exists():
                create_user(
                    username=name,
                    email=request.contact_email,
                    display_name=request.contact_name,
                    personnel_id=personnel_id(request.user_name),
                    password_hash=request.password,
                    role=BuiltinRole.OWNER,
                )
        return name
