"""Sessions in the tenant's own table, as Django keeps them, read with a query that is put together once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from portal.core.db.prepared import PreparedQuery

_SESSION = PreparedQuery(lambda key: Session.objects.filter(session_key=key), key=str)


class SessionStore(db.SessionStore):
    """Django's store. Every request still reads its row; one that has ended, or is gone, is nobody's."""

    def _get_session_from_db(self) -> Session | None:
        found = next(iter(_SESSION(key=self.session_key)), None)
        if found is not None and found.expire_date > timezone.now():
            return found
        self._session_key = None
        return None
