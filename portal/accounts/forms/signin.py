"""allauth's forms, with what this house does otherwise."""

import time
from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangeForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetForm
from allauth.account.forms import ResetPasswordKeyForm as AllauthResetKeyForm
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.models.user import UserKind
from portal.accounts.policy import has_a_password, policy_html
from portal.accounts.tokens import LinkTokens
from portal.core.forms import PasswordInput

NAMES = {
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password (again)"),
}


class LoginForm(AllauthLoginForm):
    """Sign in with e-mail address, logon or personnel ID."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("E-mail address or logon")
        login.max_length = 254
        login.widget = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "maxlength": 254}
        )
        self.fields["password"].widget = PasswordInput()
        self.fields["password"].help_text = ""


class ResetPasswordForm(AllauthResetForm):
    """Asks for a link by mail; the same answer, after the same time, whether or not anybody has this address."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        self.began = time.monotonic()
        email = super().clean_email()
        self.users = [user for user in self.users if user.kind in (UserKind.PERSON, UserKind.CONTACT)]
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = super().save(request, **kwargs)
        # Writing a mail takes longer than writing none; everybody waits until the same moment (THR-36).
        time.sleep(max(0.0, settings.PORTAL_RESET_SECONDS - (time.monotonic() - self.began)))
        return email


class ChangePasswordForm(AllauthChangeForm):
    """Changes the password of somebody who is signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_as_elsewhere(self)


class ResetPasswordKeyForm(AllauthResetKeyForm):
    """Chooses the new password. Of several uses of one link at the same moment, the first wins (THR-15)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_as_elsewhere(self)

        if self.user is not None and not has_a_password(self.user):
            self.fields["password1"].help_text = policy_html(first=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # The page runs in one transaction; whoever comes second waits here, and then sees the changed password.
        self.user = User.objects.select_for_update(no_key=True).get(pk=self.user.pk)
        if not LinkTokens().check_token(self.user, self.temp_key):
            raise forms.ValidationError(_("This link does not work any more. Ask for a new one."), code="used")
        return cleaned


def _name_as_elsewhere(form: forms.Form) -> None:
    """Labels in sentence case, as on every other page."""
    for name, label in NAMES.items():
        if name in form.fields:
            form.fields[name].label = label
