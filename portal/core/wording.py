"""Words that every page needs: what is wanted where a form is filled in wrongly, and long lists of names."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import BaseValidator, EmailValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

_ELSE = _("“%(value)s” is not in this list: choose another one.")
_SEVERAL = {"required": _("Choose at least one."), "invalid_list": _("Choose from the list.")}
# By kind of field, the particular before the general; each code only where nobody gave the field words of its own.
_WORDS: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (forms.MultipleChoiceField, _SEVERAL),
    (forms.ModelMultipleChoiceField, _SEVERAL),
    (forms.ChoiceField, {"required": _("Choose one."), "invalid_choice": _ELSE}),
    (forms.FileField, {"required": _("Choose a file."), "empty": _("This file is empty: choose another one.")}),
    (forms.BooleanField, {"required": _("Tick this box to go on.")}),
    (forms.DecimalField, {"invalid": _("Type a number, such as 12.50.")}),
    (forms.FloatField, {"invalid": _("Type a number, in digits.")}),
    (forms.IntegerField, {"invalid": _("Type a whole number, in digits.")}),
    (forms.DateTimeField, {"invalid": _("Type a day and a time, such as 2026-12-24 17:30.")}),
    (forms.DateField, {"invalid": _("Type a day, such as 2026-12-24.")}),
    (forms.TimeField, {"invalid": _("Type a time, such as 17:30.")}),
    (forms.EmailField, {"invalid": _("Type an e-mail address, such as anna@company.com.")}),
)  # fmt: skip
_FOR_ALL: dict[str, Any] = {
    "required": _("Fill this in."),
    "max_value": _("Use %(limit_value)s or less."),
    "min_value": _("Use %(limit_value)s or more."),
    "max_length": ngettext_lazy(
        "Use one character; these are %(show_value)d.",
        "Use at most %(limit_value)d characters; these are %(show_value)d.",
        "limit_value",
    ),
    "min_length": ngettext_lazy(
        "Use at least one character.",
        "Use at least %(limit_value)d characters; these are %(show_value)d.",
        "limit_value",
    ),
    "null_characters_not_allowed": _("There is a character in it that cannot be kept: type it anew."),
}


def first_of(names: Sequence[str], most: int = 3) -> str:
    """The first names, and how many more there are."""
    if len(names) <= most + 1:
        return ", ".join(names)
    told = {"names": ", ".join(names[:most]), "n": len(names) - most}
    return gettext("%(names)s and %(n)d more") % told


def speak_plainly(field: forms.Field) -> None:
    """Give `field`, and the parts of a composed one, our words for every mistake for which it would say Django's.

    Words of its own stay.
    """
    for part in getattr(field, "fields", ()):
        speak_plainly(part)
    for kind, words in _WORDS:
        if isinstance(field, kind):
            _say(field, words)
    _say(field, _FOR_ALL)


def _say(field: forms.Field, words: dict[str, Any]) -> None:
    for code, text in words.items():
        if _is_djangos(field, code):
            field.error_messages[code] = text


def _is_djangos(field: forms.Field, code: str) -> bool:
    """Whether the field would say this with words that came with Django, of itself or of its validators."""
    said = field.error_messages.get(code)
    theirs = [
        kind.__dict__.get("default_error_messages", {}).get(code)
        for kind in type(field).__mro__
        if kind.__module__.startswith("django.forms")
    ]
    if said is not None:
        return any(said is one for one in theirs)
    checks = [one for one in field.validators if getattr(one, "code", None) == code]
    return all(
        isinstance(one, BaseValidator | EmailValidator | ProhibitNullCharactersValidator)
        and one.message is type(one).message
        for one in checks
    )
