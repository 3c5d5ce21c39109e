"""Two officers for one file, at the pages: told, confirmed, sent back, and who is asked."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.making.registrations import HONG_BANG, NOW, make_ready
from tests.page_text import text_of
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.registration.models import Application, WalkIn
from vssid.web.officer.tests.desk import file_of, hanh, minh, ngoc, press_approve

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everything_takes_two(settings: Any) -> None:
    settings.SECOND_SHARE = 100


def test_the_second_officer_confirms_what_the_first_approved() -> None:
    first, second, application = minh(), ngoc(), make_ready()
    answer = press_approve(first, file_of(application, "duyet"))
    said = text_of(first.get(answer["Location"]).content)
    assert "Đã ghi nhận duyệt lần một. Tài khoản được mở khi cán bộ thứ hai duyệt." in said
    assert "1 cán bộ xét duyệt khác của cơ quan có thể duyệt lần hai." in said
    assert "Duyệt lần hai và gửi mật khẩu" not in said
    page = second.get(file_of(application)).content
    said = text_of(page)
    assert "Minh đã duyệt lần một lúc 20:14, 18/11/2026." in said
    assert "Hồ sơ được chọn ngẫu nhiên để hai cán bộ cùng duyệt." in said
    assert "Ảnh chưa rõ nhưng đã đối chiếu bản chính, đúng người" in said
    assert "Duyệt lần hai và gửi mật khẩu" in said
    assert press_approve(second, file_of(application, "duyet-lan-hai")).status_code == 302
    assert Application.objects.get(id=application).state == "approved"


def test_the_first_officer_is_told_to_leave_it_and_another_office_does_not_see_it() -> None:
    first, elsewhere, application = minh(), hanh(), make_ready()
    press_approve(first, file_of(application, "duyet"))
    answer = press_approve(first, file_of(application, "duyet-lan-hai"))
    assert answer.status_code == 409
    assert "Minh đã duyệt lần một lúc 20:14, 18/11/2026" in text_of(answer.content)
    for button in ("duyet-lan-hai", "tra-lai"):
        assert elsewhere.post(file_of(application, button)).status_code == 404
    assert Application.objects.get(id=application).state == "received"


def test_sent_back_the_office_reads_why() -> None:
    first, second, application = minh(), ngoc(), make_ready()
    press_approve(first, file_of(application, "duyet"))
    answer = second.post(file_of(application, "tra-lai"), {"text": "Ảnh mặt sau"})
    assert answer.status_code == 422
    assert "Chọn ít nhất một lý do." in text_of(answer.content)
    sent = {"reasons": ["look_again"], "text": "Ảnh mặt sau chưa rõ."}
    assert second.post(file_of(application, "tra-lai"), sent).status_code == 302
    said = text_of(first.get(file_of(application)).content)
    assert "Ngọc trả lại lúc 20:14, 18/11/2026" in said
    assert "Ảnh mặt sau chưa rõ." in said
    assert "Duyệt và gửi mật khẩu" in said


def test_the_queue_lists_and_counts_those_that_wait_and_does_not_offer_them_to_the_first() -> None:
    first, second, application = minh(), ngoc(), make_ready()
    press_approve(first, file_of(application, "duyet"))
    said = text_of(second.get(reverse("officer:queue"), {"xem": "cho-hai"}).content)
    assert Application.objects.get().number in said
    assert "Chờ cán bộ thứ hai" in said
    assert first.post("/can-bo/tiep/ho-so")["Location"].startswith("/can-bo")
    assert str(application) not in first.post("/can-bo/tiep/ho-so")["Location"]
    assert str(application) in second.post("/can-bo/tiep/ho-so")["Location"]


def test_who_took_it_in_is_told_before_deciding_and_the_history_says_it(settings: Any) -> None:
    settings.SECOND_SHARE, settings.SECOND_RISK, settings.SECOND_INTAKE = 0, 6, 5
    client, application = minh(), make_ready()
    colleague = ngoc()
    WalkIn.objects.create(
        subject_id=application,
        office_id=HONG_BANG,
        officer_id=Account.objects.get(login="minh").person_id,
        officer_name="Minh",
        begun_at=NOW,
    )
    said = text_of(client.get(file_of(application)).content)
    assert "tự lập rồi tự duyệt: thêm 5 điểm; từ 6 điểm cần hai cán bộ." in said
    assert "Nếu bạn duyệt, hồ sơ sẽ chờ cán bộ thứ hai." in said
    answer = press_approve(client, file_of(application, "duyet"))
    said = text_of(client.get(answer["Location"]).content)
    assert "Người duyệt lần một cũng là người lập hồ sơ tại quầy" in said
    assert "duyệt lần một hồ sơ do chính mình lập tại quầy, chờ cán bộ thứ hai" in said
    assert "tự lập rồi tự duyệt" not in text_of(colleague.get(file_of(application)).content)
