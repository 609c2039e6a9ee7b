"""General parameters of the queues: edited as a draft, then published (REG-26)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.events import QueueParametersPublished
from extensions.models import QueueParameters, Release
from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.core.events import emit

# What is edited and published; the rest of the row says when.
PARAMETERS = ("callback_folder_email", "callback_attempts", "callback_expires_hours", "announce_position")


class NothingToPublish(DomainError):
    """The draft says what the queues already use."""


@transaction.atomic
def edit_queue_parameters(  # noqa: PLR0913 - the fields of the page
    *,
    callback_folder_email: str,
    callback_attempts: int,
    callback_expires_hours: int,
    announce_position: bool,
    at: datetime,
) -> QueueParameters:
    """Keep the values as the draft and return it. The queues go on with the published ones."""
    draft = QueueParameters.objects.select_for_update().get(release=Release.DRAFT)
    draft.callback_folder_email = callback_folder_email
    draft.callback_attempts = callback_attempts
    draft.callback_expires_hours = callback_expires_hours
    draft.announce_position = announce_position
    draft.changed_at = at
    draft.save()
    return draft


@transaction.atomic
def publish_queue_parameters(*, by: User, at: datetime) -> QueueParameters:
    """Make the draft what the queues use, and return that. Raises NothingToPublish when both are the same."""
    rows = {row.release: row for row in QueueParameters.objects.select_for_update().order_by("pk")}
    draft, published = rows[Release.DRAFT], rows[Release.PUBLISHED]
    if all(getattr(draft, name) == getattr(published, name) for name in PARAMETERS):
        raise NothingToPublish(_("There is nothing to publish: the queues already use these parameters."))
    for name in PARAMETERS:
        setattr(published, name, getattr(draft, name))
    published.changed_at = draft.changed_at
    published.published_at = at
    published.save()
    emit(QueueParametersPublished(by_id=by.pk))
    return published
