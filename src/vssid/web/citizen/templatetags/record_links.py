"""Addresses of pages that the own record and a child's both have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from ..record.record_owner import address_of

register = template.Library()


@register.simple_tag(takes_context=True)
def record_url(context: Mapping[str, Any], page: str, *args: object) -> str:
    """The address of `page` of the record that is shown: one's own, or the child's of `link_id`."""
    return address_of(page, context.get("link_id"), *args)
