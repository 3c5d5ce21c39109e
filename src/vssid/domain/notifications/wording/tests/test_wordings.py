"""A text is tried before it is used, has versions, and never loses what its reader needs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.together import at_once
from vssid.domain.audit.models import Event
from vssid.domain.notifications.languages import Language
from vssid.domain.notifications.models.wordings import Wording
from vssid.domain.notifications.outbox import templates
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import NotYours

from .. import lint, wordings

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ADMIN = Actor(ActorKind.OFFICER, 500, "Vân", "0000", "administrator")
OWN = "BHXH: ma {code}, han {minutes} phut. BHXH khong gui duong dan."
GOOD = "BHXH: ma cua quy vi {code}, dung trong {minutes} phut. BHXH khong gui duong dan."
MARKED = "BHXH: mã {code}, dùng trong {minutes} phút. BHXH không gửi đường dẫn."


ENGLISH = "BHXH: your code {code}, good for {minutes} minutes. BHXH never sends links."


def write(text: str = GOOD, *, english: str = ENGLISH, seen: int = 0, why: str = "Dễ hiểu hơn", **more: bool):
    texts = wordings.Both(text, english, **more)
    return wordings.write("phone_code", texts, seen=seen, why=why, by=ADMIN, now=NOW)


def rendered(language: Language = Language.VI) -> str:
    return templates.render("phone_code", language=language, code="654321", minutes=5)


def test_every_text_of_the_rooms_passes_with_the_longest_values_in_both_languages():
    wrong = {
        (kind, language): judged
        for kind in templates.TEXTS
        for language, judged in wordings.judged(kind, wordings.versions(kind)[0]).items()
        if judged.problems or judged.parts != 1
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (GOOD, ()),
        ("", ("missing:code", "empty", "no_promise")),
        (GOOD.replace("{minutes}", "5"), ()),
        (GOOD.replace("{code}", "cua quy vi"), ("missing:code",)),
        (GOOD + " {password}", ("field:password",)),
        (GOOD + " {code.__class__}", ("shape",)),
        (GOOD + " {code!r}", ("shape",)),
        (GOOD + " {code:>9}", ("shape",)),
        (GOOD + " {0}", ("shape",)),
        (GOOD + " {", ("shape",)),
        (GOOD + " Xem bhxh.vn", ("link",)),
        (GOOD + " https://a", ("link",)),
        (GOOD + " x" * 60, ("long",)),
        (MARKED, ("marks",)),
        ("BHXH: ma {code}.", ("no_promise",)),
    ],
)
def test_what_is_wrong_with_a_text_is_said(text, problems):
    assert lint.judge(text, own=OWN, with_marks=False).problems == problems


def test_with_diacritics_it_may_take_more_parts_when_somebody_chose_so():
    judged = lint.judge(MARKED, own=OWN, with_marks=True)
    assert (judged.problems, judged.is_gsm, judged.parts) == ((), False, 1)
    judged = lint.judge(MARKED * 2, own=OWN, with_marks=True)
    assert (judged.problems, judged.parts) == ((), 2)
    assert "long" in lint.judge(MARKED * 4, own=OWN, with_marks=True).problems


@settings(max_examples=200, deadline=None, database=None)
@given(st.text(alphabet=st.sampled_from("{}code minutes.!:[]0ạ\\n"), max_size=40))
def test_no_text_whatever_it_is_breaks_the_judge(text):
    judged = lint.judge(text, own=OWN, with_marks=False)
    assert judged.problems or "{" not in judged.shown


def test_what_is_written_is_sent_from_then_on():
    assert "ma xac nhan 654321" in rendered()
    write()
    assert rendered() == GOOD.format(code="654321", minutes=5)
    event = Event.objects.get(kind="wording.written")
    assert (event.actor_name, event.facts["version"]) == ("Vân", 1)


def test_a_version_is_of_both_texts():
    write()
    assert rendered(Language.EN) == ENGLISH.format(code="654321", minutes=5)
    assert (wordings.now_of("phone_code").text, wordings.now_of("phone_code").english) == (GOOD, ENGLISH)


@pytest.mark.parametrize(
    ("english", "problems"),
    [
        ("", ["missing:code", "empty", "no_promise"]),
        (GOOD, ["no_promise"]),
        (ENGLISH.replace("{code}", ""), ["missing:code"]),
        (ENGLISH + " {hours}", ["field:hours"]),
        (ENGLISH + " See bhxh.vn", ["link"]),
        (ENGLISH + " cà phê ạ", ["long", "marks"]),
        (ENGLISH + " x" * 60, ["long"]),
    ],
)
def test_a_text_that_is_bad_in_english_is_refused(english, problems):
    with pytest.raises(wordings.BadWording) as refused:
        write(english=english, with_marks=True)
    assert refused.value.facts == {"problems": [], "english": problems}
    assert not Wording.objects.exists()


def test_a_version_from_before_english_goes_with_the_english_of_the_room():
    Wording.objects.create(
        kind="phone_code", version=1, text=GOOD, written_at=NOW, written_by="x", why="Trước đây"
    )
    assert rendered() == GOOD.format(code="654321", minutes=5)
    assert rendered(Language.EN) == templates.ENGLISH["phone_code"].format(code="654321", minutes=5)
    write(seen=1)
    assert wordings.take_back("phone_code", 1, seen=2, why="Như cũ", by=ADMIN, now=NOW).text == GOOD
    assert Wording.objects.get(version=3).english == templates.ENGLISH["phone_code"]


def test_with_diacritics_it_is_sent_so():
    write(MARKED, with_marks=True)
    assert rendered() == MARKED.format(code="654321", minutes=5)


def test_an_earlier_text_is_taken_back_as_the_next_version():
    write()
    write(GOOD.replace("quy vi", "ban"), seen=1)
    back = wordings.take_back("phone_code", 1, seen=2, why="Như cũ", by=ADMIN, now=NOW)
    assert (back.number, back.taken_back, back.text) == (3, 1, GOOD)
    own = wordings.take_back("phone_code", 0, seen=3, why="Như cũ", by=ADMIN, now=NOW)
    assert own.text == templates.TEXTS["phone_code"]
    assert [version.number for version in wordings.versions("phone_code")] == [4, 3, 2, 1, 0]
    with pytest.raises(NotYours):
        wordings.take_back("phone_code", 9, seen=4, why="Như cũ", by=ADMIN, now=NOW)


def test_what_may_not_be_is_refused_and_nothing_is_written():
    with pytest.raises(wordings.BadWording):
        write("Vao abc.vn")
    with pytest.raises(wordings.ReasonNeeded):
        write(why="x")
    with pytest.raises(NotYours):
        wordings.write("nothing", wordings.Both(GOOD, ENGLISH), seen=0, why="Dễ hiểu", by=ADMIN, now=NOW)
    write()
    with pytest.raises(wordings.WrittenMeanwhile):
        write(GOOD + " ", seen=0)
    assert Wording.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_at_once_one_is_told():
    outcomes = at_once(write, write)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Version", "WrittenMeanwhile"]


def test_a_row_that_is_broken_is_passed_over_and_told():
    write()
    Wording.objects.create(
        kind="phone_code", version=2, text="{gone} bhxh.vn", written_at=NOW, written_by="x", why="x"
    )
    with structlog.testing.capture_logs() as logs:
        assert rendered() == GOOD.format(code="654321", minutes=5)
    assert [entry["version"] for entry in logs if entry["event"] == "sms_wording_broken"] == [2]
    Wording.objects.update(text="{gone}")
    assert "ma xac nhan 654321" in rendered(), "the room's own text is always there"
