"""Draw the photos of the people who are to register, on all cores, while the import runs."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Literal

from vssid.infra.embedded.process_user import die_with

from ..cast import PhotoPlan, Registrant
from . import photos

Kind = Literal["front", "back", "portrait"]
DRAW: dict[Kind, Callable[..., None]] = {
    "front": photos.draw_front,
    "back": photos.draw_back,
    "portrait": photos.draw_portrait,
}


def prepare_process() -> None:
    """A drawing process leaves Ctrl-C to its parent and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with(signal.SIGTERM)()


def start(
    pool: ProcessPoolExecutor, registrants: Sequence[Registrant], folder: Path
) -> dict[str, dict[str, Future[str]]]:
    """Begin drawing; BHXH code → kind of photo → the path to come."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        registrant.person.bhxh_code: {
            kind: pool.submit(
                draw,
                kind,
                _card_of(registrant),
                registrant.photos[kind],
                folder / f"{number:02d}-{kind}.jpg",
                number,
            )
            for kind in DRAW
        }
        for number, registrant in enumerate(registrants, start=1)
    }


def draw(kind: Kind, person: photos.CardPerson, plan: PhotoPlan, path: Path, seed: int) -> str:
    """Draw one photo unless an earlier start has; the path as text."""
    if not path.is_file():
        draft = path.with_suffix(".new")
        DRAW[kind](person, draft, seed=seed, defect=None if plan == "good" else plan)
        draft.replace(path)
    return str(path)


def _card_of(registrant: Registrant) -> photos.CardPerson:
    person = registrant.person
    return photos.CardPerson(
        full_name=person.full_name,
        birth_date=person.birth_date,
        sex=person.sex,
        id_number=person.id_number,
        old_id_number=person.old_id_number,
        address=person.address,
        issued_on=person.id_issued_on,
        expires_on=person.id_expires_on,
    )
