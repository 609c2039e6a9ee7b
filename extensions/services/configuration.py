"""Every change that telephones or callers could notice raises the configuration's version (ARCHITECTURE section 4)."""

from django.db.models import F
from django.utils import timezone

from extensions.events import ConfigurationChanged
from extensions.models import Configuration
from portal.accounts.models import User
from portal.core.events import emit


def configuration_changed(*, by: User | None) -> None:
    """Raise the version, in the caller's transaction, and tell whoever listens. Call it last: it locks the one row."""
    # audit: the change itself is in the log; this only counts
    Configuration.objects.filter(pk=1).update(version=F("version") + 1, changed_at=timezone.now())
    emit(ConfigurationChanged(by_id=by.pk if by else None))
