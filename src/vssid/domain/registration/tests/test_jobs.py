from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.making.registrations import (
    BINH,
    LAN,
    NOW,
    make_application,
    make_draft,
    make_officer,
    make_person,
    make_ready,
    view,
)
from tests.making.sms import texts_to
from vssid.domain.audit.queries import events_of
from vssid.domain.identity.queries import images_of
from vssid.domain.notifications import actions as notifications
from vssid.domain.notifications.models.messages import Message
from vssid.domain.registration.models import Application, Draft
from vssid.domain.registration.states import State
from vssid.domain.vault.models import SubjectKey
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.ids import Phone

from .. import actions, jobs, queries
from ..desk import looks
from ..draft import drafts, holders

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def row_of(application_id):
    return Application.objects.get(id=application_id)


def local(month, day, hour):
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


def test_an_application_lives_to_the_last_minute_of_its_last_day():
    application_id = make_application()
    assert jobs.expire_due(row_of(application_id).due_at - MINUTE) == 0
    assert row_of(application_id).state == State.SUBMITTED


def test_it_expires_at_24_hours_of_the_last_day_and_is_told():
    application_id = make_application()
    due_at = row_of(application_id).due_at
    assert due_at == datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
    assert jobs.expire_due(due_at) == 1
    assert row_of(application_id).state == State.EXPIRED
    assert len(texts_to(application_id, "application_expired")) == 1


def test_expiry_twice_is_once():
    application_id = make_application()
    due_at = row_of(application_id).due_at
    assert [jobs.expire_due(due_at), jobs.expire_due(due_at + MINUTE)] == [1, 0]
    assert len(texts_to(application_id, "application_expired")) == 1


def test_a_form_handed_in_in_time_does_not_expire():
    application_id = make_ready()
    assert jobs.expire_due(row_of(application_id).due_at + timedelta(days=3)) == 0
    assert row_of(application_id).state == State.RECEIVED


def test_expiry_stops_reminders_that_have_not_left():
    application_id = make_application()
    jobs.remind_due(local(11, 29, 9))
    jobs.expire_due(row_of(application_id).due_at)
    assert texts_to(application_id, "reminder") == []
    assert Message.objects.get(subject_id=application_id, kind="reminder").state == "expired"


def test_one_bad_application_does_not_stop_the_others(monkeypatch):
    bad, good = make_application(), make_application(BINH)
    expire = actions.expire

    def stumbling(application_id, *, now):
        if application_id == bad:
            raise RuntimeError
        return expire(application_id, now=now)

    monkeypatch.setattr(actions, "expire", stumbling)
    assert jobs.expire_due(row_of(good).due_at) == 1
    assert (row_of(bad).state, row_of(good).state) == (State.SUBMITTED, State.EXPIRED)


def test_expiry_that_fails_halfway_changes_nothing(monkeypatch):
    application_id = make_application()

    def broken(**_):
        raise RuntimeError

    monkeypatch.setattr(notifications, "send_sms", broken)
    assert jobs.expire_due(row_of(application_id).due_at) == 0
    assert row_of(application_id).state == State.SUBMITTED
    assert "application.expired" not in [event.kind for event in events_of(application_id)]


def test_reminders_leave_four_days_and_one_day_before_the_end():
    application_id = make_application()
    assert row_of(application_id).due_on == date(2026, 11, 30)
    sent = [(day, jobs.remind_due(local(11, day, 9))) for day in range(19, 31)]
    assert [day for day, count in sent if count] == [26, 29]
    assert "con 4 ngay" in texts_to(application_id, "reminder")[0]
    assert "con 1 ngay" in texts_to(application_id, "reminder")[1]


def test_a_reminder_leaves_once_however_often_the_job_runs():
    application_id = make_application()
    assert [jobs.remind_due(local(11, 26, hour)) for hour in (9, 9, 10, 15)] == [1, 0, 0, 0]
    assert len(texts_to(application_id, "reminder")) == 1


def test_after_days_of_outage_only_the_reminder_that_counts_leaves():
    application_id = make_application()
    assert jobs.remind_due(local(11, 29, 9)) == 1
    assert jobs.remind_due(local(11, 29, 10)) == 0
    assert len(texts_to(application_id, "reminder")) == 1


@pytest.mark.parametrize("hour", [0, 5, 7, 20, 23])
def test_nobody_is_reminded_at_night(hour):
    make_application()
    assert jobs.remind_due(local(11, 26, hour)) == 0


