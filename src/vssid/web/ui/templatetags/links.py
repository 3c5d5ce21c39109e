"""Template tags of addresses: builtins in every template (settings.TEMPLATES): `url`, `nav`, `current`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as compile_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ..context import NAV, START
from ..pages.addresses import address

register = template.Library()


class FixedAddress(template.Node):
    """The address of a page that takes nothing."""

    def __init__(self, name: str) -> None:
        self._name = name

    def render(self, context: template.Context) -> str:
        """The same for everybody, always."""
        return address(self._name)


@register.tag
def url(parser: Any, token: Any) -> template.Node:
    """Django's `{% url %}`; one that takes nothing is worked out once."""
    node: URLNode = compile_url(parser, token)
    takes_nothing = not (node.args or node.kwargs or node.asvar or node.view_name.filters)
    return FixedAddress(node.view_name.var) if takes_nothing and isinstance(node.view_name.var, str) else node


@register.simple_tag(takes_context=True)
def nav(context: Mapping[str, Any]) -> SafeString:
    """The entries of the bottom bar, the page's own section marked."""
    return _nav(context.get("section", ""), get_language() or "vi", bool(context.get("signed_in")))


@lru_cache(maxsize=32)
def _nav(here: str, _language: str, signed_in: bool) -> SafeString:
    first = NAV[0][1] if signed_in else START
    entries = [
        (reverse(page), label if at else first, icon) for at, (page, label, icon, _pages) in enumerate(NAV)
    ]
    return mark_safe(render_to_string("ui/nav.html", {"nav": entries, "here": here}).strip())  # noqa: S308


@register.simple_tag
def current(here: object, this: object) -> SafeString:
    """` aria-current="page"` when both are equal, for tabs and lists."""
    return mark_safe(' aria-current="page"') if str(here) == str(this) else mark_safe("")
