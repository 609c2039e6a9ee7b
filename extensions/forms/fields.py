"""Fields that several forms of this app share."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from extensions.services.edit import NAME_LENGTH, NameTooLong, demand_name
from extensions.services.shapes import NUMBER

# Names end up in telephones' displays and configuration: one line, no control characters.
_ONE_LINE = RegexValidator(
    r"[\x00-\x1f\x7f\u2028\u2029]", _("Use one line without control characters."), inverse_match=True
)


class ExtensionNumberField(forms.CharField):
    """An Ext Key: 3 to 5 digits (EXT-02)."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "5", "class": "mono"}
        super().__init__(
            label=_("Extension number"),
            help_text=_("3 to 5 digits, for example 101. It is what people inside dial."),
            widget=forms.TextInput(attrs=attributes),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        number = super().clean(value)
        if (number or self.required) and not NUMBER.fullmatch(number):
            raise forms.ValidationError(_("Use 3 to 5 digits, for example 101."))
        return number


class NameField(forms.CharField):
    """A name in any script, on one line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[_ONE_LINE], **kwargs)


class DirectoryNameField(NameField):
    """At most 100 characters. The box takes more, so that nothing typed or pasted is cut off without a word: the
    button is disabled, a counter says how many are too many, and the server refuses (EXT-05)."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {
            "autocomplete": "off",
            "data-behaviour": "limit",
            "data-limit": str(NAME_LENGTH),
            "data-over": _("{n} too many"),
        }
        super().__init__(
            label=_("Directory name"),
            help_text=_("What telephones and the directory show. At most 100 characters."),
            widget=forms.TextInput(attrs=attributes),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        name: str = super().clean(value)
        try:
            demand_name(name)
        except NameTooLong as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return name


class MobileField(forms.CharField):
    """A mobile number as people type it; the service makes it E.164."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Mobile number"),
            required=False,
            max_length=30,
            help_text=_("With country code, or as it is dialled in your country. May stay empty."),
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            **kwargs,
        )
