"""Questions and answers are whole, in both languages, with their sources."""

import pytest
from django.urls import resolve

from tests.architecture.messages import has_vietnamese_letters

from ..help import faq


def test_there_are_at_least_25_questions_with_slugs_of_their_own():
    slugs = [one.slug for one in faq.questions("vi")]
    assert len(slugs) >= 25
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("language", faq.LANGUAGES)
def test_every_question_has_words_a_group_a_source_and_a_mark(language):
    titles = faq.read(f"faq_{language}")["groups"]
    for one in faq.questions(language):
        assert one.ask.strip(), one.slug
        assert len(one.answer) > 60, one.slug
        assert one.tags, one.slug
        assert one.group in titles, one.slug
        assert one.source, one.slug
        assert one.mark in {"S", "C", "M", "?", "own"}, one.slug
        assert bool(one.url) == bool(one.label), one.slug
        assert "{" not in one.ask + one.answer, one.slug


def test_an_answer_that_is_not_sure_sends_the_reader_to_the_office():
    unsure = [one.slug for one in faq.questions("vi") if one.mark in {"M", "?"}]
    assert unsure
    for one in faq.questions("vi"):
        if one.slug in unsure:
            assert "hãy hỏi cơ quan BHXH" in one.answer, one.slug
    for one in faq.questions("en"):
        if one.slug in unsure:
            assert "please ask the BHXH office" in one.answer, one.slug


def test_the_english_is_complete_and_english():
    vietnamese, english = faq.read("faq_vi"), faq.read("faq_en")
    assert list(english["questions"]) == [row["slug"] for row in vietnamese["questions"]]
    assert list(english["groups"]) == list(vietnamese["groups"])
    for one in faq.questions("en"):
        assert not has_vietnamese_letters(one.ask + one.answer + one.label), one.slug


def test_every_address_in_an_answer_is_a_page():
    for one in faq.questions("vi"):
        if one.url:
            assert getattr(resolve(one.url).func, "access", "") in {"public", "citizen"}


def test_an_unknown_language_reads_the_source():
    assert faq.questions("fr") == faq.questions("vi")


def test_the_edition_is_that_of_the_words(monkeypatch):
    before = faq.edition()
    faq.edition.cache_clear()
    assert faq.edition() == before
    faq.edition.cache_clear()
    monkeypatch.setattr(faq, "questions", lambda language: (language,))
    assert faq.edition() != before
    faq.edition.cache_clear()
