"""Make a service template and change its facts (TPL-01)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from tenants.models import ServiceTemplate
from tenants.services.cloning import clone_schema
from tenants.services.versions import COPIED, make_working_copy

FACTS = (*COPIED, "audience", "start", "approval")
# Facts that stand on the working copy, too.
_HELD = ("name", "max_extensions", "max_channels", "limits", "product", "country")


class TemplateNameTaken(DomainError):
    """Two templates of one name could not be told apart on the registration form."""


@transaction.atomic
def create_template(*, facts: Mapping[str, Any], source: ServiceTemplate | None = None) -> ServiceTemplate:
    """Make a draft with a working copy of its own (`tpl5`): blank, or with the content of `source`'s working copy.

    `facts` holds values for FACTS. Raises TemplateNameTaken.
    """
    template = ServiceTemplate(**_only_facts(facts))
    with refusing(_taken()):
        make_working_copy(template)
    if source is not None:
        clone_schema(source.working_copy, template.working_copy)
    _hold_limits(template)
    return template


@transaction.atomic
def edit_template(*, template: ServiceTemplate, facts: Mapping[str, Any]) -> ServiceTemplate:
    """Change the facts. What was published stays as it was until the next version (TPL-03).

    Audience, start and approval are policy and hold at once. Raises TemplateNameTaken.
    """
    locked = ServiceTemplate.objects.select_for_update().select_related("working_copy").get(pk=template.pk)
    for name, value in _only_facts(facts).items():
        setattr(locked, name, value)
    with refusing(_taken()):
        locked.save()
    _hold_limits(locked)
    return locked


def _only_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in FACTS if name in facts}


def _hold_limits(template: ServiceTemplate) -> None:
    """The working copy is a tenant like others: it carries its own name and limits."""
    copy = template.working_copy
    held = {name: getattr(template, name) for name in _HELD}
    if held != {name: getattr(copy, name) for name in held}:
        for name, value in held.items():
            setattr(copy, name, value)
        copy.save(update_fields=list(held))


def _taken() -> dict[str, DomainError]:
    return {"template_name_unique": TemplateNameTaken(_("Another template already has this name."), field="name")}
