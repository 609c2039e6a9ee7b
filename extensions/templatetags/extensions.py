"""What templates ask about the telephone system."""

import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from portal.core.templatetags.look import icon

register = template.Library()

_UNDO = re.compile(r"undo-(\d+)")


@register.simple_tag
def undone_by(message: Any) -> int | None:
    """Which deletion a message offers to undo, or None."""
    found = _UNDO.search(message.extra_tags or "")
    return int(found[1]) if found else None


@register.simple_tag
def suspended_mark(extension: Any) -> SafeString:
    """A warning beside a suspended extension, wherever it is named (EXT-13); nothing beside others.

    `extension` is the object, or anything else with `is_suspended`. Tables call it as a plain function.
    """
    if extension is None or not extension.is_suspended:
        return SafeString("")
    told = gettext("Suspended")
    explained = gettext("Suspended: it neither makes nor receives calls.")
    return format_html(
        '<span class="chip chip-suspended" title="{}">{}{}</span>', explained, icon("alert-triangle"), told
    )
