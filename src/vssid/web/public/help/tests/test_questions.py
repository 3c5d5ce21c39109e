"""The help page: lines, own office, questions found without a script; the book that knows nobody."""

import pytest

from tests.making.registrations import HONG_BANG, make_office
from vssid.domain.participants.models.people import Person
from vssid.domain.support.help import faq
from vssid.web.citizen.tests.cast import browser, enter, make_worker

pytestmark = pytest.mark.django_db


def test_it_names_both_lines_with_cost_and_hours(client):
    page = client.get("/tro-giup").content.decode()
    assert 'href="tel:19009068"' in page
    assert "1.000 đ mỗi phút" in page
    assert 'href="tel:02437899999"' in page
    assert "giờ hành chính" in page


def test_every_question_is_on_the_page(client):
    page = client.get("/tro-giup").content.decode()
    assert page.count("data-question") == len(faq.questions("vi"))


def test_words_without_marks_bring_the_answer_first_and_keep_the_others(client):
    page = client.get("/tro-giup", {"q": "quen mat khua"}).content.decode()
    assert page.index('id="quen"') < page.index("Câu hỏi khác") < page.index('id="can-gi"')
    assert page.count("data-question") == len(faq.questions("vi"))


def test_words_nobody_wrote_say_what_to_do(client):
    page = client.get("/tro-giup", {"q": "xyzzy"}).content.decode()
    assert "Chưa có câu trả lời nào" in page
    assert page.count("data-question") == len(faq.questions("vi"))


def test_what_is_typed_is_shown_as_text(client):
    assert "<script>x" not in client.get("/tro-giup", {"q": "<script>x"}).content.decode()


def test_a_signed_in_person_sees_the_own_office_and_a_stranger_does_not(client):
    make_office()
    person_id = make_worker()
    Person.objects.filter(person_id=person_id).update(office_id=HONG_BANG)
    lan = browser()
    enter(lan)
    page = lan.get("/tro-giup").content.decode()
    assert "Cơ quan BHXH của bạn" in page
    assert "0225 000 0000" in page
    assert "Cơ quan BHXH của bạn" not in client.get("/tro-giup").content.decode()


def test_the_book_holds_both_languages_and_is_the_same_for_everybody(client):
    stranger = client.get("/tro-giup/ngoai-tuyen")
    page = stranger.content.decode()
    assert page.count("data-question") == 2 * len(faq.questions("vi"))
    make_worker()
    lan = browser()
    enter(lan)
    lan.cookies["vssid-lang"] = "en"
    assert lan.get("/tro-giup/ngoai-tuyen").content == stranger.content


@pytest.mark.parametrize(
    ("path", "slug"), [("/", "trang-chu"), ("/dang-ky", "bat-dau-dang-ky"), ("/dang-nhap", "dang-nhap")]
)
def test_each_screen_links_its_guide(client, path, slug):
    assert f'href="/tro-giup/huong-dan/{slug}"' in client.get(path).content.decode()
    guide = client.get(f"/tro-giup/huong-dan/{slug}")
    assert guide.status_code == 200
    assert guide.content.decode().count("<svg class") >= 2


def test_the_screens_of_a_signed_in_person_link_their_guides():
    make_worker()
    lan = browser()
    enter(lan)
    for path, slug in (("/", "trang-chu"), ("/the", "the"), ("/qua-trinh/bhtn", "qua-trinh")):
        assert f'href="/tro-giup/huong-dan/{slug}"' in lan.get(path).content.decode()


def test_a_guide_that_does_not_exist_is_not_found(client):
    assert client.get("/tro-giup/huong-dan/khong-co").status_code == 404