def test_nobody_is_reminded_once_the_form_is_in():
    make_ready()
    assert jobs.remind_due(local(11, 26, 9)) == 0


def test_photos_go_thirty_days_after_the_end_and_the_file_stays():
    application_id = make_application()
    token = holders.grant(application_id, now=NOW)
    actions.withdraw(application_id, now=NOW)
    assert jobs.erase_images(NOW + timedelta(days=30) - MINUTE) == 0
    assert len(images_of(application_id)) == 3
    assert jobs.erase_images(NOW + timedelta(days=30)) == 1
    assert images_of(application_id) == {}
    assert holders.resolve(token) is None
    assert looks.look_at(application_id, by=make_officer(), now=NOW).form.full_name == "Nguyễn Thị Lan"


def test_photos_of_an_open_application_stay():
    make_application()
    assert jobs.erase_images(NOW + timedelta(days=400)) == 0


def test_a_draft_is_kept_for_thirty_days_of_absence():
    token = make_draft()
    assert jobs.discard_drafts(NOW + timedelta(days=30)) == 0
    assert drafts.view(token) is not None


def test_a_draft_left_alone_longer_is_gone_with_photos_and_key():
    token = make_draft()
    subject_id = view(token).subject_id
    assert jobs.discard_drafts(NOW + timedelta(days=30, seconds=1)) == 1
    assert drafts.view(token) is None
    assert images_of(subject_id) == {}
    assert not SubjectKey.objects.filter(subject_id=subject_id).exists()
    assert not Draft.objects.exists()


def test_a_swept_draft_does_not_take_a_sent_application_along():
    application_id = make_application()
    drafts.discard(application_id, now=NOW + timedelta(days=60))
    assert len(images_of(application_id)) == 3


def test_the_public_look_up_needs_number_and_phone_together():
    application_id = make_application()
    number, phone = row_of(application_id).number, Phone("+84912345678")
    status = queries.look_up("1/2026/03101", phone, address="203.0.113.5", now=NOW)
    assert status is not None
    assert (status.number, status.days_left) == (number, 12)
    assert queries.look_up(number, Phone("+84987654321"), address="203.0.113.5", now=NOW) is None
    assert queries.look_up("00002/2026/03101", phone, address="203.0.113.5", now=NOW) is None


def test_the_public_look_up_shows_nothing_personal():
    application_id = make_application()
    status = queries.look_up(
        row_of(application_id).number, Phone("+84912345678"), address="203.0.113.5", now=NOW
    )
    for secret in ("Lan", "0000000001", "031190000001", "912345678"):
        assert secret not in repr(status)


def test_what_fails_at_night_does_not_keep_the_rest_from_being_deleted(monkeypatch):
    make_draft(now=timezone.now() - timedelta(days=31))
    monkeypatch.setattr(jobs, "erase_images", lambda _now: 1 / 0)
    jobs.nightly(timestamp=0)
    assert not Draft.objects.exists()


def test_a_draft_touched_at_the_last_moment_stays():
    token = make_draft()
    late = NOW + timedelta(days=31)
    (subject_id,) = drafts.stale(late)
    drafts.save(subject_id, {"street": "Số 14"}, now=late)
    assert not drafts.discard(subject_id, now=late)
    assert view(token).values["street"] == "Số 14"


def test_who_has_been_reminded_is_not_looked_at_every_minute(monkeypatch):
    make_application()
    jobs.remind_due(local(11, 26, 9))
    looked = []
    monkeypatch.setattr(actions, "remind", lambda application_id, *, now: looked.append(application_id))
    for day, hour in ((26, 10), (27, 9), (28, 9)):
        jobs.remind_due(local(11, day, hour))
    assert looked == []
    jobs.remind_due(local(11, 29, 9))
    assert len(looked) == 1


def test_a_difference_of_names_that_is_none_any_more_leaves_the_count_of_the_queue():
    make_person(LAN, full_name="Ðỗ Thị Hòa")
    same = make_application(full_name="Đỗ Thị Hoà")
    other = make_application(BINH, full_name="Trần Văn Bính")
    kept = row_of(other).findings
    assert {"field": "full_name", "against": "register", "code": "differs"} in kept
    stale = [{"field": "full_name", "against": "register", "code": "differs"}, *row_of(same).findings]
    Application.objects.filter(id=same).update(findings=stale)
    assert jobs.judge_names(NOW) == 1
    assert "full_name" not in {finding["field"] for finding in row_of(same).findings}
    assert row_of(other).findings == kept
    assert jobs.judge_names(NOW) == 0
