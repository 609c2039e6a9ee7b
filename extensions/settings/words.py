"""Values of settings in words, and the form fields that several topics share."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def yes_no(value: Any) -> str:
    return _("Yes") if value else _("No")


def seconds(value: Any) -> str:
    return ngettext("%(n)d second", "%(n)d seconds", int(value)) % {"n": int(value)}


def days(value: Any) -> str:
    return ngettext("%(n)d day", "%(n)d days", int(value)) % {"n": int(value)} if value else _("Without end")


def name_or_none(value: Any) -> str:
    """An object's name; “None” in words where there is none."""
    return str(value) if value else _("None")


def choice(choices: Any) -> Callable[[Any], str]:
    """Words for a value of `choices`, a TextChoices class."""

    def words(value: Any) -> str:
        return str(choices(value).label) if value in choices.values else str(value or _("None"))

    return words


def switch() -> forms.BooleanField:
    return forms.BooleanField(required=False)


def number(least: int, most: int) -> Callable[[], forms.IntegerField]:
    """A whole number from `least` to `most`."""

    def build() -> forms.IntegerField:
        return forms.IntegerField(min_value=least, max_value=most)

    return build


def one_of(choices: Any) -> Callable[[], forms.ChoiceField]:
    """One of `choices`, a TextChoices class."""

    def build() -> forms.ChoiceField:
        return forms.ChoiceField(choices=choices.choices)

    return build
