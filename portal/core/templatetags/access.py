"""What a person may do, asked in templates. A hidden button is a courtesy; the page behind it still checks."""

from typing import Any

from django import template

from portal.permissions import Perm

register = template.Library()


@register.simple_tag(takes_context=True)
def can(context: dict[str, Any], permission: str) -> bool:
    """`{% can "extension:update" as may_write %}`; a permission that does not exist raises ValueError."""
    user = context.get("user")
    return bool(user and user.is_authenticated and user.may(Perm(permission)))
