"""Sessions in the tenant's own table, as Django keeps them, read with a query that is put together once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from portal.accounts.backends import HOLDER_OF, Holder
from portal.core.db.prepared import PreparedQuery, ask_together

_SESSION = PreparedQuery(lambda key: Session.objects.filter(session_key=key), key=str)


class SessionStore(db.SessionStore):
    """Django's store. Every request still reads its row; one that has ended, or is gone, is nobody's.

    Whoever it belongs to, and their roles, come from the same round trip.
    """

    _holder: Holder = ()

    def _get_session_from_db(self) -> Session | None:
        key = {"key": self.session_key}
        sessions, self._holder = ask_together((_SESSION, key), (HOLDER_OF, key))
        if sessions and sessions[0].expire_date > timezone.now():
            found: Session = sessions[0]
            return found
        self._session_key, self._holder = None, ()
        return None

    def take_holder(self) -> Holder:
        """What was read with the session about whom it belongs to. Once only: whoever asks later asks anew."""
        held, self._holder = self._holder, ()
        return held
