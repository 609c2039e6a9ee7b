"""`manage.py create_operator`: a sign-in for platform staff, by a link to choose the password; no default one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.forms import ValidationError
from django.utils.translation import gettext as _

from portal.accounts.models import Role, User
from portal.accounts.models.user import UserKind
from portal.accounts.services import create_user, password_link
from portal.core.errors import DomainError
from portal.permissions import BUILTIN_GRANTS, LOWEST_ROLE, BuiltinRole, Face


class Command(BaseCommand):
    help = "Creates an operator and prints a one-time link to choose the password. The first one owns the platform."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="sign-in name and address")
        parser.add_argument("--name", required=True, help="how pages and logs call the person")
        roles = [role.value for role in BUILTIN_GRANTS[Face.MANAGEMENT] if role.value.startswith("operator")]
        parser.add_argument("--role", choices=roles, help="else: owner for the first operator, the lowest afterwards")
        parser.add_argument("--if-none", action="store_true", help="do nothing when the platform has an owner")
        parser.add_argument("--quiet-link", action="store_true", help="print the link only, for scripts")

    def handle(self, *args: Any, **told: Any) -> None:
        if told["if_none"] and _owners().exists():
            return
        user = self._user(told["email"].strip().lower(), told["name"].strip(), told["role"])
        link = password_link(user=user)
        if told["quiet_link"]:
            self.stdout.write(link)
            return
        roles = ", ".join(str(role.label) for role in user.roles.all())
        self.stdout.write(_("%(name)s <%(email)s>: %(roles)s") % {"name": user, "email": user.email, "roles": roles})
        self.stdout.write(_("Choose the password here, once, within 24 hours:"))
        self.stdout.write(f"  {link}")

    def _user(self, email: str, name: str, role: str | None) -> User:
        """The operator, created unless there is one with this address already, who then only gets a new link."""
        try:
            validate_email(email)
        except ValidationError as wrong:
            raise CommandError(_("This is no e-mail address: %(email)s") % {"email": email}) from wrong
        if not Role.objects.exists():
            raise CommandError(_("This installation is not prepared yet. Run “manage.py init” first."))
        known = User.objects.filter(email__iexact=email).first()
        if known is not None:
            if known.kind != UserKind.PERSON or not known.is_active:
                raise CommandError(_("This address belongs to somebody who cannot be an operator."))
            return known
        fitting = BuiltinRole(role) if role else None
        if fitting is None:
            fitting = LOWEST_ROLE[Face.MANAGEMENT] if _owners().exists() else BuiltinRole.OPERATOR_OWNER
        try:
            return create_user(username=email, email=email, display_name=name, role=fitting)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal


def _owners() -> QuerySet[User]:
    return User.objects.filter(roles__code=BuiltinRole.OPERATOR_OWNER.value, is_active=True)
