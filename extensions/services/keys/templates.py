"""Templates of keys: made empty or from a panel, changed like a panel, put on many extensions (BLF-05)."""

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.keys.in_force import keys_in_force
from extensions.keys.phones import fittings
from extensions.models import Extension, KeyPanel, Phone
from extensions.phone_models import MODELS
from extensions.services.configuration import configuration_changed
from extensions.services.keys.copies import copies_of
from extensions.services.keys.fill import write_keys
from extensions.services.keys.panels import lock_panel, panel_for
from extensions.services.phones.edit import UnknownModel, demand_modules
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.versions import lock_version


class TemplateNameTaken(DomainError):
    """Another template has that name."""


class NothingToSave(DomainError):
    """A panel without keys makes no template."""


@transaction.atomic
def create_key_template(*, name: str, model: str, modules: int, by: User) -> KeyPanel:
    """Make an empty template, drawn for a model (empty: any telephone), and return it.

    Raises TemplateNameTaken, UnknownModel and TooManyModules, by field.
    """
    template = KeyPanel()
    _fill(template, name=name, model=model, modules=modules)
    _save(template)
    return template


@transaction.atomic
def edit_key_template(
    *, template: KeyPanel, name: str, model: str, modules: int, version: int | None, by: User
) -> KeyPanel:
    """Change a template's name and the model it is drawn for; keys beyond the new model are kept as overflow.

    Raises ChangedMeanwhile and what `create_key_template` raises.
    """
    locked: KeyPanel = lock_version(KeyPanel, template.pk, version)
    _fill(locked, name=name, model=model, modules=modules)
    _save(locked)
    configuration_changed(by=by)
    return locked


@transaction.atomic
def save_as_template(*, extension: Extension, name: str, by: User) -> KeyPanel:
    """Make a template of the keys that hold for `extension` and return it; the panel counts as its copy from then on.

    A personal speed dial becomes a plain number, because others cannot dial its code. Raises NothingToSave and
    TemplateNameTaken.
    """
    held = keys_in_force(extension)
    if not held:
        raise NothingToSave(_("There are no keys to save yet."))
    panel = lock_panel(panel_for(extension))
    owned = list(Phone.objects.filter(extension=extension).order_by("pk"))
    fitting = max(fittings(owned, panel), key=lambda one: one.limit)
    template = KeyPanel(name=name, model=fitting.model.code, modules=fitting.modules)
    _save(template)
    write_keys(copies_of([one.key for one in held], [template]))
    if not panel.linked:
        panel.template = template
        panel.save(update_fields=["template"])
    return template


def _fill(template: KeyPanel, *, name: str, model: str, modules: int) -> None:
    if model and model not in MODELS:
        raise UnknownModel(_("Choose a model of the list."), field="model")
    demand_modules(model, modules)
    template.name = name
    template.model = model
    template.modules = modules


def _save(template: KeyPanel) -> None:
    name_taken = TemplateNameTaken(_("Another template has this name already."), field="name")
    with refusing({"key_template_name_unique": name_taken}):
        template.save()
