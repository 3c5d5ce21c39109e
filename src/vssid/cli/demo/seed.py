"""Fill a demo with its synthetic province, once; every later start only writes the present address."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from vssid.cli.demo.cast import DemoPeople, DemoPerson, Registrant
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day

from . import big_employers, campaign, known_answers, life, office_week, own_workers, roll_out
from .invented import directory, people
from .pictures import drawing

Say = Callable[[str], None]
WRITTEN = "demo.json"
SEED = 2026
# From so many people on the demo has every place of the country.
WHOLE_COUNTRY = 2_000
# By number two offices: 0 the busiest, 1 the next; else the office of this code.
AT_WORK = timedelta(days=30)  # for so long, as files of the days before have been taken in and decided
OFFICERS: tuple[tuple[str, str, int | str, str], ...] = (
    ("minh", "Trần Văn Minh", 0, "reviewer"),
    ("thu", "Lê Thị Thu", 0, "reviewer"),
    ("quang", "Đỗ Nhật Quang", 0, "data_officer"),
    ("hanh", "Phạm Thị Hạnh", 1, "reviewer"),
    ("dung", "Vũ Văn Dũng", 1, "reviewer"),
    ("mai", "Ngô Thị Mai", "03101", "reception"),
    ("loan", "Trịnh Thị Loan", 0, "collection_officer"),
    ("son", "Lý Văn Sơn", 0, "collection_officer"),
    ("hoa", "Mai Thị Hoa", 1, "collection_officer"),
    ("bach", "Hoàng Văn Bách", "03100", "director"),
    ("khanh", "Bùi Quốc Khánh", "03100", "auditor"),
    ("yen", "Đặng Hải Yến", "00000", "administrator"),
)
# Who has a second post, at the same office, to change to.
ALSO = {"quang": "reviewer"}


def load(folder: Path, *, base_url: str, count: int, say: Say) -> None:
    """Load the data when the folder has none, and write demo.json with the present address."""
    path = folder / WRITTEN
    facts = _written(path)
    if facts is None:
        logging.getLogger("procrastinate").setLevel(logging.WARNING)  # the terminal is for what is told here
        facts = _load_all(folder, count, say)
    _equip_older(facts)
    _write(path, {"base_url": base_url, **{key: facts[key] for key in facts if key != "base_url"}})


def _written(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return facts


def _write(path: Path, facts: dict[str, Any]) -> None:
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.chmod(0o600)  # passwords, if only of made-up people
    draft.replace(path)


def _load_all(folder: Path, count: int, say: Say) -> dict[str, Any]:
    from django.utils import timezone

    from vssid.domain.directory import index
    from vssid.domain.participants.employers import statistics

    now = timezone.now()
    made = people.generate(folder / "demo" / "import", count, SEED, timezone.localdate(now))
    office_week.keep(made.neighbours, folder)
    with _drawing_pool() as pool:
        say(f"Vẽ ảnh giấy tờ giả lập cho {len(made.registrants)} người")
        photos = drawing.start(pool, made.registrants, folder / "demo" / "photos")
        drawn = life.draw(pool, made.children, made.citizens[0], folder / "demo" / "photos")
        _import(made.files, say)
        index.refresh()
        statistics.count(now=now)
        say("Mở tài khoản giả lập")
        officers = _officers(made, now)
        citizens = [_citizen(citizen, now) for citizen in made.citizens]
        say("Gửi hồ sơ và phản ánh giả lập")
        minh = _as_actor(officers[0])
        life.live(made.citizens, list(zip(made.children, drawn, strict=True)), officer=minh, now=now)
        say("Chờ ảnh vẽ xong")
        registrants = [
            _registrant(registrant, photos[registrant.person.bhxh_code]) for registrant in made.registrants
        ]
    return {
        "citizens": citizens,
        "officers": officers,
        "employers": [{"code": employer.code, "name": employer.name} for employer in made.employers],
        "registrants": registrants,
    }


@contextlib.contextmanager
def _drawing_pool() -> Iterator[ProcessPoolExecutor]:
    context = get_context("spawn")  # a fork would share the database connection
    workers = os.cpu_count() or 2
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=drawing.prepare_process)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)  # after Ctrl-C no further picture is begun


def _import(files: Mapping[str, Path], say: Say) -> None:
    from vssid.cli.files import importing

    known = importing.importers()
    for kind, path in files.items():
        report = importing.import_file(known[kind], path, importing.How(sender="demo"))
        say(f"Nạp {path.name}: {report.read} dòng")
        if report.refused:
            raise RuntimeError(f"demo data refused: {path.name}, see {report.error_file}")


def fill_directory(folder: Path, *, count: int, say: Say) -> None:
    """Load the places of the country once: all of them, or few where few people are wanted.

    Takes a minute, so it comes after a demo is ready; what was interrupted is done at the next start.
    """
    from vssid.domain.directory import index

    done = folder / "demo" / "directory.done"
    if done.is_file():
        return
    share = 1.0 if count >= WHOLE_COUNTRY else 0.02
    _import(directory.write(folder / "demo" / "import", SEED, share), lambda _line: None)
    index.refresh()
    done.touch()
    say("Đã nạp cơ quan BHXH, cơ sở khám chữa bệnh và điểm thu giả lập của cả nước để tra cứu")


def fill_offices(folder: Path, *, say: Say) -> None:
    """Make a week's files at two offices, once (`office_week`)."""
    from django.utils import timezone

    facts = _written(folder / WRITTEN)
    assert facts is not None, "the demo was loaded"
    reviewers = {
        officer["office_code"]: officer for officer in facts["officers"] if officer["role"] == "reviewer"
    }
    officers = [_as_actor(officer) for officer in reviewers.values()]
    with _drawing_pool() as pool:
        made = office_week.fill(folder, officers=officers, pool=pool, now=timezone.now())
        laid = known_answers.lay(folder, officers=officers, pool=pool, now=timezone.now())
    roll_out.prepare(facts["officers"], now=timezone.now())
    if made:
        say(f"Đã gửi {made} hồ sơ giả lập đến hai cơ quan BHXH, ở mọi tình trạng")
    if laid:
        say(f"Trong hàng chờ có {laid} hồ sơ có sẵn đáp án; kết quả: trang Chất lượng của lãnh đạo (bach)")


