"""Addresses that are worked out once are those that Django works out."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse

from vssid.web.ui.pages.addresses import address
from vssid.web.ui.templatetags.links import FixedAddress


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{% url 'ui:offline' %}", "/ngoai-tuyen"),
        ("{% url 'ui:offline' as here %}[{{ here }}]", "[/ngoai-tuyen]"),
        ("{% url name %}", "/ngoai-tuyen"),
        ("{% url 'citizen:participation_of' tab %}", "/qua-trinh/bhyt"),
        ("{% url 'ui:nowhere' as here %}[{{ here }}]", "[]"),
    ],
)
def test_the_tag_gives_what_djangos_gives(written, shown):
    context = Context({"name": "ui:offline", "tab": "bhyt"})
    assert [Template(written).render(context) for _ in range(2)] == [shown, shown]


def test_only_what_takes_nothing_is_kept():
    kept = [Template(text).nodelist[0] for text in ("{% url 'ui:offline' %}", "{% url name %}")]
    assert [isinstance(node, FixedAddress) for node in kept] == [True, False]


def test_a_name_that_no_page_has_is_refused_each_time():
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            address("ui:nowhere")
    assert address("ui:offline") == reverse("ui:offline")
