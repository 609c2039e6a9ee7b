"""The password policy in words and as a form field, the same wherever a password is chosen (SEC-02)."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    get_default_password_validators,
    password_validators_help_text_html,
    password_validators_help_texts,
    validate_password,
)
from django.utils.functional import lazystr
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.passwords import HistoryValidator
from portal.core.forms import PasswordInput


def policy_sentences(*, first: bool = False) -> list[str]:
    """Every rule of the policy, one sentence each; for a `first` password without the one about earlier passwords."""
    return [str(sentence) for sentence in password_validators_help_texts(_rules(first=first))]


def policy_text(*, first: bool = False) -> str:
    """The same as one line, for the hint under a field."""
    return " ".join(policy_sentences(first=first))


def policy_html(*, first: bool = False) -> SafeString:
    """The same as a list."""
    return SafeString(password_validators_help_text_html(_rules(first=first)))


def has_a_password(user: User) -> bool:
    """Whether there ever was a password that a new one could repeat."""
    return bool(user.password) and user.has_usable_password()


def _rules(*, first: bool) -> list[Any]:
    rules = get_default_password_validators()
    return [rule for rule in rules if not isinstance(rule, HistoryValidator)] if first else rules


class NewPasswordField(forms.CharField):
    """A field for a new password: shows the policy, refuses what breaks it. Never trims.

    The rules that know the person (own name, earlier passwords) need `user`; set it before the form is cleaned.
    `first`: nobody had one before, so the hint says nothing of earlier ones.
    """

    def __init__(self, *, first: bool = False, **kwargs: Any) -> None:
        self.user: Any = None
        kwargs.setdefault("label", _("Password"))
        kwargs.setdefault("help_text", lazystr(_PolicyText(first)))
        super().__init__(strip=False, widget=PasswordInput(new=True), **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            validate_password(value, user=self.user)


class _PolicyText:
    """Told when it is shown, in the reader's language."""

    def __init__(self, first: bool) -> None:
        self.first = first

    def __str__(self) -> str:
        return policy_text(first=self.first)