def fill_employers(folder: Path, *, say: Say) -> None:
    """Make the three employers with many workers, once (`big_employers`), and tell of them in demo.json."""
    from django.utils import timezone

    done, facts = folder / "demo" / "employers.done", _written(folder / WRITTEN)
    assert facts is not None, "the demo was loaded"
    if done.is_file():
        return
    desks, now = big_employers.desks(facts["officers"]), timezone.now()
    files = big_employers.write(folder / "demo" / "employers", desks, SEED, timezone.localdate(now))
    _import(files, lambda _line: None)
    told = big_employers.settle(desks, _equip_hr, now=now)
    campaign.prepare(now=now)
    _fill_own_workers(folder, desks, facts["officers"])
    _write(folder / WRITTEN, {**facts, **told})
    done.touch()
    say("Đã có ba đơn vị giả lập 8, 800 và 12.000 người; tài khoản nhân sự (tuan, nga) và mã mời: demo.json")


def _fill_own_workers(
    folder: Path, desks: Mapping[str, Mapping[str, str]], officers: Sequence[Mapping[str, str]]
) -> None:
    """Workers of the second employer at every step (`own_workers`)."""
    from django.utils import timezone

    big = big_employers.BIG[1]
    office = desks[big.desk]["office_code"]
    reviewer = next(each for each in officers if (each["role"], each["office_code"]) == ("reviewer", office))
    with _drawing_pool() as pool:
        own_workers.fill(
            office_week.read(folder / "demo" / "employers" / big_employers.WORKERS),
            big.code,
            folder / "demo" / "workers",
            officer=_as_actor(reviewer),
            hr=big_employers.hr_of(big.code, timezone.localdate()),
            pool=pool,
            now=timezone.now(),
        )


def _equip_hr(person_id: int, username: str) -> dict[str, str]:
    """Password and app of an HR person, as of staff."""
    from django.utils import timezone

    from vssid.domain.accounts.factors import proofs, totp

    name = f"dv:{username}"
    password = _password(name)
    if not proofs.has_any(person_id):  # an earlier start may have got this far
        _equip(person_id, name, password, timezone.now())
    return {"password": password, "totp": totp.written(_secret(name))}


def _password(name: str) -> str:
    """The same name has the same password in one demo, so an interrupted first start can be repeated."""
    from django.conf import settings

    digest = hmac.digest(settings.SECRET_KEY.encode(), f"demo:{name}".encode(), hashlib.sha256)
    return "demo-" + base64.b32encode(digest).decode()[:8].lower()


def _equip(person_id: int, username: str, password: str, now: datetime) -> None:
    """The member's own password, and an app whose secret is known, as the first sign-in sets them."""
    from vssid.domain.accounts import actions as accounts
    from vssid.domain.accounts.factors import shown_codes
    from vssid.domain.accounts.sign_in import sessions

    accounts.set_password(person_id, password, device="demo", now=now)
    shown_codes.give(person_id, _secret(username), now=now)
    sessions.end_all(person_id)


