"""What a run did, in the audit log: a row for each object, written by set (AUD-10)."""

from collections.abc import Collection

from django.db.models.expressions import RawSQL

from extensions.models import Extension, Mailbox, OutsideNumber
from extensions.services.deletion.log_names import extension_words
from licensing.deletion import ADDON_WORDS
from licensing.models import AssignedAddon
from licensing.models.bulk import AssignmentTemplate
from portal.audit.models import Verb
from portal.audit.registry import secrets_of
from portal.audit.sets import record_set

_FIELDS = [field.name for field in Extension._meta.concrete_fields if not field.primary_key]


def record_assigned(template: AssignmentTemplate, ids: Collection[int], *, with_numbers: bool) -> None:
    """Tell the log, once they are there, of the extensions `ids` and of everything that was made with them."""
    # One parameter instead of thousands.
    made = RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])  # noqa: S611 - no text of anybody's
    shown = [name for name in _FIELDS if name not in secrets_of(Extension)] + sorted(secrets_of(Extension))
    record_set(Extension.objects.filter(pk__in=made), verb=Verb.POST, fields=shown, name=extension_words())
    boxes = Mailbox.objects.filter(extension__in=made)
    record_set(boxes, verb=Verb.POST, fields=["extension"], name=extension_words("extension__"))
    if with_numbers:
        numbers = OutsideNumber.objects.filter(extension__in=made)
        record_set(
            numbers, verb=Verb.PUT, fields=["extension", "assigned_at"], name="e164"
        )  # they were nobody's before
    if template.addons:
        addons = AssignedAddon.objects.filter(extension__in=made)
        record_set(addons, verb=Verb.POST, fields=["extension", "pool", "quantity"], name=ADDON_WORDS)
