"""Django's tags, with what never changes worked out once a language: `translate`, `icon`, `include`.

A page of the console has hundreds of them, and asking for each anew took a fourth of its templates' time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import template
from django.template.base import FilterExpression, Variable
from django.template.loader_tags import IncludeNode, do_include
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language

from . import ui

register = template.Library()


class Kept(template.Node):
    """Says what the node says, which it is asked once for each language."""

    def __init__(self, node: template.Node) -> None:
        self._node = node
        self._said: dict[tuple[str | None, bool], str] = {}

    def render(self, context: template.Context) -> str:
        """From the second time on without asking."""
        key = get_language(), context.autoescape
        if key not in self._said:
            self._said[key] = self._node.render(context)
        return self._said[key]


class FixedInclude(IncludeNode):
    """Includes one template, that is named in the tag; it is looked for once."""

    found: Any = None

    def render(self, context: template.Context) -> Any:
        """As Django's, without looking for the template again."""
        if self.found is None:
            drawn: Any = context.template
            self.found = drawn.engine.get_template(self.template.var)
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        with context.push(**values):
            return self.found.render(context)


@register.tag
def translate(parser: Any, token: Any) -> template.Node:
    """Django's `{% translate %}`; a message that stands in the tag is looked up once a language."""
    says = is_fixed(parser.compile_filter(token.split_contents()[1]))
    node: TranslateNode = do_translate(parser, token)
    return Kept(node) if says and not (node.asvar or node.message_context) else node


@register.tag
def include(parser: Any, token: Any) -> template.Node:
    """Django's `{% include %}`; one that names its template in the tag finds it once."""
    node: IncludeNode = do_include(parser, token)
    name = node.template.var
    if isinstance(name, str) and is_fixed(node.template) and not node.isolated_context and name[:1] != ".":
        return FixedInclude(node.template, extra_context=node.extra_context)
    return node


def is_fixed(expression: FilterExpression) -> bool:
    """Is it a text or a number that stands in the tag?"""
    value = expression.var
    return not expression.filters and not (isinstance(value, Variable) and value.lookups is not None)


def _keeping(name: str) -> Callable[[Any, Any], template.Node]:
    make = ui.register.tags[name]

    def tag(parser: Any, token: Any) -> template.Node:
        node: Any = make(parser, token)
        fixed = all(map(is_fixed, [*node.args, *node.kwargs.values()]))
        return Kept(node) if fixed and node.target_var is None else node

    return tag


register.tag("icon", _keeping("icon"))
