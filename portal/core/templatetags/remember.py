"""`{% remember label=tenant_label %}…{% endremember %}`: a piece of a page that is drawn once and kept in this process.

Inside, only the named values exist: no user, no request, no CSRF token. What is kept therefore cannot hold anything
that its key does not hold, and nobody is ever shown a piece of somebody else's page. Language and host face belong to
every key. Values are words, numbers and immutable records of them; rows of a database are refused.
"""

from dataclasses import fields, is_dataclass
from typing import Any
from weakref import WeakSet

from django import template
from django.core.signals import setting_changed
from django.db.models import Model
from django.template import Context, TemplateSyntaxError
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.defaulttags import CsrfTokenNode
from django.urls import get_script_prefix, get_urlconf
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST = 200  # pieces kept of each place; beyond, they are drawn anew
_PLAIN = (str, int, Promise, type(None))


class RememberNode(template.Node):
    """Draws its content with the named values alone, once for each set of them."""

    def __init__(self, nodelist: NodeList, named: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.named = named
        self.names = tuple(named)
        self.kept: dict[Any, SafeString] = {}
        _everywhere.add(self)

    def render(self, context: Context) -> SafeString:
        values = tuple([expression.resolve(context) for expression in self.named.values()])
        # Equal is not the same to a template: 1 and True, or text and safe HTML, are drawn differently.
        kinds = tuple(map(type, values))
        key = (get_language(), *_place(context), context.autoescape, kinds, values)
        try:
            found = self.kept.get(key)
        except TypeError:  # a list or a dictionary among the values: drawn each time
            return self._draw(context, values)
        return self._keep(context, key, values) if found is None else found

    def _keep(self, context: Context, key: Any, values: tuple[Any, ...]) -> SafeString:
        for name, value in zip(self.names, values, strict=True):
            _demand_plain(name, value)
        drawn = self._draw(context, values)
        if len(self.kept) >= MOST:
            self.kept.clear()
        self.kept[key] = drawn
        return drawn

    def _draw(self, context: Context, values: tuple[Any, ...]) -> SafeString:
        alone = Context(dict(zip(self.names, values, strict=True)), autoescape=context.autoescape)
        alone.template = context.template
        return self.nodelist.render(alone)


def _place(context: Context) -> tuple[Any, Any]:
    """The host's face and prefix, which a page cannot change while it is drawn: asked once for all its pieces."""
    of_the_page: Any = context.render_context.dicts[0]
    if _place not in of_the_page:
        of_the_page[_place] = (get_urlconf(), get_script_prefix())
    found: tuple[Any, Any] = of_the_page[_place]
    return found


_everywhere: WeakSet[RememberNode] = WeakSet()


def _demand_plain(name: str, value: Any) -> None:
    """Raise TypeError for values that are equal in two tenants without being the same, such as rows."""
    if isinstance(value, _PLAIN):
        return
    if isinstance(value, tuple | frozenset):
        parts: list[Any] = list(value)
    elif is_dataclass(value) and not isinstance(value, Model | type):
        parts = [getattr(value, field.name) for field in fields(value)]
    else:
        raise TypeError(f"remember: “{name}” is a {type(value).__name__}, which is no plain value")
    for part in parts:
        _demand_plain(name, part)


@register.tag
def remember(parser: Parser, token: Token) -> RememberNode:
    """Everything that the content shows must be named: `{% remember chip=tenant_state face=face %}`."""
    words = token.split_contents()[1:]
    named = token_kwargs(words, parser)
    if words:
        raise TemplateSyntaxError(f"remember: “{words[0]}” has no name")
    nodelist = parser.parse(("endremember",))
    parser.delete_first_token()
    if nodelist.get_nodes_by_type(CsrfTokenNode):
        raise TemplateSyntaxError("remember: a CSRF token is one person's and cannot be kept")
    return RememberNode(nodelist, named)


def _forget(**_facts: Any) -> None:
    """Settings changed (in tests): what was drawn with the old ones is gone."""
    for node in list(_everywhere):
        node.kept.clear()


setting_changed.connect(_forget)
