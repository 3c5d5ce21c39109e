"""A week at two offices of a demo: files in every state, so that a first look shows the console at work.

Sent, received, compared and decided by the same actions as by hand, each at a time of the days before. Photos
are drawn and read for every file, which takes a minute or two: it comes after a demo is ready. What was
interrupted goes on at the next start.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from vssid.cli.demo.cast import DemoPerson, Registrant
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import VIETNAM

from .pictures import drawing

FILE, DONE = "neighbours.json", "office_week.done"
MOST = 60
EACH_SECOND_OFFICE = 4  # one of so many files lies at the second office
State = Literal["sent", "received", "ready", "approved", "refused", "withdrawn", "expired"]
# How many files stand where, and how many days ago the first and the last of them were sent.
PLAN: tuple[tuple[State, int, int, int], ...] = (
    ("sent", 14, 0, 6),
    ("sent", 4, 9, 10),
    ("received", 8, 1, 8),
    ("ready", 4, 2, 7),
    ("approved", 18, 2, 12),
    ("refused", 6, 3, 12),
    ("withdrawn", 3, 2, 8),
    ("expired", 3, 16, 20),
)
REFUSALS = (
    ("photo_unclear", "Ảnh mặt trước bị lóa, không đọc được số."),
    ("identity_differs", "Ngày sinh trên thẻ khác dữ liệu BHXH."),
    ("form_unsigned", "Tờ khai chưa ký và chưa ghi rõ họ tên."),
)
_GOOD: Any = MappingProxyType({"front": "good", "back": "good", "portrait": "good"})
_BLURRED: Any = MappingProxyType({"front": "blurred", "back": "good", "portrait": "good"})


@dataclass(frozen=True, slots=True)
class Planned:
    """A file to be: whose, at which office, until where it comes, and when it was sent."""

    person: DemoPerson
    office: str
    state: State
    sent_at: datetime
    blurred: bool


def keep(people: Sequence[DemoPerson], folder: Path) -> None:
    """Write down who the files are of, for the start that makes them."""
    write(people, folder / "demo" / FILE)


def write(people: Sequence[DemoPerson], path: Path) -> None:
    """Write these people into a file that nobody else reads."""
    path.write_text(json.dumps([asdict(person) for person in people], default=str), encoding="utf-8")
    path.chmod(0o600)


def read(path: Path) -> list[DemoPerson]:
    """Those whom `write` wrote."""
    return [_person(fields) for fields in json.loads(path.read_text(encoding="utf-8"))]


def planned(people: Sequence[DemoPerson], offices: Sequence[str], now: datetime) -> list[Planned]:
    """One file for each, in the order of their sending, as an office numbers them."""
    places = [
        (state, latest + (earliest - latest) * at // max(1, number - 1))
        for state, number, latest, earliest in PLAN
        for at in range(number)
    ]
    files = [
        Planned(
            person,
            offices[at % EACH_SECOND_OFFICE == EACH_SECOND_OFFICE - 1],
            state,
            moment(now, days, hour=8 + at % 8, minute=at * 7 % 60),
            blurred=state == "sent" and at % 6 == 5,
        )
        for at, (person, (state, days)) in enumerate(zip(people, places, strict=False))
    ]
    return sorted(files, key=lambda file: file.sent_at)


def moment(now: datetime, days: int, *, hour: int, minute: int) -> datetime:
    """A time of an earlier day in Việt Nam, or of this morning if that is over."""
    day = (now - timedelta(days=days)).astimezone(VIETNAM)
    moment = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return min(moment, now - timedelta(minutes=5))


def fill(folder: Path, *, officers: Sequence[Actor], pool: ProcessPoolExecutor, now: datetime) -> int:
    """Make the files that are not there yet; how many are made.

    `officers`: who decides at the first office and at the second.
    """
    path, done = folder / "demo" / FILE, folder / "demo" / DONE
    if done.is_file() or not path.is_file():
        return 0
    plan = planned(read(path), [officer.office for officer in officers], now)
    make(
        plan, {officer.office: officer for officer in officers}, folder / "demo" / "week", pool=pool, now=now
    )
    done.touch()
    return len(plan)


def make(
    plan: Sequence[Planned],
    officers: Mapping[str, Actor],
    photos: Path,
    *,
    pool: ProcessPoolExecutor,
    now: datetime,
) -> list[int]:
    """Send these files and do what is to be done with them, unless it was done; their applications' ids.

    `officers`: who decides, by office; `photos`: the folder that keeps what is drawn.
    """
    drawn = drawing.start(pool, [_registrant(file) for file in plan], photos)
    acts, made = [], []
    for number, file in enumerate(plan):
        made.append(_sent(file, drawn[file.person.bhxh_code], f"198.51.100.{number}"))
        acts += _acts(file, made[-1], officers[file.office], number, now)
    for at, act in sorted(acts, key=lambda planned_act: planned_act[0]):
        _do(act, at)
    return made


def _acts(
    file: Planned, application_id: int, by: Actor, number: int, now: datetime
) -> list[tuple[datetime, Callable[[datetime], object]]]:
    """What is done with a file, and when: within two days of its sending, never in time to come."""
    from vssid.domain.registration import actions

    def after(hours: int) -> datetime:
        return min(file.sent_at + timedelta(hours=hours), now - timedelta(minutes=1))

    receive = (after(20), lambda at: actions.receive_form(application_id, by=by, now=at))
    see = (after(21), lambda at: actions.see_original(application_id, by=by, now=at))
    match file.state:
        case "received":
            return [receive]
        case "ready":
            return [receive, see]
        case "approved":
            approve = (after(22), lambda at: actions.approve(application_id, by=by, now=at))
            return [receive, see, approve]
        case "refused":
            reason, text = REFUSALS[number % len(REFUSALS)]
            refuse = lambda at: actions.refuse(  # noqa: E731
                application_id, reasons=(reason,), text=text, by=by, now=at
            )
            return [receive, (after(23), refuse)]
        case "withdrawn":
            return [(after(5), lambda at: actions.withdraw(application_id, now=at))]
        case "expired":
            return [(now, lambda at: actions.expire(application_id, now=at))]
    return []


def _do(act: Callable[[datetime], object], at: datetime) -> None:
    """An act that an interrupted start did already, or that a visitor was faster with, is let be."""
    from vssid.domain.casework.errors import AlreadyMoved, InOtherHands
    from vssid.domain.registration.errors import NotOpen

    with contextlib.suppress(AlreadyMoved, InOtherHands, NotOpen):
        act(at)


def _sent(file: Planned, photos: dict[Any, Future[str]], address: str) -> int:
    """The person's application, sent now unless an earlier start has."""
    from vssid.domain.identity import actions as identity
    from vssid.domain.identity.kinds import ImageKind
    from vssid.domain.participants import queries as participants
    from vssid.domain.registration import actions
    from vssid.domain.registration.draft import drafts, holders
    from vssid.domain.registration.models import Application
    from vssid.kernel.ids import BhxhCode, Phone

    participant = participants.by_bhxh_code(BhxhCode.parse(file.person.bhxh_code))
    assert participant is not None, "the people file was imported"
    known = Application.objects.filter(person_id=participant.person_id).values_list("id", flat=True).first()
    if known is not None:
        return known
    token, at = drafts.start(address=address, now=file.sent_at), file.sent_at
    draft = _view(token)
    drafts.save(draft.subject_id, _typed(file), now=at)
    drafts.save(draft.subject_id, {"commitment": True}, now=at)
    for kind, photo in photos.items():
        identity.store(draft.subject_id, ImageKind(kind), Path(photo.result()).read_bytes(), now=at)
    holders.prove(_view(token).hold, Phone.parse(file.person.phone))
    return actions.submit(_view(token), now=at)


def _view(token: str) -> Any:
    from vssid.domain.registration.draft import drafts

    draft = drafts.view(token)
    assert draft is not None, "it was just begun"
    return draft


def _typed(file: Planned) -> dict[str, Any]:
    from vssid.kernel.ids import Phone

    person = file.person
    return {
        "bhxh_code": person.bhxh_code,
        "full_name": person.full_name,
        "birth_date": person.birth_date.isoformat(),
        "sex": person.sex,
        "id_kind": "cccd",
        "id_number": person.id_number,
        "issued_on": person.id_issued_on.isoformat(),
        "phone": Phone.parse(person.phone).reveal(),
        "email": "",
        "province_code": person.province_code,
        "commune_code": person.commune_code,
        "street": person.street,
        "office_code": file.office,
    }


def _registrant(file: Planned) -> Registrant:
    return Registrant(file.person, _BLURRED if file.blurred else _GOOD, "")


def _person(fields: dict[str, Any]) -> DemoPerson:
    days = ("birth_date", "id_issued_on", "id_expires_on")
    read = {name: date.fromisoformat(fields[name]) if fields[name] else None for name in days}
    return DemoPerson(**fields | read)
