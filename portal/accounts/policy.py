"""The password policy in words and as a form field, the same wherever a password is chosen (SEC-02)."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from portal.core.forms import PasswordInput


def policy_sentences() -> list[str]:
    """Every rule of the policy, one sentence each."""
    return [str(sentence) for sentence in password_validators_help_texts()]


def policy_text() -> str:
    """The whole policy as one line, for the hint under a field."""
    return " ".join(policy_sentences())


class NewPasswordField(forms.CharField):
    """A field for a new password: shows the policy, refuses what breaks it. Never trims.

    The rules that know the person (own name, earlier passwords) need `user`; set it before the form is cleaned.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.user: Any = None
        kwargs.setdefault("label", _("Password"))
        kwargs.setdefault("help_text", lazystr(_PolicyText()))
        super().__init__(strip=False, widget=PasswordInput(new=True), **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            validate_password(value, user=self.user)


class _PolicyText:
    """Told when it is shown, in the reader's language."""

    def __str__(self) -> str:
        return policy_text()
