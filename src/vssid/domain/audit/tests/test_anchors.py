"""Who can write in the database, but has neither the key nor the anchors, cannot change the log unseen."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from vssid.cli.checks import audit
from vssid.domain.audit import actions, anchors, chain, jobs, lanes, marks
from vssid.domain.audit.models import LANES, Event, Lane
from vssid.domain.audit.verify import verify_chain
from vssid.infra import blobs, keys
from vssid.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
LATE = NOW + timedelta(days=400)  # the version before is long gone


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    settings.BLOBS_URL, settings.DATA = f"file://{tmp_path}/blobs", tmp_path / "data"


def make_events(count=5, subject=1, now=LATE):
    for _ in range(count):
        actions.record("x", subject=subject, by=SYSTEM, now=now, facts={"n": 1})


def behind_the_guard(*statements):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def rewrite_lane(lane):
    """Compute the hashes of a lane anew, its head too, as whoever knows the source can."""
    previous, head = bytes(32), Lane.objects.get(lane=lane)
    with connection.cursor() as cursor:
        for event in Event.objects.filter(lane=lane).order_by("seq"):
            event.previous = previous
            previous = chain.digest(event)
            cursor.execute(
                "UPDATE audit_event SET previous = %s, hash = %s WHERE lane = %s AND seq = %s",
                [event.previous, previous, lane, event.seq],
            )
    Lane.objects.filter(lane=lane).update(seq=head.seq, hash=previous)


def broken(now=LATE):
    return "\n".join(verify_chain(anchors.kept(), now=now).broken)


def test_an_untouched_log_with_anchors_is_sound():
    for day in range(3):
        make_events(now=LATE + timedelta(days=day))
        anchors.take(now=LATE + timedelta(days=day))
    report = verify_chain(anchors.kept(), now=LATE + timedelta(days=3))
    assert (report.broken, report.events, report.anchors) == ([], 15, 3)


def test_a_tail_cut_with_its_head_shows_by_the_mark_of_the_head():
    make_events()
    third = Event.objects.get(lane=1, seq=3)
    behind_the_guard("DELETE FROM audit_event WHERE lane = 1 AND seq > 3")
    Lane.objects.filter(lane=1).update(seq=3, hash=third.hash)
    assert "1/head: its mark is not ours" in "\n".join(verify_chain(now=LATE).broken)


def test_a_tail_cut_stays_seen_when_the_log_goes_on():
    make_events()
    third = Event.objects.get(lane=1, seq=3)
    behind_the_guard("DELETE FROM audit_event WHERE lane = 1 AND seq > 3")
    Lane.objects.filter(lane=1).update(seq=3, hash=third.hash)
    make_events(2)
    assert "1/4: the head had been changed" in "\n".join(verify_chain(now=LATE).broken)


def test_a_head_with_its_own_old_mark_is_found_by_the_anchor():
    make_events(3)
    old = Lane.objects.filter(lane=1).values("seq", "hash", "mac").get()
    make_events(2)
    anchors.take(now=LATE)
    behind_the_guard("DELETE FROM audit_event WHERE lane = 1 AND seq > 3")
    Lane.objects.filter(lane=1).update(**old)
    assert verify_chain(now=LATE).sound
    assert "1/5: the tail was cut" in broken()
    make_events(2, now=LATE + timedelta(seconds=1))
    assert "1/5: another event than when the anchor was taken" in broken()


def test_everything_gone_is_found():
    first = list(Lane.objects.filter(seq=0).values())
    make_events()
    anchors.take(now=LATE)
    behind_the_guard("DELETE FROM audit_event")
    Lane.objects.update(seq=0, hash=bytes(32))
    assert "1/head: its mark is not ours" in broken()
    for lane in first:
        Lane.objects.filter(lane=lane["lane"]).update(mac=lane["mac"])
    assert "1/5: the tail was cut" in broken()


def test_a_lane_that_is_gone_is_found_and_takes_no_event():
    make_events()
    behind_the_guard("DELETE FROM audit_event WHERE lane = 1", "DELETE FROM audit_lane WHERE lane = 1")
    assert "1/head: there is none" in verify_chain(now=LATE).broken
    with pytest.raises(actions.LaneMissing):
        make_events(1)


def test_rewritten_events_are_found():
    make_events(126)
    behind_the_guard("UPDATE audit_event SET actor_name = 'Hạnh'")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        rewrite_lane(1)
    assert len([line for line in verify_chain(now=LATE).broken if "its mark is not ours" in line]) == 127


def test_marks_taken_away_are_found():
    make_events()
    behind_the_guard("UPDATE audit_event SET mac = NULL")
    assert "1/5: its mark is not ours" in broken()


def test_events_from_before_there_were_marks_are_held_by_where_they_ended():
    make_events(3, now=NOW)
    behind_the_guard("UPDATE audit_event SET mac = NULL", "UPDATE audit_lane SET mac = NULL")
    lanes.lay(now=LATE)
    make_events(2)
    report = verify_chain(now=LATE)
    assert (report.broken, report.unmarked, report.events) == ([], 3, 5)
    behind_the_guard("UPDATE audit_event SET actor_name = 'Hạnh' WHERE seq = 1")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        rewrite_lane(1)
    assert "1/3: not what it was when events began to be marked" in broken()


def test_lanes_are_not_marked_a_second_time():
    assert Lane.objects.exclude(mac=None).count() == LANES
    with pytest.raises(ValueError, match="already"):
        lanes.lay(now=LATE)


def test_the_version_before_may_write_for_a_day():
    """Its events carry no mark, and it leaves the head's mark as it is."""
    make_events(1, now=NOW)
    head = Lane.objects.get(lane=1)
    event = Event(subject_id=1, lane=1, seq=2, at=NOW, kind="x", actor_kind="system", previous=head.hash)
    event.hash = chain.digest(event)
    event.save(force_insert=True)
    Lane.objects.filter(lane=1).update(seq=2, hash=event.hash)
    Lane.objects.update(founded_at=NOW)
    for lane in Lane.objects.all():
        Lane.objects.filter(lane=lane.lane).update(mac=marks.of_head(lane) if lane.lane != 1 else lane.mac)
    make_events(1, now=NOW)
    assert verify_chain(now=LATE).broken == []
    assert verify_chain(now=LATE).unmarked == 1


