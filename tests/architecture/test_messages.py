"""Every message has its English, and the committed catalogue is that of the source."""

from __future__ import annotations

import ast
import re

import pytest

from . import messages, unmarked

pytestmark = pytest.mark.architecture
UPDATE = "run `PYTHONPATH=src:. .venv/bin/python -m tests.architecture.messages`"


def _keys(texts):
    return {(each.context, messages.forms(each.id)) for each in texts if each.id}


@pytest.fixture(scope="module")
def source():
    return messages.catalogue()


@pytest.fixture(scope="module")
def english():
    return messages.read()


def test_every_message_of_the_source_is_in_the_catalogue(source, english):
    assert _keys(source) - _keys(english) == set(), UPDATE


def test_the_catalogue_keeps_nothing_the_source_no_longer_says(source, english):
    assert _keys(english) - _keys(source) == set(), UPDATE
    assert english.obsolete == {}


def test_every_message_has_an_english_text(english):
    assert [each.id for each in messages.untranslated(english)] == []
    assert [each.id for each in english if each.id and each.fuzzy] == []


def test_both_languages_fill_in_the_same(english):
    unlike = {}
    for each in english:
        vietnamese = messages.placeholders(messages.forms(each.id)[0]) if each.id else set()
        for text in messages.forms(each.string) if each.id else ():
            if messages.placeholders(text) != vietnamese:
                unlike[each.id] = text
    assert unlike == {}


def test_no_english_text_is_vietnamese_left_as_it_was(english):
    same = {each.id for each in english if each.id and each.id == each.string}
    assert {words for words in same if messages.has_vietnamese_letters(words)} == set()


def test_vietnamese_has_one_form_for_one_and_many(english):
    assert [each.id for each in english if each.pluralizable and len(set(each.id)) > 1] == []


def test_a_counted_message_is_counted_wherever_it_is_said():
    # gettext without a number would show the English of exactly one.
    said = messages.said()
    plain = {words for words in said if isinstance(words, str)}
    assert plain & {words[0] for words in said if not isinstance(words, str)} == set()


def test_the_compiled_catalogue_is_that_of_the_written_one(english):
    assert messages.compiled(english) == messages.MO.read_bytes(), UPDATE


# Where Vietnamese words are no message: the gallery, which only developers see, is not translated.
NAMES_AND_EXAMPLES = {
    "web/officer/directory/words.py": ["Quận Hồng Bàng | Quận Lê Chân", "Nội khoa | Nhi khoa"],
    "web/public/registration/templates/contact.html": ['{% field form.street example="1 Phố Mẫu" %}'],
    "web/public/registration/templates/applicant.html": [
        '{% field form.full_name example="Nguyễn Thị Lan" %}'
    ],
    "web/ui/browser_name.py": ["Cốc Cốc"],
    "web/ui/templatetags/ui.py": ["ĐDCN", "ĐKKCB BĐ"],
}


def test_the_doors_say_nothing_in_vietnamese_that_is_no_message():
    web = messages.SOURCE / "web"
    by_file = {
        path.relative_to(messages.SOURCE).as_posix(): unmarked.in_file(path)
        for path in messages.files()
        if path.is_relative_to(web) and "gallery" not in path.as_posix()
    }
    last_resort = by_file.pop("web/ui/errors.py")  # the page without templates says both languages
    assert all("<!doctype html>" in words for words in last_resort)
    assert {name: words for name, words in by_file.items() if words} == NAMES_AND_EXAMPLES


def test_no_message_stands_inside_an_f_string():
    """Before Python 3.12 nobody finds it there: what the catalogue holds would depend on the version."""
    called = re.compile(rf"\b(?:{'|'.join(messages.KEYWORDS)})\(")
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(messages.SOURCE.rglob("*.py"))}
    inside = [
        f"{path.name}:{call.lineno}"
        for path, source in sources.items()
        if called.search(source)  # reading all of them as Python takes seconds
        for text in ast.walk(ast.parse(source))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in messages.KEYWORDS
    ]
    assert inside == []
