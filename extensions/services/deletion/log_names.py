"""What the log calls the rows of a set: as people know them, in one statement for all."""

from typing import Any

from django.db.models import Case, CharField, F, Model, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils import translation

from extensions.models import Extension, Key, SettingValue, TeamMember
from extensions.settings.registry import all_settings
from extensions.settings.spoken import spoken

_OWN = ("name", "directory_name", "label", "number", "key")


def extension_words(path: str = "") -> Concat:
    """Number and name of an extension, as `str` gives them; `path` (`extension__`) leads to it."""
    return Concat(f"{path}number", Value(" "), f"{path}directory_name", output_field=CharField())


# Those that are called otherwise than by a column of their own. Apps above add theirs when they load.
LOG_NAMES: dict[type[Model], Any] = {
    Extension: extension_words(),
    TeamMember: Concat(extension_words("extension__"), Value(" · "), "team__name", output_field=CharField()),
    Key: Coalesce(
        NullIf(F("label"), Value("")), Concat(Cast(F("position") + 1, CharField()), Value(": "), "kind"),
        output_field=CharField(),
    ),
}  # fmt: skip


def log_name_of(model: type[Model]) -> Any:
    """What stands for a row of `model` in the log: a column or an expression.

    What has no name, or an empty one, is called after the extension that it belongs to.
    """
    if model is SettingValue:
        return _setting_words()
    if model in LOG_NAMES:
        return LOG_NAMES[model]
    fields = {field.name: field for field in model._meta.concrete_fields}
    own = next((name for name in _OWN if name in fields), None)
    owner = fields.get("extension")
    if owner is None or owner.related_model is not Extension:
        return own or "pk"
    if own is None:
        return extension_words("extension__")
    return Coalesce(NullIf(Cast(F(own), TextField()), Value("")), Cast(extension_words("extension__"), TextField()))


def _setting_words() -> Concat:
    """“101 Front desk · Forwarding: When busy”, in English as the whole log."""
    with translation.override("en"):
        words = {one.key: spoken(one.key) for one in all_settings()}
    called = Case(*(When(key=key, then=Value(said)) for key, said in words.items()), default=F("key"))
    whose = Case(When(extension=None, then=F("team__name")), default=extension_words("extension__"))
    return Concat(whose, Value(" · "), called, output_field=CharField())
