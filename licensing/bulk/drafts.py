"""Assignment templates while they are drafts: made, named, duplicated, deleted (BLK-05, BLK-16, BLK-21)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from licensing.bulk.checking import check_rows
from licensing.bulk.limits import MOST_NAME
from licensing.bulk.needs import offered_addons
from licensing.bulk.rules import ROW
from licensing.models.bulk import AssignmentTemplate, BulkState
from portal.accounts.models import User
from portal.core.errors import DomainError, refuse_management_instance
from portal.core.versions import DeletedMeanwhile, lock_version

_COPY = f"""
INSERT INTO {ROW} (template_id, file_id, position, line, ext_key, person, number, key, name, identity, e164, shape,
                   problems, state, user_name)
SELECT %s, NULL, position, line, ext_key, person, number, key, name, identity, e164, shape, shape, 'waiting', ''
FROM {ROW} WHERE template_id = %s
"""  # noqa: S608 - our own names


class NotADraft(DomainError):
    """The template was started; what it assigns, and to whom, does not change any more."""


class NoSuchAddon(DomainError):
    """An add-on that cannot be assigned to many at once."""


@transaction.atomic
def create_template(*, name: str, addons: Sequence[str], by: User, at: datetime) -> AssignmentTemplate:
    """Make a draft called `name` (1 to 100 characters) with the add-ons of these codes, and return it.

    Raises NoSuchAddon on `addons`, ManagementInstance in instance 1.
    """
    refuse_management_instance()
    made = AssignmentTemplate(name=name, addons=_known(addons), created_by=by, created_at=at)
    made.save()
    return made


@transaction.atomic
def edit_template(
    *, template: AssignmentTemplate, name: str, addons: Sequence[str], version: int | None, by: User
) -> AssignmentTemplate:
    """Change name and add-ons of a draft. Raises ChangedMeanwhile, NotADraft, and NoSuchAddon on `addons`."""
    locked: AssignmentTemplate = lock_version(AssignmentTemplate, template.pk, version)
    demand_draft(locked)
    locked.name, locked.addons = name, _known(addons)
    locked.save()
    return check_rows(locked)  # what an add-on needs may be missing in a row


@transaction.atomic
def duplicate_template(*, template: AssignmentTemplate, with_users: bool, by: User, at: datetime) -> AssignmentTemplate:
    """Make a draft of any template: its name with “ (copy)” behind, its add-ons and, if wanted, its users (BLK-21)."""
    ending = _(" (copy)")
    name = template.name[: MOST_NAME - len(ending)] + ending
    made = AssignmentTemplate(name=name, addons=template.addons, mode=template.mode, created_by=by, created_at=at)
    made.save()
    if with_users:
        with connection.cursor() as cursor:
            cursor.execute(_COPY, [made.pk, template.pk])
        check_rows(made)
    return made


@transaction.atomic
def delete_template(*, template: AssignmentTemplate, by: User) -> None:
    """Delete a draft with its users. Raises NotADraft, DeletedMeanwhile."""
    locked = lock_draft(template)
    locked.delete()


def lock_draft(template: AssignmentTemplate) -> AssignmentTemplate:
    """The template locked for change. Raises NotADraft, DeletedMeanwhile."""
    locked = AssignmentTemplate.objects.select_for_update().filter(pk=template.pk).first()
    if locked is None:
        raise DeletedMeanwhile
    demand_draft(locked)
    return locked


def demand_draft(template: AssignmentTemplate) -> None:
    """Raise NotADraft for a template that was started."""
    if template.state != BulkState.DRAFT:
        raise NotADraft(_("This assignment was started already, so it does not change any more. Duplicate it instead."))


def _known(codes: Sequence[str]) -> list[str]:
    known = list(offered_addons().filter(code__in=codes).order_by("position").values_list("code", flat=True))
    if len(known) < len(set(codes)):
        raise NoSuchAddon(_("Choose add-ons of the list."), field="addons")
    return known
