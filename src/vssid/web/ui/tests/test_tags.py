"""Vietnamese values, and fields that screen readers understand."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.utils import translation

from vssid.kernel.ids import BhxhCode, Phone
from vssid.web.ui.context import section

from ..forms.day_field import DayField
from ..pages.gallery import SampleForm

LATE = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # already the 23rd in Việt Nam


def drawn(source, **context):
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ v|ngay }}", "23/11/2026"),
        ("{{ v|ngay_gio }}", "01:30, 23/11/2026"),
        ("{{ v|gio }}", "01:30"),
        ("{{ v|luc }}", "2026-11-23T01:30:00+07:00"),
        ("{{ v|thang }}", "11/2026"),
        ("{{ v|thu }}", "thứ Hai"),
        ("{{ nothing|ngay }}", "–"),
    ],
)
def test_moments_are_shown_in_vietnamese_time(source, text):
    assert drawn(source, v=LATE) == text


def test_money_has_dots_and_its_unit():
    assert drawn("{{ v|tien }}", v=12345678) == "12.345.678 đ"
    assert drawn("{{ v|tien }}", v=0) == "0 đ"


def test_a_code_is_grouped_for_reading():
    assert drawn("{{ v|bhxh }}", v=BhxhCode.parse("0000000001")) == "0000 000 001"


def test_a_redacted_value_stays_hidden_unless_revealed():
    phone = Phone.parse("0912345678")
    assert drawn("{{ v }}", v=phone) == "«phone»"
    assert drawn("{{ v|reveal }}", v=phone) == "+84912345678"


def test_an_abbreviation_is_spoken_in_full():
    assert '<span class="sr">bảo hiểm y tế</span>' in drawn('{% abbr "BHYT" %}')


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in drawn('{% icon "card" %}')
    assert 'role="img" aria-label="Thẻ &lt;b&gt;"' in drawn('{% icon "card" label=v %}', v="Thẻ <b>")


def test_a_fixed_part_knows_nothing_of_the_page():
    assert 'value="dark" aria-pressed="true"' in drawn('{% fixed "ui/theme_buttons.html" theme="dark" %}')
    assert 'value="dark" aria-pressed="false"' in drawn('{% fixed "ui/theme_buttons.html" %}', theme="dark")


def test_a_fixed_part_is_kept_for_each_language():
    assert "Sáng" in drawn('{% fixed "ui/theme_buttons.html" %}')
    with translation.override("en"):
        assert "Sáng" not in drawn('{% fixed "ui/theme_buttons.html" %}')


@pytest.mark.parametrize(
    ("path", "address"), [("/", "/"), ("/the/ma", "/"), ("/tra-cuu/x", "/tra-cuu"), ("/dang-nhap", "")]
)
def test_the_bottom_bar_marks_the_section_of_the_page(path, address):
    html = drawn("{% nav %}", section=section(path))
    assert re.findall(r'href="([^"]*)" aria-current="page"', html) == ([address] if address else [])
    assert html.count("<li>") == 4


def test_what_a_person_typed_is_escaped_in_notes():
    html = drawn('{% note "bad" title=v %}{{ v }}{% endnote %}', v="<script>")
    assert "<script>" not in html


def test_help_example_and_error_are_tied_to_the_control():
    form = SampleForm({"code": ""})
    html = drawn('{% field form.code example="0000 000 001" %}', form=form)
    (control,) = re.findall(r"<input[^>]+>", html)
    assert 'aria-describedby="id_code_help id_code_example id_code_error"' in control
    assert 'aria-invalid="true"' in control
    assert 'inputmode="numeric"' in control
    for name in ("id_code_help", "id_code_example", "id_code_error"):
        assert html.count(f'id="{name}"') == 1
    assert '<label for="id_code">' in html


def test_a_fine_field_has_no_trace_of_an_error():
    html = drawn("{% field form.password %}", form=SampleForm())
    assert "aria-invalid" not in html
    assert "aria-describedby" not in html


def test_radios_are_a_group_with_a_legend():
    html = drawn("{% field form.sex %}", form=SampleForm())
    assert html.strip().startswith("<fieldset")
    assert "<legend>Giới tính" in html


def test_the_summary_links_to_each_field_and_names_empty_ones():
    form = SampleForm({"code": "1", "birth": "31/02/1990"})
    html = drawn("{% error_summary form %}", form=form)
    assert '<a href="#id_birth">Ngày chưa đúng' in html
    assert '<a href="#id_sex_0">Hãy điền: Giới tính.</a>' in html


def test_a_form_without_errors_has_no_summary():
    assert drawn("{% error_summary form %}", form=SampleForm()) == ""


@pytest.mark.parametrize("typed", ["02/01/1990", "2-1-1990", "02.01.1990", "02011990", " 2 / 1 / 1990 "])
def test_a_day_is_read_as_people_type_it(typed):
    assert DayField().clean(typed) == date(1990, 1, 2)


@pytest.mark.parametrize("typed", ["1990-01-02", "31/02/1990", "1/1", "01/02/90", "٠٢/01/1990", "00/00/0000"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(Exception, match="ngày"):
        DayField().clean(typed)


def test_the_back_arrow_needs_an_address():
    assert drawn("{% backlink %}  {% endbacklink %}") == ""
    assert 'href="/the"' in drawn("{% backlink %}/the{% endbacklink %}")


def test_the_ring_never_leaves_its_circle():
    assert 'stroke-dasharray="100.0 100"' in drawn("{% ring 20 10 %}")
    assert "stroke-dasharray" not in drawn("{% ring 0 10 %}")


def test_what_a_tag_says_once_is_kept_for_each_language_and_never_for_values():
    source = '{% translate "Đăng nhập" %}|{% translate word %}|{% icon "ok" label=_("Rõ") %}|{% icon name %}'
    template = engines["django"].from_string(source)
    for lang, word, name in (("vi", "Lưu", "ok"), ("en", "Quay lại", "back"), ("vi", "Quay lại", "back")):
        with translation.override(lang):
            said = template.render({"word": word, "name": name}).split("|")
            clear = translation.gettext("Rõ")
            icon = drawn("{% icon name %}", name=name)
            assert said[:2] == [translation.gettext("Đăng nhập"), translation.gettext(word)]
            assert f'aria-label="{clear}"' in said[2]
            assert said[3] == icon


def test_a_part_is_included_with_its_own_values_each_time():
    source = '{% for each in many %}{% include "ui/turn.html" with turn=each %}{% endfor %}'
    one_by_one = [
        drawn('{% include "ui/turn.html" with turn=each %}', each=each) for each in ("office", "person")
    ]
    assert drawn(source, many=["office", "person"]) == "".join(one_by_one)
    assert one_by_one[0] != one_by_one[1]
