"""Columns of folded names follow when the way to fold changes."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.making.registrations import BINH, LAN, make_application, make_person
from vssid.domain.participants.models.people import Person
from vssid.domain.registration.models import Application
from vssid.infra.database import refolding

pytestmark = pytest.mark.django_db


class _Editor:
    connection = connection


def refold(**how: int) -> int:
    return refolding.refold("participants_person", key="person_id", longest=120, schema_editor=_Editor, **how)


def test_old_rows_are_folded_as_new_ones_batch_by_batch():
    ids = [make_person(LAN, bhxh_code=f"000000010{at}") for at in range(4)]
    old = ("ðỗ văn ðạt", "y ƀhuan eban", "h’hen nie", "nguyen thi lan")
    for person_id, name, folded in zip(
        ids, ("Ðỗ Văn Ðạt", "Y ƀhuăn Êban", "H’Hen Niê", "Nguyễn Thị Lan"), old, strict=True
    ):
        Person.objects.filter(person_id=person_id).update(full_name=name, name_folded=folded)
    assert refold(at_once=2) == 3
    folded_names = dict(Person.objects.filter(person_id__in=ids).values_list("full_name", "name_folded"))
    assert folded_names == {
        "Ðỗ Văn Ðạt": "do van dat",
        "Y ƀhuăn Êban": "y bhuan eban",
        "H’Hen Niê": "h'hen nie",
        "Nguyễn Thị Lan": "nguyen thi lan",
    }
    assert refold(at_once=2) == 0


def test_files_at_the_desk_are_folded_anew_too():
    make_application(BINH)
    Application.objects.update(full_name="Ðỗ Hòa", name_folded="ðo hoa")
    editor = _Editor
    assert refolding.refold("registration_application", key="id", longest=100, schema_editor=editor) == 1
    assert Application.objects.get().name_folded == "do hoa"