def _equip_older(facts: Mapping[str, Any]) -> None:
    """Members of a demo from before there were two steps get their app, too."""
    from django.utils import timezone

    from vssid.domain.accounts.factors import proofs, shown_codes, totp
    from vssid.domain.accounts.models.accounts import LoginName

    for officer in facts["officers"]:
        if "totp" in officer:
            continue
        person_id = LoginName.objects.get(name=officer["username"]).person_id
        if not proofs.has_any(person_id):  # an earlier start may have got this far
            shown_codes.give(person_id, _secret(officer["username"]), now=timezone.now())
        officer["totp"] = totp.written(_secret(officer["username"]))


def _secret(name: str) -> bytes:
    """The secret of a made-up member's authenticator app, as `_password` the same in one demo."""
    from django.conf import settings

    return hmac.digest(settings.SECRET_KEY.encode(), f"demo-app:{name}".encode(), hashlib.sha256)[:20]


def _officers(made: DemoPeople, now: datetime) -> list[dict[str, str]]:
    from django.db import transaction
    from django.utils import timezone

    from vssid.domain.accounts import staff
    from vssid.domain.accounts.errors import AlreadyHasAccount
    from vssid.domain.accounts.factors import totp
    from vssid.domain.accounts.posts import giving
    from vssid.kernel.actor import SYSTEM

    # The office that most of the registrants live nearest to, and one that has no say over them.
    busiest = Counter(registrant.person.office_code for registrant in made.registrants).most_common()
    offices = {office.code: office.name for office in made.offices}
    answer = []
    for username, name, which, role in OFFICERS:
        office = which if isinstance(which, str) else busiest[which][0]
        password = _password(username)
        # An earlier first start may have got this far.
        with contextlib.suppress(AlreadyHasAccount), transaction.atomic():
            opened = staff.create(
                username,
                display_name=name,
                office_code=office,
                by=SYSTEM,
                now=now,
                role=role,
                from_on=local_day(now) - AT_WORK,
            )
            _equip(opened.person_id, username, password, now)
            if username in ALSO:
                asked = giving.Asked(office, ALSO[username], timezone.localdate(now))
                giving.give(opened.person_id, asked, by=SYSTEM, now=now)
        answer.append(
            {
                "username": username,
                "password": password,
                "totp": totp.written(_secret(username)),
                "office": offices[office],
                "office_code": office,
                "role": role,
            }
        )
    return answer


def _as_actor(officer: Mapping[str, str]) -> Actor:
    from vssid.domain.accounts.models.accounts import Account
    from vssid.kernel.actor import ActorKind

    account = Account.objects.get(login=officer["username"])
    return Actor(
        ActorKind.OFFICER,
        account.person_id,
        account.display_name,
        officer["office_code"],
        officer["role"],
    )


def _citizen(person: DemoPerson, now: datetime) -> dict[str, str]:
    """An account as approval opens it, and the person's own password as the first sign-in sets it."""
    from django.db import transaction

    from vssid.domain.accounts import actions as accounts
    from vssid.domain.accounts.errors import AlreadyHasAccount
    from vssid.domain.accounts.sign_in import sessions
    from vssid.domain.participants import queries as participants
    from vssid.kernel.actor import SYSTEM
    from vssid.kernel.ids import BhxhCode, IdNumber, Phone

    code, password = BhxhCode.parse(person.bhxh_code), _password(person.bhxh_code)
    participant = participants.by_bhxh_code(code)
    assert participant is not None, "the people file was imported"
    owner = accounts.Owner(
        participant.person_id,
        code,
        participant.full_name,
        Phone.parse(person.phone),
        IdNumber.parse(person.id_number),
    )
    with contextlib.suppress(AlreadyHasAccount), transaction.atomic():
        accounts.open_for(owner, by=SYSTEM, subject=participant.person_id, now=now)
        accounts.set_password(participant.person_id, password, device="demo", now=now)
        sessions.end_all(participant.person_id)
    return {"bhxh_code": person.bhxh_code, "password": password, "full_name": person.full_name}


def _registrant(registrant: Registrant, photos: Mapping[str, Future[str]]) -> dict[str, Any]:
    person = registrant.person
    return {
        "bhxh_code": person.bhxh_code,
        "full_name": person.full_name,
        "birth_date": person.birth_date.isoformat(),
        "sex": person.sex,
        "id_number": person.id_number,
        "id_issued_on": person.id_issued_on.isoformat(),
        "phone": person.phone,
        "address": person.address,
        "street": person.street,
        "commune_code": person.commune_code,
        "province_code": person.province_code,
        "office_code": person.office_code,
        "photos": {kind: future.result() for kind, future in photos.items()},
        # How the photos are spoilt, and what the register holds otherwise than the card.
        "photo_plan": dict(registrant.photos),
        "mismatch": registrant.mismatch,
    }
