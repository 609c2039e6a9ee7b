"""The platform's password policy (SEC-02), beside Django's own validators."""

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.accounts.models import User

LONGEST = 128
REMEMBERED = 5


class MaximumLengthValidator:
    """Very long passwords only serve to keep the server busy."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(_("Use at most %(longest)d characters.") % {"longest": LONGEST}, code="too_long")

    def get_help_text(self) -> str:
        return _("At most %(longest)d characters.") % {"longest": LONGEST}


class OwnNameValidator:
    """A password must not contain the name, logon or e-mail address it protects."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None:
            return
        words = {user.username.split("@")[0], user.email.split("@")[0], user.personnel_id, *user.display_name.split()}
        if any(len(word) >= 4 and word.lower() in password.lower() for word in words):
            raise ValidationError(_("Leave your name, logon and e-mail address out of the password."), code="own_name")

    def get_help_text(self) -> str:
        return _("Not your name, logon or e-mail address.")


class HistoryValidator:
    """The last five passwords are not used again."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        earlier = user.password_history.order_by("-pk").values_list("password", flat=True)[: REMEMBERED - 1]
        if any(check_password(password, known) for known in [user.password, *earlier] if known):
            message = _("Choose one that is not among your last %(count)d passwords.") % {"count": REMEMBERED}
            raise ValidationError(message, code="used_before")

    def get_help_text(self) -> str:
        return _("Not one of your last %(count)d passwords.") % {"count": REMEMBERED}