def test_an_anchor_that_was_changed_or_taken_away_is_told(tmp_path):
    make_events()
    for day in range(3):
        anchors.take(now=LATE + timedelta(days=day))
    first, second, _third = anchors.kept()
    blobs.delete(f"{anchors.FOLDER}/{second.name}.json")
    assert broken(LATE + timedelta(days=2)) == ""  # the data folder has it still
    (tmp_path / "data" / anchors.FILE).unlink()
    assert "the one before it is missing" in broken(LATE + timedelta(days=2))
    blobs.put(f"{anchors.FOLDER}/{first.name}.json", first.line.replace("[5,", "[4,").encode())
    assert "changed, or signed by a key" in broken(LATE + timedelta(days=2))


def test_anchors_kept_elsewhere_are_compared_too(tmp_path):
    make_events()
    copy = tmp_path / "copy.jsonl"
    copy.write_text(anchors.take(now=LATE).line + "\n")
    behind_the_guard("DELETE FROM audit_event WHERE seq = 5")
    for key, _ in list(blobs.stored_under(anchors.FOLDER)):
        blobs.delete(key)
    (tmp_path / "data" / anchors.FILE).unlink()
    assert any(
        "the tail was cut" in line and "anchor" in line
        for line in verify_chain(anchors.kept([copy]), now=LATE).broken
    )


def test_no_anchor_for_days_is_a_fault():
    assert "there are none" in broken()


def test_an_anchor_never_replaces_another():
    line = anchors.take(now=LATE)
    with pytest.raises(Exception, match="exists"):
        blobs.put_new(f"{anchors.FOLDER}/{line.name}.json", b"x")


def test_the_nightly_job_takes_one():
    jobs.anchor(0)
    assert len(anchors.kept()) == 1


def test_marks_of_an_older_key_still_count(settings):
    make_events()
    anchors.take(now=LATE)
    settings.AUDIT_KEYS = [keys.new_key_text("a2"), *settings.AUDIT_KEYS]
    marks._keys.cache_clear()
    try:
        make_events()
        assert broken() == ""
        settings.AUDIT_KEYS = settings.AUDIT_KEYS[:1]
        marks._keys.cache_clear()
        assert "its mark is not ours" in broken()
    finally:
        marks._keys.cache_clear()


def test_a_loss_after_a_restore_is_accepted_once_with_its_reason(capsys):
    make_events(3, now=NOW)
    old = Lane.objects.filter(lane=1).values("seq", "hash", "mac").get()
    make_events(2, now=NOW)
    anchors.take(now=NOW)
    behind_the_guard("DELETE FROM audit_event WHERE lane = 1 AND seq > 3")
    Lane.objects.filter(lane=1).update(**old)
    assert audit.run([], accept_loss="") == 1
    assert audit.run([], accept_loss="Khôi phục từ bản sao lưu") == 0
    assert audit.run([], accept_loss="") == 0
    assert "Lưu ý: anchor" in capsys.readouterr().out
    assert Event.objects.get(kind="audit.loss_accepted").facts["why"] == "Khôi phục từ bản sao lưu"
