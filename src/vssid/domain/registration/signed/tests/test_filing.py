"""The signed form filed with its application: pages, versions, who may, how long."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import override_settings
from PIL import Image

from tests.making.registrations import (
    ELSEWHERE,
    LAN,
    NOW,
    make_application,
    make_officer,
    make_person,
    make_ready,
)
from vssid.domain.audit.models import Event
from vssid.domain.casework import claims
from vssid.domain.casework.errors import InOtherHands
from vssid.domain.casework.own_files import OwnFile
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.registration import actions, jobs, of_person
from vssid.domain.registration.errors import BadScan, NotOpen, NotReady
from vssid.domain.registration.models import Application, SignedPage
from vssid.infra import blobs
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from .. import filing, pictures, retention

WHY = {"image": "original_clear"}
pytestmark = pytest.mark.django_db


def scan(shade: int = 255, form: str = "JPEG", *more: int) -> bytes:
    """A page of one shade, or a PDF of several."""
    pages = [Image.new("RGB", (600, 850), (each, each, each)) for each in (shade, *more)]
    out = io.BytesIO()
    pages[0].save(out, form, **({"save_all": True, "append_images": pages[1:]} if form == "PDF" else {}))
    return out.getvalue()


def keys_of(application_id: int) -> set[str]:
    return set(SignedPage.objects.filter(subject_id=application_id).values_list("blob_key", flat=True))


def test_pages_are_filed_in_order_sealed_and_recorded() -> None:
    application, minh = make_application(), make_officer()
    assert filing.file_pages(application, [scan(255), scan(200)], by=minh, now=NOW) == 1
    (version,) = filing.versions_of(application)
    assert (version.number, version.pages, version.filed_at, version.filed_by) == (1, (1, 2), NOW, "Minh")
    for key in keys_of(application):
        assert b"JFIF" not in blobs.get(key)
    event = Event.objects.filter(subject_id=application).latest("seq")
    assert (event.kind, event.facts["version"], event.facts["pages"]) == ("application.form_filed", 1, 2)


def test_what_is_kept_is_a_picture_drawn_anew() -> None:
    application, minh = make_application(), make_officer()
    tagged = Image.new("RGB", (600, 850))
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    out = io.BytesIO()
    tagged.save(out, "JPEG", exif=exif)
    assert b"taken at home" in out.getvalue()
    filing.file_pages(application, [out.getvalue()], by=minh, now=NOW)
    jpeg = filing.look_at(application, 1, 1, by=minh, now=NOW)
    assert (jpeg[:2], b"taken at home" in jpeg) == (b"\xff\xd8", False)
    assert Event.objects.latest("seq").kind == "application.form_viewed"


def test_a_scanned_pdf_gives_its_pages_and_more_are_added_to_them() -> None:
    application, minh = make_application(), make_officer()
    filing.file_pages(application, [scan(255, "PDF", 180)], by=minh, now=NOW)
    filing.file_pages(application, [scan(90)], by=minh, now=NOW)
    (version,) = filing.versions_of(application)
    assert version.pages == (1, 2, 3)


def test_another_version_leaves_the_earlier_one_to_be_seen() -> None:
    application, minh = make_application(), make_officer()
    filing.file_pages(application, [scan(255)], by=minh, now=NOW)
    later = NOW + timedelta(minutes=5)
    filing.file_pages(application, [scan(200)], by=minh, now=later, anew=True)
    assert [(each.number, each.filed_at) for each in filing.versions_of(application)] == [
        (2, later),
        (1, NOW),
    ]
    assert filing.look_at(application, 1, 1, by=minh, now=NOW) != filing.look_at(
        application, 2, 1, by=minh, now=NOW
    )


@pytest.mark.parametrize("anew", [False, True])
def test_what_is_sent_again_after_a_lost_answer_is_filed_once(anew: bool) -> None:
    application, minh = make_application(), make_officer()
    filing.file_pages(application, [scan(10)], by=minh, now=NOW)
    for _try in range(2):
        filing.file_pages(application, [scan(200)], by=minh, now=NOW, anew=anew)
    assert SignedPage.objects.filter(subject_id=application).count() == 2
    assert {key for key, _at in blobs.stored_under(filing.FOLDER.name)} >= keys_of(application)
    assert Event.objects.filter(kind="application.form_filed").count() == 2


@pytest.mark.parametrize(
    ("files", "reason", "place"),
    [
        ([], "required", 1),
        ([b"words"], "not_image", 1),
        ([scan(), b"%PDF-1.4 nothing"], "pdf_unreadable", 2),
    ],
    ids=["nothing", "no picture", "no pdf"],
)
def test_what_is_no_scan_is_refused_with_its_place(files: list[bytes], reason: str, place: int) -> None:
    application = make_application()
    with pytest.raises(BadScan) as refused:
        filing.file_pages(application, files, by=make_officer(), now=NOW)
    assert (refused.value.reason, refused.value.place) == (reason, place)
    assert not keys_of(application)


def test_more_pages_than_a_form_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    application, minh = make_application(), make_officer()
    monkeypatch.setattr(pictures, "MOST_PAGES", 2)
    filing.file_pages(application, [scan(1), scan(60)], by=minh, now=NOW)
    with pytest.raises(BadScan) as refused:
        filing.file_pages(application, [scan(120)], by=minh, now=NOW)
    assert refused.value.reason == "too_many_pages"


def test_another_office_files_and_sees_nothing() -> None:
    application, hanh = make_application(), make_officer("Hạnh", ELSEWHERE)
    with pytest.raises(NotYours):
        filing.file_pages(application, [scan()], by=hanh, now=NOW)
    filing.file_pages(application, [scan()], by=make_officer(), now=NOW)
    with pytest.raises(NotYours):
        filing.look_at(application, 1, 1, by=hanh, now=NOW)


def test_who_only_looks_files_nothing() -> None:
    application = make_application()
    with pytest.raises(NotAllowed):
        filing.file_pages(application, [scan()], by=make_officer("Hương", role="director"), now=NOW)


def test_nobody_files_the_form_of_somebody_close(monkeypatch: pytest.MonkeyPatch) -> None:
    from vssid.domain.casework import own_files

    application = make_application()
    closeness = own_files.Closeness(lambda _by: 1, lambda _own, _person, _now: "household")
    monkeypatch.setattr(own_files, "_handed_in", [closeness])
    with pytest.raises(OwnFile):
        filing.file_pages(application, [scan()], by=make_officer(), now=NOW)


def test_a_file_in_a_colleagues_hand_takes_no_page_and_leaves_no_blob() -> None:
    application, minh = make_application(), make_officer()
    ngoc = replace(minh, id=501, name="Ngọc")
    claims.take("application", application, by=ngoc, now=NOW)
    before = set(blobs.stored_under(filing.FOLDER.name))
    with pytest.raises(InOtherHands):
        filing.file_pages(application, [scan()], by=minh, now=NOW)
    assert set(blobs.stored_under(filing.FOLDER.name)) == before


def test_it_is_required_before_approval_only_where_the_setting_says_so() -> None:
    application, minh = make_ready(), make_officer()
    with override_settings(SIGNED_FORM_REQUIRED=True):
        with pytest.raises(NotReady) as refused:
            actions.approve(application, by=minh, now=NOW)
        assert refused.value.missing == ("scan",)
        filing.file_pages(application, [scan()], by=minh, now=NOW)
        mark = _mark(application)
        actions.approve(application, by=minh, now=NOW, seen=mark, given=WHY)
    assert Application.objects.get(id=application).state == "approved"


def _mark(application_id: int) -> str:
    from vssid.domain.registration.desk import readiness

    return readiness.read(Application.objects.get(id=application_id), on=local_day(NOW)).mark


def test_after_its_term_the_night_erases_every_version_and_says_so(
    django_capture_on_commit_callbacks: object,
) -> None:
    application, minh = make_application(), make_officer()
    filing.file_pages(application, [scan(1)], by=minh, now=NOW)
    filing.file_pages(application, [scan(99)], by=minh, now=NOW, anew=True)
    keys = keys_of(application)
    actions.withdraw(application, now=NOW)
    over = NOW + timedelta(days=retention.term(local_day(NOW)).days)
    assert jobs.erase_signed_forms(over - timedelta(seconds=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert jobs.erase_signed_forms(over) == 1
    assert not keys_of(application)
    assert keys.isdisjoint(key for key, _at in blobs.stored_under(filing.FOLDER.name))
    assert Event.objects.filter(subject_id=application).latest("seq").kind == "application.form_erased"
    with pytest.raises(NotYours):
        filing.look_at(application, 1, 1, by=minh, now=over)


def test_the_form_of_an_open_application_stays_however_old() -> None:
    application = make_application()
    filing.file_pages(application, [scan()], by=make_officer(), now=NOW)
    assert jobs.erase_signed_forms(NOW + timedelta(days=10_000)) == 0


def test_a_closed_application_takes_its_form_until_the_term_is_over() -> None:
    application, minh = make_application(), make_officer()
    actions.withdraw(application, now=NOW)
    filing.file_pages(application, [scan()], by=minh, now=NOW)
    over = NOW + timedelta(days=retention.term(local_day(NOW)).days)
    with pytest.raises(NotOpen):
        filing.file_pages(application, [scan(9)], by=minh, now=over)


def test_a_page_that_no_row_names_is_swept() -> None:
    blobs.put(f"{filing.FOLDER.name}/00/left-behind", b"sealed")
    assert filing.sweep_orphans(NOW + timedelta(days=3650)) >= 1


def test_the_persons_own_copy_names_the_approved_ones_scans_without_the_officer() -> None:
    person = make_person()
    application, minh = make_ready(), make_officer()
    filing.file_pages(application, [scan()], by=minh, now=NOW)
    assert [each.signed for each in of_person.applications(person, now=NOW)] == [()]
    actions.approve(application, by=minh, now=NOW, seen=_mark(application), given=WHY)
    (own,) = of_person.applications(person, now=NOW)
    assert [(each.pages, each.filed_at, each.filed_by) for each in own.signed] == [((1,), NOW, "")]
    assert own.form is not None
    assert own.form.full_name == LAN.full_name
