"""Support sessions and visits once they are open: whether they still may be, who is told, how they end."""

from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from portal.accounts.events import SupportSessionEnded
from portal.accounts.models import SupportSession, User
from portal.accounts.models.user import UserKind
from portal.core.errors import DomainError
from portal.core.events import emit
from portal.core.mail import send_template
from portal.permissions import BuiltinRole


class AlreadyEnded(DomainError):
    """The session is over."""


def still_holds(session: SupportSession) -> bool:
    """Whether the person behind `session` still has the right to be here, read anew on their own host."""
    return bool(import_string(settings.SUPPORT_RIGHTS)(session))


@transaction.atomic
def end_support_session(*, session: SupportSession, by_name: str, at: datetime) -> SupportSession:
    """End an open session; its next request is refused. Raises AlreadyEnded."""
    locked = SupportSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    if locked.ended_at is not None or locked.ends_at <= at:
        raise AlreadyEnded(_("This session is over already."))
    locked.ended_at, locked.ended_by = at, by_name
    locked.save(update_fields=["ended_at", "ended_by"])
    emit(
        SupportSessionEnded(
            session_id=str(locked.pk), actor_name=locked.actor_name, actor_ref=locked.actor_ref, ended_by=by_name
        )
    )
    return locked


def tell_owners(session: SupportSession) -> None:
    """Mail each owner of the tenant who came in, why, and until when."""
    owners = User.objects.filter(is_active=True, kind=UserKind.PERSON, roles__code=BuiltinRole.OWNER.value).exclude(
        email=""
    )
    for owner in owners.order_by("pk"):
        context = {
            "name": owner.display_name,
            "tenant": connection.tenant.name,
            "actor": session.actor_name,
            "reason": session.reason,
            "started_at": session.started_at,
            "ends_at": session.ends_at,
        }
        send_template("support_session_opened", to=[owner.email], context=context, language=owner.language)
