"""Making, changing and reporting voicemail boxes (VM-01, VM-06)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from extensions.models import DialKind, Extension, Mailbox
from extensions.services.configuration import configuration_changed
from extensions.services.deletion.log_names import extension_words
from extensions.services.numbers import demand_numbers_free, taken_instead
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.db.clashes import refusing
from portal.core.errors import refuse_management_instance
from portal.core.versions import lock_version


def ensure_mailbox(extension: Extension) -> Mailbox:
    """The box of `extension`, made now if it has none (VM-01)."""
    return Mailbox.objects.get_or_create(extension=extension)[0]


@transaction.atomic
def ensure_mailboxes() -> int:
    """Make a box for every extension that has none, by set; returns how many. For ranges, imports and the API."""
    has_one = Mailbox.objects.filter(extension=OuterRef("pk"))
    without = Extension.objects.filter(~Exists(has_one)).values_list("pk", flat=True)
    made = [Mailbox(extension_id=pk) for pk in without]
    # audit: written below, by one statement for all
    created = Mailbox.objects.bulk_create(made, batch_size=5000, ignore_conflicts=True)
    if created:
        rows = Mailbox.objects.filter(extension_id__in=[box.extension_id for box in created])
        record_set(rows, verb=Verb.POST, fields=["extension"], name=extension_words("extension__"))
    return len(created)


@transaction.atomic
def create_shared_mailbox(*, number: str, name: str, email: str, by: User) -> Mailbox:
    """Make a box that belongs to no extension, and return it without a PIN (VM-01).

    Raises ManagementInstance, and what demand_numbers_free raises (field `number`).
    """
    refuse_management_instance()
    demand_numbers_free([number])
    box = Mailbox(number=number, name=name, email=email.lower())
    _save(box)
    configuration_changed(by=by)
    return box


@transaction.atomic
def edit_shared_mailbox(
    *, mailbox: Mailbox, number: str, name: str, email: str, version: int | None, by: User
) -> Mailbox:
    """Change number, name and address of a shared box. Raises ChangedMeanwhile, and as create_shared_mailbox does."""
    box: Mailbox = lock_version(Mailbox, mailbox.pk, version)
    demand_numbers_free([number], except_kind=DialKind.MAILBOX, except_ids=[box.pk])
    if box.email != email.lower():
        box.link_token = ""  # a link under way went to somebody else
    box.number, box.name, box.email = number, name, email.lower()
    _save(box)
    configuration_changed(by=by)
    return box


def report_use(*, mailbox: Mailbox, seconds: int, messages: int, at: datetime) -> None:
    """Keep how full the telephone system says that a box is (VM-06). Called by the connection to it."""
    # audit: a measurement, which the log leaves out
    Mailbox.objects.filter(pk=mailbox.pk).update(used_seconds=seconds, messages=messages, reported_at=at)


def _save(box: Mailbox) -> None:
    with refusing(taken_instead()):
        box.save()
