"""Which tenant an outside number belongs to: the platform's register (DID-01, DID-02).

A number is available, reserved for a tenant until a day, assigned to one, resting after it was given back, or ported
out.
The tenant's own row of it, and whom it rings, is the business of the app named in settings.TENANT_NUMBERS.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Value
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.mail import send_template
from portal.core.phone_numbers import for_people
from portal.permissions import BuiltinRole
from tenants.door import inside
from tenants.models import NumberKind, NumberState, Platform, RegisteredNumber, Tenant
from tenants.services.lifecycle.guard import demand_there

RESTS = timedelta(days=28)
NOTICE = timedelta(days=7)


class NumberKnown(DomainError):
    """A number can be registered once only."""


class NumberNotFree(DomainError):
    """The number belongs to somebody, rests, or was ported out."""


class NumberRings(DomainError):
    """The number still rings an extension."""


@transaction.atomic
def register_numbers(*, numbers: Sequence[str], kind: NumberKind, country: str) -> list[RegisteredNumber]:
    """Add E.164 numbers to the register, all or none; nobody has them yet. Raises NumberKnown on `numbers`."""
    wanted = list(dict.fromkeys(numbers))
    known = list(RegisteredNumber.objects.filter(e164__in=wanted).order_by("e164").values_list("e164", flat=True)[:6])
    if known:
        named = ", ".join(map(for_people, known[:5])) + (" …" if len(known) > 5 else "")
        raise NumberKnown(_("These numbers are registered already: %(named)s.") % {"named": named}, field="numbers")
    late = NumberKnown(_("Somebody registered one of these numbers a moment ago."), field="numbers")
    with refusing({"registered_number_unique": late}):
        # audit: written below, from the rows that were inserted
        RegisteredNumber.objects.bulk_create(RegisteredNumber(e164=e, kind=kind, country=country) for e in wanted)
    made = RegisteredNumber.objects.filter(e164__in=wanted)
    record_set(made, verb=Verb.POST, fields=["e164", "kind", "country", "state"], name="e164")
    return list(made.order_by("e164"))


@transaction.atomic
def reserve_numbers(*, ids: Collection[int], tenant: Tenant, until: datetime, at: datetime) -> int:
    """Keep available numbers for `tenant` until a moment to come; returns how many. Raises NumberNotFree."""
    demand_there(tenant)
    if until <= at:
        raise NumberNotFree(_("Choose a day that is still to come."), field="until")
    rows = _locked(ids)
    if rows.exclude(state=NumberState.AVAILABLE).exists():
        raise _not_free(rows.exclude(state=NumberState.AVAILABLE))
    return _move(rows, state=NumberState.RESERVED, instance=tenant.pk, until=until, noticed_at=None)


@transaction.atomic
def give_numbers(*, ids: Collection[int], tenant: Tenant) -> int:
    """Let `tenant` have numbers that are available or reserved for it; returns how many. They ring nobody yet.

    Raises NotThere and ManagementInstance for a tenant that takes none, and NumberNotFree.
    """
    demand_there(tenant)
    rows = _locked(ids)
    taken = rows.exclude(state=NumberState.AVAILABLE).exclude(state=NumberState.RESERVED, instance=tenant)
    if taken.exists():
        raise _not_free(taken)
    facts = list(rows.order_by("e164").values_list("e164", "kind", "country"))
    moved = _move(rows, state=NumberState.ASSIGNED, instance=tenant.pk, until=None, noticed_at=None)
    with inside(tenant, owner=True):
        _hook("take_in")(facts)
    return moved


@transaction.atomic
def take_numbers_back(*, ids: Collection[int], at: datetime, ported_out: bool = False) -> int:
    """Numbers of tenants rest for 28 days, or leave the platform for good (`ported_out`); returns how many.

    Raises NumberRings where one still rings an extension, and NumberNotFree for one that nobody has.
    """
    rows = _locked(ids)
    held = rows.filter(state__in=[NumberState.ASSIGNED, NumberState.RESERVED])
    if held.count() != rows.count():
        raise NumberNotFree(_("Only numbers that a tenant has can be taken back."))
    for tenant in Tenant.objects.filter(numbers__in=rows.filter(state=NumberState.ASSIGNED)).distinct():
        numbers = list(rows.filter(instance=tenant).values_list("e164", flat=True))
        with inside(tenant, owner=True):
            ringing = _hook("hand_back")(numbers)
        if ringing:
            raise NumberRings(
                _("%(number)s still rings extension %(extension)s of %(tenant)s. Take it away there first.")
                % {"number": for_people(ringing[0]), "extension": ringing[1], "tenant": tenant.name}
            )
    if ported_out:
        return _move(rows, state=NumberState.PORTED_OUT, instance=None, until=None)
    return _move(rows, state=NumberState.QUARANTINED, instance=None, until=at + RESTS)


@transaction.atomic
def tidy_numbers(*, at: datetime) -> int:
    """What is due: rests and reservations that are over, and notices of reservations that end within 7 days."""
    due = {"state__in": [NumberState.QUARANTINED, NumberState.RESERVED], "until__lte": at}
    over = list(RegisteredNumber.objects.filter(**due).values_list("pk", flat=True))
    # Asked again of the locked rows: while we waited for them, a reserved number may have been given to its tenant.
    moved = _move(_locked(over).filter(**due), state=NumberState.AVAILABLE, instance=None, until=None)
    soon = RegisteredNumber.objects.filter(state=NumberState.RESERVED, until__lte=at + NOTICE, noticed_at=None)
    ending = list(soon.select_related("instance").select_for_update(of=("self",)).order_by("pk"))
    for row in ending:
        _announce_end(row)
    # audit: that a mail went out is in the mail log
    RegisteredNumber.objects.filter(pk__in=[row.pk for row in ending]).update(noticed_at=at)
    return moved


def _announce_end(row: RegisteredNumber) -> None:
    """Tell whoever runs the tenant, and the provider's support."""
    tenant: Any = row.instance
    context = {"number": for_people(row.e164), "tenant": tenant.name, "until": row.until}
    support = Platform.objects.get(pk=1).support_email
    if support:
        send_template("reservation_ends", to=[support], context=context)
    with inside(tenant):
        roles = [BuiltinRole.OWNER.value, BuiltinRole.ADMIN.value]
        people = User.objects.filter(is_active=True, roles__code__in=roles).exclude(email="").distinct()
        for person in people.order_by("pk"):
            send_template("reservation_ends", to=[person.email], context=context, language=person.language)


def _locked(ids: Collection[int]) -> QuerySet[RegisteredNumber]:
    held = RegisteredNumber.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",))
    return RegisteredNumber.objects.filter(pk__in=list(held.values_list("pk", flat=True)))


def _move(rows: QuerySet[RegisteredNumber], **values: Any) -> int:
    if not rows.exists():
        return 0
    shown = {name: Value(value) if value is not None else None for name, value in values.items()}
    shown.pop("noticed_at", None)
    record_set(rows, verb=Verb.PUT, changes=shown, name="e164")
    # audit: written above, from the same locked rows
    return rows.update(**{("instance_id" if name == "instance" else name): value for name, value in values.items()})


def _not_free(rows: QuerySet[RegisteredNumber]) -> NumberNotFree:
    row = rows.select_related("instance").order_by("e164").first()
    words = {"number": for_people(row.e164 if row else ""), "state": row.get_state_display() if row else ""}
    return NumberNotFree(_("%(number)s is not free: %(state)s.") % words, field="numbers")


def _hook(name: str) -> Any:
    return import_string(f"{settings.TENANT_NUMBERS}.{name}")
