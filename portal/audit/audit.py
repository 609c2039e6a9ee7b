"""Tables below this app: sign-ins, users, roles and what the sign-in libraries keep."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import OwnershipTransfer, PasswordHistory, Role, SavedView, SupportSession, User
from portal.audit.models import LogEntry
from portal.audit.registry import audited, exempt

audited(User, label=_("User"), ignore=["last_login"], many=["roles"])
audited(Role, label=_("Role"))
audited(OwnershipTransfer, label=_("Ownership"))
audited(EmailAddress, label=_("E-mail address"))
audited(Authenticator, label=_("Two-step sign-in"), secrets=["data"], ignore=["last_used_at"])
exempt(PasswordHistory, because="a change of password is recorded with its user; the old hashes concern nobody")
exempt(SupportSession, because="opened and ended are recorded as events, which name the person from the other host")
exempt(SavedView, because="how somebody likes to see a list changes nothing for anybody else")
exempt(LogEntry, because="it is the log")
