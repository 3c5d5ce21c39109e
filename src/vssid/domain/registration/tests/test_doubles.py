"""Several applications of one hand are doubts with their reason; a person's own earlier ones are none."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from PIL import Image as Pillow

from tests.making.keys_changed import OLD, change_all, of_a_test
from tests.making.registrations import (
    ADDRESS,
    BINH,
    ELSEWHERE,
    LAN,
    NOW,
    make_application,
    make_draft,
    make_office,
    make_officer,
    make_person,
    view,
)
from vssid.domain.identity import actions as identity
from vssid.domain.identity import fingerprints
from vssid.domain.identity import queries as images
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.models import ImageMark
from vssid.domain.participants.models.people import Identifier, Person
from vssid.domain.registration import actions, jobs
from vssid.domain.registration.desk import looks
from vssid.domain.registration.doubles import files, signs
from vssid.domain.registration.draft import drafts
from vssid.domain.registration.models import Application, Holder
from vssid.domain.vault import sealing as vault
from vssid.infra.pictures import likeness

pytestmark = pytest.mark.django_db
PORTRAIT = ImageKind.PORTRAIT


def doubles_of(application_id: int) -> dict[str, tuple[int, ...]]:
    file = looks.look_at(application_id, by=make_officer(), now=NOW)
    return {double.code: double.others for double in file.doubles}


def test_a_phone_typed_for_two_codes_is_a_doubt_of_both_files():
    lan = make_application(LAN)
    assert doubles_of(lan) == {}
    binh = make_application(replace(BINH, phone=LAN.phone))
    assert doubles_of(binh) == {"same_phone": (lan,)}
    assert doubles_of(lan) == {"same_phone": (binh,)}, "doubles come later and are seen at the next look"
    keys = [finding["code"] for finding in Application.objects.get(id=binh).findings]
    assert "same_phone" in keys, "the queue counts it"


def test_what_one_person_sends_again_is_no_double():
    first = make_application(LAN)
    actions.withdraw(first, now=NOW)
    assert doubles_of(make_application(LAN)) == {}


def test_an_id_number_typed_for_two_codes_is_a_doubt():
    lan = make_application(LAN)
    other = make_application(replace(BINH, id_number=LAN.id_number), known=False)
    assert doubles_of(other)["same_id_number"] == (lan,)


def test_an_older_open_file_is_judged_anew_by_a_job():
    lan, queued = make_application(LAN), "SELECT args->>'application_id' FROM procrastinate_jobs "
    make_application(replace(BINH, phone=LAN.phone))
    with connection.cursor() as cursor:
        cursor.execute(queued + "WHERE task_name = 'registration.judge'")
        assert cursor.fetchall() == [(str(lan),)]
    jobs.judge(application_id=lan)
    assert "same_phone" in [finding["code"] for finding in Application.objects.get(id=lan).findings]


def test_files_begun_one_after_the_other_in_one_browser_are_of_one_device():
    make_person(LAN)
    token = make_draft(LAN)
    lan = actions.submit(view(token), now=NOW)
    following = view(drafts.start(address=ADDRESS, now=NOW, after=token))
    browsers = set(Holder.objects.filter(subject_id__in=(lan, following.subject_id)).values_list("browser"))
    assert len(browsers) == 1
    assert None not in next(iter(browsers))
    binh = make_application(BINH)
    assert doubles_of(binh) == {}
    Holder.objects.filter(subject_id=binh).update(browser=next(iter(browsers))[0])
    assert doubles_of(binh) == {"same_device": (lan,)}


def test_a_browser_that_begins_its_first_draft_gets_no_number():
    token = drafts.start(address=ADDRESS, now=NOW, after="1.nothing-of-ours")
    assert Holder.objects.get(subject_id=view(token).subject_id).browser is None


def test_the_same_picture_is_seen_anywhere_and_a_like_one_at_the_own_office():
    make_office(ELSEWHERE)
    lan, binh = make_application(LAN), make_application(BINH, office_code=ELSEWHERE)
    picture = scenery(1)
    identity.store(lan, PORTRAIT, picture, now=NOW)
    identity.store(binh, PORTRAIT, picture, now=NOW)
    assert doubles_of(lan) == {"same_image": (binh,)}
    identity.store(binh, PORTRAIT, once_more(picture), now=NOW)
    assert doubles_of(lan) == {}
    Application.objects.filter(id=binh).update(office_id="03101")
    assert doubles_of(lan) == {"alike_image": (binh,)}


def scenery(seed: int) -> bytes:
    """A picture with light and shadow of every size, as photographs have."""
    chance = np.random.default_rng(seed)
    light = np.full((900, 1200), 128.0)
    for high in (3, 6, 12, 24, 48):
        spots = chance.normal(0, 30, (high, high * 4 // 3)).astype(np.float32)
        light += np.asarray(Pillow.fromarray(spots).resize((1200, 900), Pillow.Resampling.BICUBIC))
    out = io.BytesIO()
    Pillow.fromarray(np.clip(light, 0, 255).astype(np.uint8)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def once_more(picture: bytes) -> bytes:
    out = io.BytesIO()
    image = Pillow.open(io.BytesIO(picture))
    image.resize((image.width * 3 // 4, image.height * 3 // 4)).save(out, "JPEG", quality=60)
    return out.getvalue()


def test_two_different_pictures_are_not_alike():
    lan, binh = make_application(LAN), make_application(BINH)
    identity.store(lan, PORTRAIT, scenery(1), now=NOW)
    identity.store(binh, PORTRAIT, scenery(2), now=NOW)
    assert doubles_of(lan) == {}


def test_the_marks_go_with_their_picture_and_are_keyed():
    lan = make_application(LAN)
    identity.store(lan, PORTRAIT, scenery(1), now=NOW)
    made = {bytes(mark) for mark in ImageMark.objects.values_list("mark", flat=True)}
    assert len(made) == 1 + likeness.PARTS
    jpeg = images.content(lan, PORTRAIT)
    assert hashlib.sha256(jpeg).digest() not in made
    identity.erase(lan)
    assert not ImageMark.objects.exists()


def test_the_marks_follow_a_change_of_keys(settings):
    with of_a_test(settings) as give:
        give(OLD, now=NOW)
        lan, binh = make_application(LAN), make_application(BINH)
        for application in (lan, binh):
            identity.store(application, PORTRAIT, scenery(1), now=NOW)
        (part,) = fingerprints.PARTS
        before = set(ImageMark.objects.values_list("mark", flat=True))
        change_all(give, now=NOW, later=NOW + timedelta(days=4))
        assert part.left() == 0
        assert before.isdisjoint(ImageMark.objects.values_list("mark", flat=True))
        assert doubles_of(lan) == {"same_image": (binh,)}


def test_a_number_that_the_register_has_under_another_code_is_two_codes():
    make_person(LAN)
    lan = make_application(LAN)
    other = make_person(replace(BINH, bhxh_code="0000000009"))
    Identifier.objects.create(
        kind="cccd", key=vault.fingerprint("cccd", LAN.id_number).hex(), person_id=other
    )
    assert "two_codes" in doubles_of(lan)
    assert Person.objects.count() == 2


def test_of_a_file_elsewhere_an_officer_learns_only_that_there_is_one():
    make_office(ELSEWHERE)
    lan = make_application(LAN)
    binh = make_application(replace(BINH, phone=LAN.phone), office_code=ELSEWHERE)
    double = signs.Double("phone", "same_phone", (binh, lan))
    (seen,) = files.seen([double], by=make_officer())
    assert ([other.id for other in seen.files], seen.elsewhere) == ([lan], 1)
    (seen,) = files.seen([double], by=make_officer("Hạnh", ELSEWHERE))
    assert ([other.id for other in seen.files], seen.elsewhere) == ([binh], 1)
