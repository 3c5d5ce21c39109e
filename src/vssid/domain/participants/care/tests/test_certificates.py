from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from vssid.domain.participants import queries
from vssid.domain.participants.care.views import CertificateView
from vssid.domain.participants.models.people import Certificate, Person
from vssid.domain.participants.tests.files import NOW, load, load_cast
from vssid.kernel.ids import BhxhCode

LEAVE = {
    "bhxh_code": "3199000001",
    "kind": "leave",
    "number": "0001",
    "serial": "SR01",
    "facility_code": "99001",
    "issued_on": "2024-03-04",
    "from_date": "2024-03-04",
    "to_date": "08/03/2024",
    "days": "5",
    "diagnosis_code": "J10.1",
    "diagnosis_name": "Cúm",
    "issued_by": "BS. Mẫu",
}
BIRTH = {
    "bhxh_code": "3199000001",
    "kind": "birth",
    "number": "0001",
    "facility_code": "99001",
    "issued_on": "2025-01-03",
    "child_born_on": "2025-01-01",
}


@pytest.fixture
def cast(db, tmp_path):
    load_cast()
    return tmp_path


def lan() -> int:
    person = queries.by_bhxh_code(BhxhCode("3199000001"))
    assert person is not None
    return person.person_id


def test_a_certificate_is_kept_with_all_that_was_told_and_where_it_came_from(cast):
    report = load(cast, "certificates", LEAVE)
    (paper,) = queries.certificates(lan())
    assert (paper.kind, paper.number, paper.serial, paper.facility_code) == ("leave", "0001", "SR01", "99001")
    assert (paper.issued_on, paper.from_date, paper.to_date, paper.days) == (
        date(2024, 3, 4),
        date(2024, 3, 4),
        date(2024, 3, 8),
        5,
    )
    assert (paper.diagnosis_code, paper.diagnosis_name, paper.issued_by) == ("J10.1", "Cúm", "BS. Mẫu")
    assert (paper.run_id, paper.as_of, paper.child_born_on) == (report.run_id, NOW, None)


def test_papers_of_two_kinds_may_have_one_number_and_the_same_file_changes_nothing(cast):
    assert load(cast, "certificates", LEAVE, BIRTH).new == 2
    assert load(cast, "certificates", LEAVE, BIRTH).same == 2
    assert [certificate.child_born_on for certificate in queries.certificates(lan())] == [
        date(2025, 1, 1),
        None,
    ]


def test_papers_come_newest_first_and_by_the_year_they_begin_in(cast):
    over_new_year = LEAVE | {"number": "0002", "from_date": "2024-12-30", "to_date": "2025-01-03"}
    load(cast, "certificates", LEAVE, over_new_year | {"issued_on": "2025-01-03"}, BIRTH)
    assert [certificate.number for certificate in queries.certificates(lan())] == ["0001", "0002", "0001"]
    assert [certificate.number for certificate in queries.certificates(lan(), 2024)] == ["0002", "0001"]
    assert [certificate.kind for certificate in queries.certificates(lan(), 2025)] == ["birth"]
    assert queries.certificates(lan(), 2023) == []


def test_a_correction_keeps_the_older_paper_readable(cast):
    load(cast, "certificates", LEAVE)
    later = datetime(2025, 8, 1, tzinfo=UTC)
    assert load(cast, "certificates", LEAVE | {"days": "4"}, now=later).changed == 1
    (version,) = queries.versions(lan(), "certificate")
    assert isinstance(version.was, CertificateView)
    assert (version.was.days, version.was.from_date, version.said_until) == (5, date(2024, 3, 4), later)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"bhxh_code": "3199000009"}, "unknown_person"),
        ({"kind": "gift"}, "bad_choice"),
        ({"number": ""}, "missing"),
        ({"facility_code": "9900"}, "lost_zero"),
        ({"issued_on": ""}, "missing"),
        ({"issued_on": "2024-02-30"}, "bad_day"),
        ({"to_date": "2024-03-03"}, "ends_before"),
        ({"from_date": ""}, "missing"),
        ({"days": "năm"}, "bad_count"),
        ({"diagnosis_code": "cúm"}, "bad_icd"),
        ({"child_born_on": "2024-03-04"}, "no_birth_paper"),
    ],
)
def test_a_wrong_certificate_is_refused(cast, change, code):
    report = load(cast, "certificates", LEAVE | change)
    assert (report.new, report.refused) == (0, 1)
    assert report.error_file is not None
    assert code in report.error_file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"kind": "gift"}, "participants_certificate_kind"),
        ({"to_date": date(2000, 1, 1)}, "participants_certificate_order"),
        ({"from_date": None}, "participants_certificate_order"),
        ({"days": -1}, "participants_certificate_not_negative"),
        ({"child_born_on": date(2024, 3, 4)}, "participants_certificate_child"),
    ],
)
def test_the_database_itself_refuses_what_no_file_may_bring(cast, change, name):
    load(cast, "certificates", LEAVE)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Certificate.objects.filter(person_id=lan()).update(**change)


def test_papers_go_with_their_person(cast):
    load(cast, "certificates", LEAVE)
    Person.objects.filter(person_id=lan()).delete()
    assert not Certificate.objects.exists()


def test_a_person_sees_only_their_own(cast):
    load(cast, "certificates", LEAVE)
    other = queries.by_bhxh_code(BhxhCode("3199000002"))
    assert other is not None
    assert queries.certificates(other.person_id) == []
