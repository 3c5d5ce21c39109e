"""Files with a known answer for a demo, and for who wants examples: invented people, drawn pictures.

Their numbers lie behind those of every demo: BHXH codes from 3199 900 000, phones from 0590 900 000.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

from vssid.kernel.actor import Actor

from .cast import DemoPerson, PhotoPlan, Registrant
from .invented import households, names
from .invented.households import Home
from .pictures import drawing

FIRST, SEED = 900_000, 15
DONE = "known_answers.done"
COMMUNES = ("11311", "11341", "11383", "11413")
README = """Mẫu hồ sơ có sẵn đáp án: mỗi thư mục con là một mẫu. Mọi người trong đó không có thật.
Kiểm tra: ./vssid cases check THƯ-MỤC; nạp: ./vssid cases load THƯ-MỤC.
Cách viết một mẫu: docs/operations/known-answers.md.
"""
Changes = Callable[[DemoPerson], Mapping[str, Any]]


def _nothing(_person: DemoPerson) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Plan:
    """A case to be: its answer, what is otherwise in form, register and card, and how pictures are drawn."""

    name: str
    lesson: str
    reasons: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    form: Changes = _nothing
    register: Changes = _nothing
    card: Changes = _nothing
    photos: Mapping[str, PhotoPlan] = field(default_factory=dict)


def _other_digit(person: DemoPerson) -> Mapping[str, Any]:
    number = person.id_number
    return {"id_number": number[:-1] + str((int(number[-1]) + 3) % 10)}


def _other_day(person: DemoPerson) -> Mapping[str, Any]:
    born = person.birth_date
    return {"birth_date": born + timedelta(days=9 if born.day < 15 else -9)}


def _ended(person: DemoPerson) -> Mapping[str, Any]:
    return {"id_expires_on": person.id_issued_on + timedelta(days=365)}


PLANS = (
    Plan("khop-het-1", "Tờ khai, thẻ, ảnh và dữ liệu BHXH khớp nhau: không có lý do gì để từ chối."),
    Plan("khop-het-2", "Tờ khai, thẻ, ảnh và dữ liệu BHXH khớp nhau: không có lý do gì để từ chối."),
    Plan("khop-het-3", "Tờ khai, thẻ, ảnh và dữ liệu BHXH khớp nhau: không có lý do gì để từ chối."),
    Plan(
        "chan-dung-khac",
        "Ảnh chân dung là của một người khác với người trên thẻ. Máy không so khuôn mặt: phải nhìn.",
        ("photo_wrong",),
        photos={"portrait": "other_person"},
    ),
    Plan(
        "mot-chu-so",
        "Chữ số cuối của số CCCD trên tờ khai khác thẻ và khác dữ liệu BHXH.",
        ("identity_differs",),
        ("card.id_number.differs", "register.id_number.differs"),
        form=_other_digit,
    ),
    Plan(
        "ngay-sinh-khac",
        "Ngày sinh trên tờ khai và thẻ khác dữ liệu BHXH.",
        ("identity_differs",),
        ("register.birth_date.differs",),
        register=_other_day,
    ),
    Plan(
        "the-het-han",
        "Thẻ căn cước đã hết hạn; ngày hết hạn in ở mặt trước.",
        ("no_valid_id",),
        card=_ended,
    ),
    Plan(
        "the-nguoi-khac",
        "Ảnh mặt trước là thẻ của một người khác.",
        ("photo_wrong", "identity_differs", "other_person"),
        photos={"front": "other_person"},
    ),
)


def write(out: Path, *, today: date, pool: ProcessPoolExecutor | None = None) -> list[str]:
    """Write the cases to a folder; their names. Draws on all cores."""
    if pool is None:
        with ProcessPoolExecutor(
            mp_context=get_context("spawn"), initializer=drawing.prepare_process
        ) as own_pool:
            return write(out, today=today, pool=own_pool)
    rng = Random(SEED)  # noqa: S311  # play data
    people = [_person(rng, at, today) for at in range(len(PLANS))]
    cards = [replace(person, **plan.card(person)) for plan, person in zip(PLANS, people, strict=True)]
    out.mkdir(parents=True, exist_ok=True)
    (out / "README.txt").write_text(README, encoding="utf-8")
    drawn = drawing.start(
        pool, [_registrant(plan, card) for plan, card in zip(PLANS, cards, strict=True)], out / ".drawn"
    )
    for plan, person in zip(PLANS, people, strict=True):
        folder = out / plan.name
        folder.mkdir(exist_ok=True)
        for kind, picture in drawn[person.bhxh_code].items():
            (folder / f"{kind}.jpg").write_bytes(Path(picture.result()).read_bytes())
        (folder / "case.toml").write_text(_toml(plan, person), encoding="utf-8")
    for path in (out / ".drawn").iterdir():
        path.unlink()
    (out / ".drawn").rmdir()
    return [plan.name for plan in PLANS]


def _person(rng: Random, at: int, today: date) -> DemoPerson:
    sex = 1 + at % 2
    born = date(rng.randint(1972, 2000), rng.randint(1, 12), rng.randint(1, 28))
    told = (names.full_name(rng, sex), sex, born)
    home = Home(FIRST + at, names.street(rng), COMMUNES[at % len(COMMUNES)])
    return households.person(rng, FIRST + at, told, home, today)


def _registrant(plan: Plan, card: DemoPerson) -> Registrant:
    good: dict[Any, PhotoPlan] = {"front": "good", "back": "good", "portrait": "good"}
    return Registrant(card, good | dict(plan.photos), "")


def _toml(plan: Plan, person: DemoPerson) -> str:
    typed = {
        "bhxh_code": person.bhxh_code,
        "full_name": person.full_name,
        "birth_date": person.birth_date,
        "sex": person.sex,
        "id_kind": "cccd",
        "id_number": person.id_number,
        "issued_on": person.id_issued_on,
        "phone": person.phone,
        "province_code": person.province_code,
        "commune_code": person.commune_code,
        "street": person.street,
    }
    form = typed | dict(plan.form(person))
    register = {key: typed[key] for key in typed if typed[key] != form[key]} | dict(plan.register(person))
    lines = [
        "synthetic = true  # không có người thật nào ở đây",
        f"expected = {_value('refuse' if plan.reasons else 'approve')}",
        f"reasons = [{', '.join(map(_value, plan.reasons))}]",
        f"findings = [{', '.join(map(_value, plan.findings))}]",
        f"lesson = {_value(plan.lesson)}",
        "",
        "[form]",
        *(f"{key} = {_value(value)}" for key, value in form.items()),
        "",
        "[register]  # chỉ những gì khác tờ khai",
        *(f"{key} = {_value(value)}" for key, value in register.items()),
    ]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def lay(folder: Path, *, officers: Sequence[Actor], pool: ProcessPoolExecutor, now: datetime) -> int:
    """Lay the cases at the offices of these officers and have some decided; how many wait in queues.

    Once; what an interrupted start laid stays, and the rest comes with the next.
    """
    from vssid.domain.registration.models import KnownCase, Trial, TrialResult
    from vssid.domain.registration.trials import laying, loading
    from vssid.kernel.calendar import local_day

    done = folder / "demo" / DONE
    if done.is_file():
        return 0
    out = folder / "demo" / "known-answers"
    write(out, today=local_day(now), pool=pool)
    good, bad = loading.check(out, now=now)
    if bad:
        raise RuntimeError(f"demo cases refused: {bad[0].case} {bad[0].problem} {bad[0].detail}")
    loading.load(good, now=now)
    for at, case in enumerate(KnownCase.objects.order_by("name")):
        by = officers[at % len(officers)]
        opened = _opened(by.office, now)
        if any(table.objects.filter(case_name=case.name).exists() for table in (Trial, TrialResult)):
            continue
        application_id = laying.lay(case, by.office, now=opened - timedelta(days=1))
        # Where nobody was at work that day, it waits for its form as any other, and the job hands it in.
        if laying.hand_in(application_id, now=opened) and at < len(PLANS) // 2:
            _decide(application_id, case, by, at, opened + timedelta(minutes=20))
    done.touch()
    return Trial.objects.count()


def _opened(office: str, now: datetime) -> datetime:
    """The last moment before at which the office was open."""
    from vssid.domain.offices import queries as offices

    view, at = offices.office(office), now - timedelta(hours=1)
    while not view.is_open(at):
        at -= timedelta(minutes=30)
    return at


def _decide(application_id: int, case: Any, by: Actor, at: int, now: datetime) -> None:
    """As the case says, but for one that is gone past."""
    from vssid.domain.registration import actions

    if case.expected == "approve" or at == 0:
        actions.approve(application_id, by=by, now=now)
    else:
        text = "Đề nghị kiểm tra lại."
        actions.refuse(application_id, reasons=case.reasons, text=text, by=by, now=now)
