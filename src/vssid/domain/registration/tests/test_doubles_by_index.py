"""What is asked about doubles at each look is answered by an index, however many files there are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.making.registrations import LAN, NOW, make_application
from vssid.domain.identity import marks
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.models import IdImage, ImageMark
from vssid.domain.registration import sealing
from vssid.domain.registration.doubles import signs
from vssid.domain.registration.models import Application, Holder

pytestmark = pytest.mark.django_db
MANY = 2000


@pytest.fixture
def lan() -> int:
    """An application among very many, with only plans by an index where one fits."""
    application = make_application(LAN)
    row = Application.objects.get(id=application)
    Application.objects.bulk_create(_others(row))
    Holder.objects.bulk_create(
        Holder(subject_id=10_000 + at, secret_hash=b"-", created_at=NOW, browser=at) for at in range(MANY)
    )
    ImageMark.objects.bulk_create(
        ImageMark(subject_id=10_000 + at, kind="front", place=at % 16, mark=at.to_bytes(32))
        for at in range(MANY)
    )
    marks.write(_image(application), {0: b"x" * 32})
    Holder.objects.filter(subject_id=application).update(browser=7)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE registration_application, registration_holder, identity_mark")
        cursor.execute("SET LOCAL enable_seqscan = off")
    return application


def _others(row: Application) -> Iterator[Application]:
    for at in range(MANY):
        row.id, row.number = 10_000 + at, f"{at:06d}/2026/03101"
        row.state, row.closed_at = "withdrawn", NOW
        row.phone_fingerprint = row.id_fingerprint = at.to_bytes(32)
        row.bhxh_code = f"y{at:09d}"
        yield Application(**{field.attname: getattr(row, field.attname) for field in row._meta.fields})


def _image(subject_id: int) -> IdImage:
    return IdImage(subject_id=subject_id, kind=ImageKind.FRONT.value)


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ('"phone_fingerprint" = ANY', "registration_same_phone"),
        ('"id_fingerprint" = ANY', "registration_same_id"),
        ("identity_mark m", "identity_mark_mark"),
        ('"browser" = ANY', "registration_holder_browser"),
    ],
)
def test_each_question_has_its_index(lan, asked, index):
    typed = sealing.form_of(Application.objects.get(id=lan))
    with CaptureQueriesContext(connection) as queries:
        signs.of(lan, typed, None)
    (sql,) = [query["sql"] for query in queries if asked in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + sql)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan, plan


def test_a_look_asks_as_much_with_many_files_as_with_few(lan, django_assert_max_num_queries):
    typed = sealing.form_of(Application.objects.get(id=lan))
    with django_assert_max_num_queries(8):
        signs.of(lan, typed, None)
