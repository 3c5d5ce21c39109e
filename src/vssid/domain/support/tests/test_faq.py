"""Questions and answers are whole, in both languages, with their sources."""

import pytest
from django.urls import resolve

from tests.architecture.messages import has_vietnamese_letters

from ..help import faq


def test_there_are_at_least_25_questions_with_slugs_of_their_own():
    slugs = [question.slug for question in faq.questions("vi")]
    assert len(slugs) >= 25
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("language", faq.LANGUAGES)
def test_every_question_has_words_a_group_a_source_and_a_mark(language):
    titles = faq.read(f"faq_{language}")["groups"]
    for question in faq.questions(language):
        assert question.ask.strip(), question.slug
        assert len(question.answer) > 60, question.slug
        assert question.tags, question.slug
        assert question.group in titles, question.slug
        assert question.source, question.slug
        assert question.mark in {"S", "C", "M", "?", "own"}, question.slug
        assert bool(question.url) == bool(question.label), question.slug
        assert "{" not in question.ask + question.answer, question.slug


def test_an_answer_that_is_not_sure_sends_the_reader_to_the_office():
    unsure = [question.slug for question in faq.questions("vi") if question.mark in {"M", "?"}]
    assert unsure
    for question in faq.questions("vi"):
        if question.slug in unsure:
            assert "hãy hỏi cơ quan BHXH" in question.answer, question.slug
    for question in faq.questions("en"):
        if question.slug in unsure:
            assert "please ask the BHXH office" in question.answer, question.slug


def test_the_english_is_complete_and_english():
    vietnamese, english = faq.read("faq_vi"), faq.read("faq_en")
    assert list(english["questions"]) == [row["slug"] for row in vietnamese["questions"]]
    assert list(english["groups"]) == list(vietnamese["groups"])
    for question in faq.questions("en"):
        assert not has_vietnamese_letters(question.ask + question.answer + question.label), question.slug


def test_every_address_in_an_answer_is_a_page():
    for question in faq.questions("vi"):
        if question.url:
            assert getattr(resolve(question.url).func, "access", "") in {"public", "citizen"}


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
