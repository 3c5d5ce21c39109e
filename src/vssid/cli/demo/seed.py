"""Fill a demo with its synthetic province, once; every later start only writes the present address."""

from __future__ import annotations

import contextlib
import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from vssid.cli.demo.cast import Registrant

from . import accounts, big_employers, campaign, known_answers, life, office_week, own_workers, roll_out
from .invented import directory, people
from .pictures import drawing

Say = Callable[[str], None]
WRITTEN = "demo.json"
SEED = 2026
# From so many people on the demo has every place of the country.
WHOLE_COUNTRY = 2_000


def load(folder: Path, *, base_url: str, count: int, say: Say) -> None:
    """Load the data when the folder has none, and write demo.json with the present address."""
    path = folder / WRITTEN
    facts = _written(path)
    if facts is None:
        logging.getLogger("procrastinate").setLevel(logging.WARNING)  # the terminal is for what is told here
        facts = _load_all(folder, count, say)
    accounts.equip_older(facts)
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
        officers = accounts.officers(made, now)
        citizens = [accounts.citizen(citizen, now) for citizen in made.citizens]
        say("Gửi hồ sơ và phản ánh giả lập")
        minh = accounts.as_actor(officers[0])
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
    officers = [accounts.as_actor(officer) for officer in reviewers.values()]
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
    told = big_employers.settle(desks, accounts.equip_hr, now=now)
    campaign.prepare(now=now)
    _write(folder / WRITTEN, {**facts, **told})
    say("Đã có ba đơn vị giả lập 8, 800 và 12.000 người; tài khoản nhân sự (tuan, nga) và mã mời: demo.json")
    _fill_own_workers(folder, desks, facts["officers"])
    done.touch()


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
            officer=accounts.as_actor(reviewer),
            desk=accounts.as_actor(desks[big.desk]),
            hr=big_employers.hr_of(big.code, timezone.localdate()),
            pool=pool,
            now=timezone.now(),
        )


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
