from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.making.employers import SAO_MAI
from tests.making.registrations import BINH, LAN
from vssid.domain.employers.invitations import answering, rules, sending
from vssid.domain.employers.invitations.rules import Channel
from vssid.domain.employers.invitations.tests import invited
from vssid.domain.employers.invitations.tests.invited import Workers
from vssid.domain.employers.models import Invitation, InvitationRound, Inviting
from vssid.domain.employers.seats.roles import Role
from vssid.infra.documents import qr
from vssid.kernel.actor import person
from vssid.web.employer.tests import cast

pytestmark = pytest.mark.django_db
PAGE, SEND, WORKERS = "/don-vi/moi", "/don-vi/moi/gui", "/don-vi/nguoi-lao-dong"


@pytest.fixture
def workers() -> Workers:
    return invited.make_workers()


@pytest.fixture
def tuan(workers: Workers) -> Client:
    """Tuấn's browser, of Sao Mai."""
    return cast.tuan()


def text_of(answer: Any) -> str:
    """What a page says."""
    return str(answer.content.decode())


def test_those_ticked_are_seen_before_anything_is_sent(workers: Workers, tuan: Client) -> None:
    text = text_of(tuan.post(SEND, {"nguoi": [workers.lan], "kenh": "sms"}))
    assert "Tin nhắn: 1 người sẽ được mời" in text
    assert not InvitationRound.objects.exists()


def test_those_ticked_are_invited_and_the_round_says_what_came_of_it(workers: Workers, tuan: Client) -> None:
    answer = tuan.post(SEND, {"nguoi": [workers.lan], "kenh": "sms", "buoc-moi": "2"})
    row = InvitationRound.objects.get()
    assert answer["Location"] == f"{PAGE}/{row.id}"
    assert "Đang gửi" in text_of(tuan.get(f"{PAGE}/{row.id}"))
    sending.work(row.id, now=timezone.now())
    assert "Đang gửi" not in text_of(tuan.get(f"{PAGE}/{row.id}"))
    assert row.made_by_name == "Trần Tuấn"
    assert "Trần Tuấn" in text_of(tuan.get(PAGE))


def test_all_that_fit_are_invited_and_who_is_passed_over_is_counted(workers: Workers, tuan: Client) -> None:
    chosen = {"tat-ca": "1", "buoc": "0", "tim": "", "phong": "", "kenh": "email"}
    text = text_of(tuan.post(SEND, chosen))
    assert "E-mail: 1 người sẽ được mời" in text
    assert "đơn vị chưa ghi e-mail" in text
    tuan.post(SEND, chosen | {"buoc-moi": "2"})
    assert Invitation.objects.get().person_id == workers.lan


def test_all_that_fit_are_those_of_the_search(workers: Workers, tuan: Client) -> None:
    tuan.post(SEND, {"tat-ca": "1", "tim": "binh", "kenh": "slip", "buoc-moi": "2"})
    assert Invitation.objects.get().person_id == workers.binh


@pytest.mark.parametrize("typed", [{}, {"nguoi": ["x", "99999999999999999999"]}, {"kenh": "fax"}])
def test_where_nobody_can_be_invited_it_is_said(tuan: Client, typed: dict[str, Any]) -> None:
    answer = tuan.post(SEND, typed | {"buoc-moi": "2"})
    assert answer.status_code == 422
    assert "Không ai trong số đã chọn" in text_of(answer)
    assert not InvitationRound.objects.exists()


def test_a_second_text_within_the_week_is_refused_with_why(workers: Workers, tuan: Client) -> None:
    chosen = {"nguoi": [workers.lan], "kenh": "sms", "buoc-moi": "2"}
    tuan.post(SEND, chosen)
    answer = tuan.post(SEND, chosen)
    assert answer.status_code == 422
    assert f"đã được nhắn trong {rules.PAUSE.days} ngày qua" in text_of(answer)


def test_a_reader_invites_nobody_and_prints_no_slip(workers: Workers) -> None:
    number = invited.invite(workers.lan, channel=Channel.SLIP, now=timezone.now())
    reader = cast.tuan(Role.READER)
    assert reader.post(SEND, {"nguoi": [workers.lan], "buoc-moi": "2"}).status_code == 403
    assert reader.get(f"{PAGE}/{number}/phieu.pdf").status_code == 403
    assert reader.post(f"{PAGE}/ma-chung").status_code == 403
    assert InvitationRound.objects.count() == 1
    assert 'name="nguoi"' not in text_of(reader.get(WORKERS))


