"""`./vssid adopt`: nothing happens before a yes, and each refusal says what to do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from vssid.cli import adopting
from vssid.cli.checks import proving
from vssid.domain.installation import actions as installation
from vssid.domain.installation import marker, standing
from vssid.domain.installation.models import Installation
from vssid.domain.notifications import actions
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import sending, waiting
from vssid.domain.vault import sealing as vault
from vssid.kernel.ids import Phone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, on a database that was looked at before."""
    settings.DATA, settings.INSTALLATION = tmp_path, None
    monkeypatch.setattr(adopting.database, "ready", lambda: None)
    return tmp_path


def make_message(*, hours: int, kind: str = "reminder") -> Message:
    """A text that was made some hours ago and waits."""
    subject, at = vault.new_subject_id(), timezone.now() - timedelta(hours=hours)
    number = actions.send_sms(
        to=Phone.parse_mobile("0912345678"),
        text="BHXH: ho so da nhan.",
        kind=kind,
        subject_id=subject,
        now=at,
        expires_in=timedelta(days=3),
    )
    return Message.objects.get(subject_id=subject, id=number)


@pytest.fixture
def copy() -> standing.Standing:
    """A restored database with one old and two new texts."""
    installation.begin(now=timezone.now())
    for hours in (5, 0, 0):
        make_message(hours=hours)
    Installation.objects.update(place="7000000000000000000/16384")
    return standing.now()


def adopt(capsys, *, join: bool = False, older: int = 1, yes: bool = False) -> tuple[int, str]:
    status = adopting.run(join=join, older=older, yes=yes)
    return status, capsys.readouterr().out


def states() -> list[tuple[str, str]]:
    return sorted(Message.objects.values_list("state", "reason"))


def test_where_nobody_can_say_yes_it_shows_and_changes_nothing(copy, capsys):
    status, said = adopt(capsys)
    assert status == 1
    assert "Sẽ gửi 2 tin. Sẽ bỏ 1 tin" in said
    assert "--yes" in said
    assert standing.now() == copy
    assert states() == [("created", "")] * 3


def test_with_a_yes_the_old_are_dropped_and_their_texts_erased(copy, capsys):
    assert adopt(capsys, yes=True)[0] == 0
    assert not standing.now().is_halted
    assert states() == [("created", ""), ("created", ""), ("expired", "dropped")]
    assert Message.objects.get(state="expired").body is None


def test_the_operator_says_what_is_old(copy, capsys):
    assert "Sẽ gửi 3 tin. Sẽ bỏ 0 tin" in adopt(capsys, older=6)[1]
    assert "Sẽ gửi 0 tin. Sẽ bỏ 3 tin" in adopt(capsys, older=0)[1]


def test_what_is_no_copy_is_left_alone(capsys):
    installation.begin(now=timezone.now())
    make_message(hours=5)
    status, said = adopt(capsys, yes=True, older=0)
    assert status == 0
    assert "Không có gì phải nhận" in said
    assert states() == [("created", "")]


def test_under_the_number_of_the_original_nothing_is_dropped(copy, capsys, settings):
    settings.INSTALLATION = copy.uid
    status, said = adopt(capsys, yes=True)
    assert status == 1
    assert "VSSID_INSTALLATION" in said
    assert states() == [("created", "")] * 3


def test_a_machine_joins_and_nothing_is_dropped(copy, capsys, folder):
    status, said = adopt(capsys, join=True)
    assert (status, "bản sao" in said) == (1, True)
    Installation.objects.update(place=copy.place)
    marker.write(uuid4())
    assert "--join" in adopting.sentence(standing.now())
    assert adopt(capsys, join=True)[0] == 0
    assert not standing.now().is_halted
    assert states() == [("created", "")] * 3


def test_check_tells_a_copy(copy):
    assert any("ĐÂY LÀ BẢN SAO" in fault for fault in proving.faults())


def test_a_copy_sends_nothing_by_any_way_and_uses_up_no_attempt(copy, monkeypatch):
    from vssid.domain.notifications.outbox import channels

    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("sent")

    monkeypatch.setattr(channels, "send", refuse)
    now = timezone.now()
    for message in Message.objects.all():
        for channel in ("sms", "email", "push"):
            Message.objects.filter(id=message.id).update(channel=channel)
            sending.attempt(message.subject_id, message.id, clock=lambda: now)
    assert states() == [("created", "")] * 3
    assert set(Message.objects.values_list("attempts", flat=True)) == {0}


def test_what_would_be_sent_is_told_by_kind_with_its_age(copy):
    now = timezone.now()
    make_message(hours=2, kind="phone_code")
    code, reminder = waiting.waiting(before=now - timedelta(hours=1), now=now)
    assert (code.kind, code.count, code.old) == ("phone_code", 1, 1)
    assert (reminder.kind, reminder.count, reminder.old) == ("reminder", 3, 1)
    assert timedelta(hours=4.9) < now - reminder.oldest < timedelta(hours=5.1)


def test_what_ran_out_by_itself_would_not_be_sent():
    make_message(hours=80)
    now = timezone.now()
    assert waiting.waiting(before=now, now=now) == []
