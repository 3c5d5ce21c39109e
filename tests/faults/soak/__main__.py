"""Run the trial and print its account; status 1 when something was lost, double or wrong."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import tests.environment  # noqa: F401  (the secrets every process of the trial shares)
from tests.faults.machines.machine import Machine, machine

CITIZENS, OFFICERS, READERS = 3, 2, 1


def main() -> int:
    """Set the house up, let people and harm loose, reckon."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="vssid-soak-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "kannel").mkdir()
        with machine(folder) as ground:
            return _trial(asked, folder, ground)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-harm", action="store_true", help="only the people")
    return parser.parse_args()


def _trial(asked: argparse.Namespace, folder: Path, ground: Machine) -> int:
    from .house import House

    house = House(folder, ground)
    os.environ |= house.environment()
    from vssid.cli import boot

    boot.django()
    from .browser import Tally
    from .harm import Harm
    from .people import Phones, Town

    officer_id = _fill()
    town = Town(house, Tally(), Phones(house.kannel), officer_id)
    harm = Harm(house, asked.seed)
    house.start()
    try:
        _live(town, None if asked.no_harm else harm, asked.minutes * 60)
        wrong = _account(town, harm)
    finally:
        house.end()
    if wrong:
        _show_logs(folder)
    return 1 if wrong else 0


def _fill() -> int:
    """The office, its officer, whose number it returns, and people of the register."""
    from tests.making.registrations import HONG_BANG, make_office, make_officer_account, make_person

    from .people import OFFICER, someone

    make_office(HONG_BANG)
    officer_id = make_officer_account(OFFICER)
    for n in range(1, 401):  # who comes later is not in the register: the officer sees that too
        make_person(someone(n))
    return officer_id


def _live(town: Any, harm: Any, seconds: float) -> None:
    from . import people

    crowd = [(people.citizens, CITIZENS), (people.officers, OFFICERS), (people.readers, READERS)]
    threads = [threading.Thread(target=act, args=[town]) for act, count in crowd for _ in range(count)]
    for thread in threads:
        thread.start()
    if harm is not None:
        threading.Thread(target=harm.run, daemon=True).start()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(min(60, max(0.1, end - time.monotonic())))
        _say(town, harm)
    if harm is not None:
        harm.end()
        harm.mended.wait()
    town.over.set()
    for thread in threads[:CITIZENS]:
        thread.join()
    town.last_sent.set()
    for thread in threads[CITIZENS:]:
        thread.join()


def _say(town: Any, harm: Any) -> None:
    done, harmed = town.done, sum(harm.done.values()) if harm else 0
    sys.stdout.write(
        f"sent {len(done.sent)}, approved {len(done.approved)}, signed in {len(done.signed_in)},"
        f" read {done.read}; harms {harmed}; wrong {len(town.tally.wrong)}\n"
    )
    sys.stdout.flush()


def _account(town: Any, harm: Any) -> list[str]:
    from django.db import connection

    from . import reckoning
    from .house import wait

    wrong = list(town.tally.wrong)
    connection.close()  # the database it led to was killed
    try:
        wait(reckoning.settled, 240, "every message is settled")
    except TimeoutError as late:
        wrong.append(str(late))
    for port in town.house.ports:
        for door in ("/readyz", "/workerz"):
            if not town.house.ready(port, door):
                wrong.append(f"{door} of {port} is not well at the end")
    wrong += reckoning.reckon(town)
    sys.stdout.write(json.dumps(_figures(town, harm, wrong), ensure_ascii=False, indent=1) + "\n")
    return wrong


def _figures(town: Any, harm: Any, wrong: list[str]) -> dict[str, Any]:
    from . import reckoning

    done = town.done
    return {
        "registered": len(done.sent),
        "approved": len(done.approved),
        "signed in": len(done.signed_in),
        "cards read": done.read,
        "texts": sum(len(texts) for texts in town.phones.all().values()),
        "texts that came again": reckoning.repeated(town.phones),
        "phones with more than one password": sum(n > 1 for n in reckoning.passwords(town.phones).values()),
        "answers": dict(town.tally.answers),
        "longest without an answer (s)": round(town.tally.longest_away, 1),
        "harms": dict(harm.done),
        "starts": {kept.name: kept.starts for kept in town.house.kept()},
        "ended by themselves": {kept.name: kept.ended_by_itself for kept in town.house.kept()},
        "wrong": wrong,
    }


def _show_logs(folder: Path) -> None:
    for path in sorted(folder.glob("*.log")):
        sys.stderr.write(f"--- {path.name}\n{path.read_text(errors='replace')[-3000:]}\n")


if __name__ == "__main__":
    sys.exit(main())
