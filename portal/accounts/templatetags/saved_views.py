"""The menu of saved views, for the tool line of every list: `{% load saved_views %}{% saved_views %}`."""

from typing import Any

from django import template
from django.http import HttpRequest

from portal.accounts.selectors import views_of

register = template.Library()


@register.inclusion_tag("accounts/_saved_views.html", takes_context=True)
def saved_views(context: template.Context) -> dict[str, Any]:
    """The signed-in person's views of the list that is being shown, and a field to save the present one."""
    request: HttpRequest = context["request"]
    if not request.user.is_authenticated:
        return {}
    page = request.resolver_match.view_name
    return {
        "views": views_of(request.user, page),
        "view_page": page,
        "query": request.META.get("QUERY_STRING", ""),
        "address": request.path,
        "csrf_token": context.get("csrf_token"),
    }