def test_slips_are_the_same_each_time_and_leave_out_who_stopped(workers: Workers, tuan: Client) -> None:
    number = invited.invite(channel=Channel.SLIP, now=timezone.now())
    page = f"{PAGE}/{number}/phieu.pdf"
    first, second = printed(tuan.get(page)), printed(tuan.get(page))
    assert first == second
    code = invited.code_of(workers.lan)
    for words in (LAN.full_name, BINH.full_name, f"{code[:4]}-{code[4:8]}-{code[8:]}"):
        assert words in first, words
    assert LAN.bhxh_code not in first
    answering.stop(invited.look(code, now=timezone.now()), now=timezone.now())
    assert LAN.full_name not in printed(tuan.get(page))
    for row in Invitation.objects.filter(ended_at=None):
        answering.stop(invited.look(invited.code_of(row.person_id), now=timezone.now()), now=timezone.now())
    assert tuan.get(page).status_code == 404


def test_a_round_of_texts_has_no_slips(workers: Workers, tuan: Client) -> None:
    number = invited.invite(workers.lan, now=timezone.now())
    assert tuan.get(f"{PAGE}/{number}/phieu.pdf").status_code == 404


def test_the_qr_of_a_slip_opens_the_invitation(workers: Workers, tuan: Client) -> None:
    number = invited.invite(workers.lan, channel=Channel.SLIP, now=timezone.now())
    page = pdfium.PdfDocument(tuan.get(f"{PAGE}/{number}/phieu.pdf").content)[0]
    (address,) = qr.read_qr(page.render(scale=3).to_pil())
    assert address.endswith(f"/moi/{invited.code_of(workers.lan)}")
    assert Client().get(f"/moi/{invited.code_of(workers.lan)}").status_code == 200


def test_the_poster_has_a_code_of_the_employer_and_an_old_one_is_dropped(tuan: Client) -> None:
    assert tuan.get(f"{PAGE}/ap-phich.pdf").status_code == 404
    tuan.post(f"{PAGE}/ma-chung")
    code = Inviting.objects.get(employer_code=SAO_MAI).poster_code
    assert code
    assert f"/moi/{code}" in text_of(tuan.get(PAGE))
    poster = tuan.get(f"{PAGE}/ap-phich.pdf")
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in printed(poster)
    (address,) = qr.read_qr(pdfium.PdfDocument(poster.content)[0].render(scale=2).to_pil())
    assert address.endswith(f"/moi/{code}")
    tuan.post(f"{PAGE}/ma-chung", {"moi": "1"})
    assert Client().get(f"/moi/{code}").status_code == 404


def test_who_hides_shows_the_stage_alone_on_the_list(workers: Workers, tuan: Client) -> None:
    assert "Người lao động chỉ cho xem bước" not in text_of(tuan.get(WORKERS))
    answering.set_hides(workers.lan, SAO_MAI, hides=True, by=person(workers.lan), now=timezone.now())
    text = text_of(tuan.post(WORKERS, {"tim": "lan"}))
    assert "Người lao động chỉ cho xem bước" in text
    assert "Cần được mời" not in text
    assert "Chưa mời" in text


def test_who_stopped_is_told_to_hr(workers: Workers, tuan: Client) -> None:
    answering.set_stopped(workers.lan, SAO_MAI, stopped=True, by=person(workers.lan), now=timezone.now())
    assert "Không muốn nhận lời mời của đơn vị" in text_of(tuan.post(WORKERS, {"tim": "lan"}))


def printed(answer: Any) -> str:
    """The words of a PDF."""
    assert answer["Content-Type"] == "application/pdf"
    pages = pdfium.PdfDocument(answer.content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def test_at_night_a_text_waits_for_the_morning_and_both_pages_say_so(
    workers: Workers, wednesday: time_machine.Traveller
) -> None:
    wednesday.move_to(timezone.now().replace(hour=14, minute=30))  # 21:30 in Việt Nam
    tuan = cast.tuan()
    chosen = {"nguoi": [workers.lan], "kenh": "sms"}
    assert "Tin gửi đi từ 07:00, 19/11/2026" in text_of(tuan.post(SEND, chosen))
    assert "Tin gửi đi từ" not in text_of(tuan.post(SEND, chosen | {"kenh": "email"}))
    there = tuan.post(SEND, chosen | {"buoc-moi": "2"})["Location"]
    assert "tin gửi đi từ 07:00, 19/11/2026" in text_of(tuan.get(there))
    assert "Chờ giờ gửi" in text_of(tuan.get(there))
