"""Every guide is whole in both languages and drawn; every screen people see has one."""

import pytest

from tests.architecture.messages import has_vietnamese_letters
from tests.architecture.urls import routes
from tests.browser.pages import PAGES
from vssid.web.public.help.guide_pictures import PICTURES

from ..help import faq, guides

# Pages that need none: the demo's own, what is read without a network, and the guides themselves.
NO_GUIDE = {
    "/demo/dien-thoai",
    "/demo/giao-dien",
    "/demo/giao-dien/<slug:frame>",
    "/ngoai-tuyen",
    "/tro-giup/ngoai-tuyen",
    "/tro-giup/huong-dan/<slug:slug>",
}
# Where people work: no help of the app.
AT_WORK = ("/can-bo", "/don-vi")


def _screens() -> dict[str, str]:
    """Path → route name of every page for citizens and the public."""
    return {
        route.path: f"{route.view.__module__.split('.')[2]}:{route.name}"
        for route in routes()
        if route.path in PAGES
        and route.access in {"citizen", "public"}
        and not route.path.startswith(AT_WORK)
    }


def test_every_screen_of_citizens_and_the_public_has_a_guide():
    lacking = {name for path, name in _screens().items() if path not in NO_GUIDE and not guides.slug_of(name)}
    assert lacking == set(), "add the screen to data/guides_vi.toml and guides_en.toml"


def test_every_guide_and_question_is_for_a_screen_that_exists():
    names = set(_screens().values())
    told = {screen for guide in guides.guides("vi") for screen in guide.screens}
    assert told - names == set()
    assert {question.screen for question in faq.questions("vi")} - names == set()


def test_a_screen_has_one_guide():
    told = [screen for guide in guides.guides("vi") for screen in guide.screens]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("language", faq.LANGUAGES)
def test_every_guide_has_a_title_and_short_drawn_steps(language):
    for guide in guides.guides(language):
        assert guide.title, guide.slug
        assert 1 <= len(guide.steps) <= 5, guide.slug
        for step in guide.steps:
            assert step.picture in PICTURES, (guide.slug, step.picture)
            assert 10 < len(step.words) < 140, (guide.slug, step.words)


def test_the_english_guides_are_complete_and_english():
    told = faq.read("guides_en")
    assert list(told) == [guide.slug for guide in guides.guides("vi")]
    for guide in guides.guides("en"):
        said = guide.title + "".join(step.words for step in guide.steps)
        assert not has_vietnamese_letters(said), guide.slug


def test_an_unknown_screen_has_no_guide():
    assert guides.slug_of("public:nothing") == ""
    assert guides.guide("nothing", "vi") is None
