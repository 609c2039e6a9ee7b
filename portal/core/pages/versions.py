"""Forms over versioned rows: a save over somebody else's newer change shows both instead of overwriting (UXP-05)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from portal.core.pages.forms import FormPage
from portal.core.versions import ChangedMeanwhile, Versioned

FIELD = "version"


@dataclass(frozen=True, slots=True)
class Disputed:
    """One field that differs between what was typed and what is saved now, as `components/changes.html` shows it."""

    field: str
    before: str  # as it is saved now
    after: str  # as the person typed it


class VersionedFormPage(FormPage, abstract=True):
    """A form that changes one Versioned row. It carries the version that it was filled from in the field `version`.

    `perform` hands `form.cleaned_data`, `version` included, to its service, which calls `lock_version`. On a conflict
    the answer is 409 with both versions side by side; saving again from there overwrites on purpose.
    """

    def current(self) -> Versioned:
        """The row that is being changed; read once per request."""
        raise NotImplementedError(f"{type(self).__qualname__}.current")

    def build(self, data: Any = None, files: Any = None) -> Any:
        form = super().build(data, files)
        field = forms.IntegerField(required=False, widget=forms.HiddenInput, initial=self.current().version)
        form.fields[FIELD] = field
        if getattr(form, "helper", None) is not None:
            form.helper.layout.fields.append(FIELD)
        return form

    def refused(self, form: Any, refusal: DomainError) -> HttpResponse:
        if not isinstance(refusal, ChangedMeanwhile):
            return super().refused(form, refusal)
        form.data = form.data.copy()
        form.data[FIELD] = str(refusal.current.version)
        disputed = _disputed(form, self.initial())
        return self.page({"form": form, "conflict": True, "disputed": disputed, **self.context()}, status=409)


def _disputed(form: Any, theirs: dict[str, Any]) -> list[Disputed]:
    found = []
    for name, value in theirs.items():
        field = form.fields.get(name)
        if field is None:
            continue
        saved, typed = in_words(field, value), in_words(field, form.cleaned_data.get(name))
        if saved != typed:
            found.append(Disputed(str(field.label or name), saved, typed))
    return found


def in_words(field: forms.Field, value: Any) -> str:
    """A value of `field` as people read it: what was chosen by its name, several in the order of their names.

    A field with a method `in_words` says it itself.
    """
    if value is None or value == "":
        return ""
    if hasattr(field, "in_words"):
        return str(field.in_words(value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list | tuple | set | QuerySet):
        return ", ".join(sorted(in_words(field, one) for one in value))
    if isinstance(value, Model) or not hasattr(field, "choices"):
        return str(value)
    pairs: Iterable[tuple[Any, Any]] = flatten_choices(field.choices)
    names = {str(key): str(name) for key, name in pairs}
    return names.get(str(value), str(value))
