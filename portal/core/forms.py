"""Forms clean shapes. Rules that need the database live in services."""

from functools import lru_cache
from html import escape
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from portal.core.wording import speak_plainly


class PortalForm(forms.Form):
    """Base of all forms: crispy without its own form tag, NUL refused, text trimmed."""

    submit_label: Any = _("Save")
    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.html5_required = True
        self.helper.render_hidden_fields = True  # those that pages add later, such as the version

    def full_clean(self) -> None:
        """As Django's, with our words for its complaints."""
        for field in self.fields.values():
            speak_plainly(field)
        super().full_clean()


def _written(attributes: dict[str, Any]) -> str:
    """Attributes of an element, as Django's `flatatt` writes them: True stands bare, False and None do not stand."""
    shown = [(name, value) for name, value in sorted(attributes.items()) if value not in (False, None)]
    return "".join(f" {name}" if value is True else f' {name}="{escape(str(value))}"' for name, value in shown)


@lru_cache(maxsize=100)
def _options(told: tuple[tuple[str, str], ...], chosen: frozenset[str]) -> str:
    """The choices, written once for all pages that offer the same ones."""
    return "".join(
        f'<option value="{escape(key)}"{" selected" if key in chosen else ""}>{escape(label)}</option>'
        for key, label in told
    )


class QuickSelect(forms.Select):
    """A list of choices written in one go: Django renders a template for each option, which long lists feel."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        told = tuple(("" if key is None else str(key), str(label)) for key, label in self.choices)
        options = _options(told, frozenset(str(one) for one in self.format_value(value)))
        held = _written(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return mark_safe(f"<select{held}>{options}</select>")  # noqa: S308 - every part was escaped above


class PasswordInput(forms.PasswordInput):
    """A password box that managers can fill and people can look into."""

    def __init__(self, *, new: bool = False) -> None:
        super().__init__(
            attrs={
                "autocomplete": "new-password" if new else "current-password",
                "data-behaviour": "password-toggle",
                "spellcheck": "false",
            }
        )
