"""Keeping what is typed on the three tabs until it is sent (REG-03). A password is kept as a hash only (REG-10)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from portal.accounts.models import User
from portal.core.errors import Refusals
from tenants.models import ClaimKind, RegistrationDraft
from tenants.services.names import suggest_fqdn, taken_names
from tenants.services.requests.look_alikes import look_alikes
from tenants.services.requests.order import CONTACT_FIELDS, TENANT_FIELDS, demand_offered

LONGEST_KEPT = 500
DAYS_KEPT = 30


@transaction.atomic
def choose_template(*, by: User, version_id: int | None) -> RegistrationDraft:
    """Keep the template chosen on the first tab. Raises NotOffered."""
    version = demand_offered(version_id=version_id, by=by)
    draft = _locked(by)
    draft.template_version = version
    draft.save(update_fields=["template_version", "updated_at"])
    return draft


@transaction.atomic
def keep_tenant(*, by: User, typed: Mapping[str, str]) -> RegistrationDraft:
    """Keep the Tenant tab as it was typed, wrong or not; it counts as unfinished until `save_tenant` takes it."""
    draft = _locked(by)
    draft.tenant = _shortened(TENANT_FIELDS, typed)
    draft.password = ""
    draft.save(update_fields=["tenant", "password", "updated_at"])
    return draft


@transaction.atomic
def save_tenant(*, by: User, values: Mapping[str, str], password: str) -> RegistrationDraft:
    """Keep the finished Tenant tab (checked by `check_tenant`) and the hash of its password.

    Without an FQDN one is proposed (PLT-05). Raises Refusals by field for names that are taken or look like one.
    """
    kept = dict(values)
    kept["fqdn"] = kept["fqdn"] or suggest_fqdn(kept["name"])
    demand_free_names(kept)
    draft = _locked(by)
    draft.tenant, draft.password = kept, make_password(password)
    draft.save(update_fields=["tenant", "password", "updated_at"])
    return draft


@transaction.atomic
def save_contact(*, by: User, typed: Mapping[str, str]) -> RegistrationDraft:
    """Keep the Contact tab as it was typed."""
    draft = _locked(by)
    draft.contact = _shortened(tuple(CONTACT_FIELDS), typed)
    draft.save(update_fields=["contact", "updated_at"])
    return draft


@transaction.atomic
def forget_old_drafts(*, at: datetime) -> int:
    """Delete what nobody touched for 30 days; returns how many drafts that were."""
    old = RegistrationDraft.objects.filter(updated_at__lt=at - timedelta(days=DAYS_KEPT))
    return old.delete()[0]


def demand_free_names(values: Mapping[str, str]) -> None:
    """Raise Refusals, by field, for names that others hold, in any letter case or looking the same.

    A courtesy for those who fill in the form: the judge is the index behind `claim_names`.
    """
    names = {kind: values[kind] for kind in ClaimKind.values if values.get(kind)}
    refused = look_alikes(names) | taken_names(names)
    if refused:
        raise Refusals(refused)


def _locked(by: User) -> RegistrationDraft:
    draft, _made = RegistrationDraft.objects.select_for_update(of=("self",)).get_or_create(user=by)
    return draft


def _shortened(fields: tuple[str, ...], typed: Mapping[str, str]) -> dict[str, str]:
    # What is wrong is kept, too, but not without bounds; NUL cannot be stored at all.
    return {field: str(typed.get(field) or "").replace("\0", "\ufffd")[:LONGEST_KEPT] for field in fields}
