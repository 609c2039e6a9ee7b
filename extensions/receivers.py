"""What happens in a tenant's telephone system when something else in it happened."""

from django.db import connection
from django.db.models import Exists

from extensions.events import ConfigurationChanged, ExtensionCreated, StatusesChanged
from extensions.models import CallTest, Configuration, Extension, PhoneAccess
from extensions.provisioning.freshness import TASK as LOOK_AT_TELEPHONES
from extensions.services.platform_defaults import CHANGED
from extensions.services.teams.scopes import forget_scopes, move_scopes
from extensions.services.voicemail.boxes import ensure_mailbox
from portal.accounts.events import RoleReplaced, RolesChanged
from portal.accounts.faces import current_face
from portal.core.events import on
from portal.jobs.outbox import enqueue
from portal.permissions import Face
from tenants.events import ZoneChanged


@on(ExtensionCreated)
def give_a_mailbox(event: ExtensionCreated) -> None:
    """Every extension has a voicemail box from its first moment (VM-01)."""
    ensure_mailbox(Extension.objects.get(pk=event.extension_id))


@on(RolesChanged)
def drop_teams_of_lost_roles(event: RolesChanged) -> None:
    """A role counts in teams only as long as somebody has it (ROL-08)."""
    if current_face() is Face.TENANT:
        forget_scopes(user_id=event.user_id)


@on(RoleReplaced)
def keep_teams_of_a_replaced_role(event: RoleReplaced) -> None:
    """What replaces a team-scoped role counts in the same teams (ROL-08)."""
    if current_face() is Face.TENANT and event.by_role_id:
        move_scopes(role_id=event.role_id, to_role_id=event.by_role_id)


@on(ConfigurationChanged)
def bring_to_the_pbx(_event: ConfigurationChanged) -> None:
    """Ask once, however much changes meanwhile, that the telephones get what the pages say."""
    enqueue("pbx.apply", key=connection.schema_name, tenant=connection.schema_name)


@on(StatusesChanged)
def bring_statuses_to_the_pbx(_event: StatusesChanged) -> None:
    """Lamps and teams follow what people say of themselves (PRS-06)."""
    enqueue("pbx.flags", key=connection.schema_name, tenant=connection.schema_name)


@on(ConfigurationChanged)
def look_at_what_follows(_event: ConfigurationChanged) -> None:
    """Ask once, however much changes meanwhile, that the kept call tests be run, and that telephones be looked at
    which must fetch their configuration again (PRV-01). One query tells whether there are any.
    """
    tests, fetched = CallTest.objects.all(), PhoneAccess.objects.filter(first_at__isnull=False)
    found = Configuration.objects.values_list(Exists(tests), Exists(fetched)).filter(pk=1).first()
    has_tests, has_fetched = found or (False, False)
    if has_tests:
        enqueue("extensions.run_call_tests", key=connection.schema_name)
    if has_fetched:
        enqueue(LOOK_AT_TELEPHONES, key=connection.schema_name)


@on(ZoneChanged)
def raise_the_version(event: ZoneChanged) -> None:
    """Hours are read in the tenant's zone: its configuration is a new one."""
    enqueue(CHANGED, schema=event.schema)
