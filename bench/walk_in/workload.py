"""`walk-in`: a person served at the counter by keyboard alone, in a real browser before the real server.

What the system takes is measured, keys and thoughts are counted and weighed by the keystroke-level model, and
what hands and people take besides is assumed (`journey.ASSUMED`): the sum is a model and no measurement.
"""

from __future__ import annotations

import base64
import io
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench import people, place
from bench.harness import Bench, CannotRun
from bench.office import staff
from bench.place import Place
from bench.rows import Row, Target, row

from . import journey, register
from .typist import Typist

MOST_SECONDS = 180
WIDE = 2560  # pixels of the picture that the browser asks a camera for
# A camera that shows one picture after the other, each time it is opened the next.
CAMERA = """(pictures) => {
  let next = 0;
  navigator.mediaDevices.getUserMedia = async () => {
    const bytes = Uint8Array.from(atob(pictures[next++ % pictures.length]), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
    const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    canvas.width = picture.width;
    canvas.height = picture.height;
    const stream = canvas.captureStream(10), [track] = stream.getVideoTracks();
    const drawing = setInterval(() => {
      if (track.readyState === "live") pen.drawImage(picture, 0, 0);
      else clearInterval(drawing);
    }, 100);
    return stream;
  };
}"""


class Register:
    """The process that makes people and reads the codes which came to their phones."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert self._answer() == "ready"

    def ask(self, what: str, number: int = 0) -> Any:
        """One question, one answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what} {number}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the register does not answer")
        return json.loads(line)


def measure(bench: Bench) -> list[Row]:
    """The keys, the page addresses, and the seconds of the model with its parts."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        raise CannotRun("Cần Chromium để đo walk-in: apt install chromium.")
    made = place.prepare(bench.server, bench.options.folder, "walk_in")
    with ExitStack() as stack:
        book = stack.enter_context(_register(made))
        officers = staff.appoint(made)
        staff.sign_in(made, officers)
        reviewer = next(officer for officer in officers if officer.role == "reviewer")
        port = stack.enter_context(place.web(made))
        browser = stack.enter_context(_browser(program))
        served = [_serve(browser, port, reviewer.person_id, book) for _ in bench.rounds("walk-in", 3)]
    return _rows(served)


@contextmanager
def _register(made: Place) -> Iterator[Register]:
    process = subprocess.Popen(  # noqa: S603
        made.python("-m", "bench.walk_in.register"),
        env=made.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Register(process)
    finally:
        process.communicate()


@contextmanager
def _browser(program: str) -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise CannotRun(
            "Cần thư viện của phần kiểm thử để đo walk-in: chạy ./vssid test lint trước."
        ) from None
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def _serve(browser: Any, port: int, officer: int, book: Register) -> Typist:
    person = book.ask("person")
    address = f"http://127.0.0.1:{port}"
    context = browser.new_context(base_url=address, locale="vi-VN", viewport={"width": 1280, "height": 900})
    cookie = {"name": "vssid-session", "value": people.token(officer), "url": address}
    context.add_cookies([cookie])
    page = context.new_page()
    # What was photographed before a page turned stays photographed: the signed form comes on the next page.
    first = [_drawn(person, kind) for kind in ("front", "back", "portrait")]
    page.add_init_script(f"({CAMERA})({json.dumps(first)})")
    page.goto("/can-bo/quay")
    typist = Typist(page)
    journey.serve(typist, person["card"], read_code=lambda application: str(book.ask("code", application)))
    context.close()
    return typist


def _drawn(person: dict[str, Any], kind: str) -> str:
    """A made-up picture of the card or the person, upright and as wide as a camera's."""
    from PIL import Image, ImageOps

    from vssid.cli.demo.pictures import photos

    drawn = photos.CardPerson(
        full_name=register.NAME,
        birth_date=register.BORN,
        sex=2,
        id_number=person["id_number"],
        address=register.ADDRESS,
        issued_on=register.ISSUED,
    )
    draw = {"front": photos.draw_front, "back": photos.draw_back, "portrait": photos.draw_portrait}[kind]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.jpg"
        draw(drawn, path, seed=int(person["id_number"]))
        with Image.open(path) as taken:
            upright = ImageOps.exif_transpose(taken)
            upright.thumbnail((WIDE, WIDE))
            out = io.BytesIO()
            upright.convert("RGB").save(out, "JPEG", quality=90)
    return base64.b64encode(out.getvalue()).decode()


def _rows(served: list[Typist]) -> list[Row]:
    people_take = float(sum(journey.ASSUMED.values()))
    totals = [typist.seconds + typist.waited + people_take for typist in served]
    return [
        row("walk-in keys", "keys", [float(typist.keys + typist.keys_beside) for typist in served]),
        row(
            "walk-in page addresses",
            "addresses",
            [float(len(typist.addresses)) for typist in served],
            target=Target("value", "=", 1),
        ),
        row("walk-in keys and thoughts, by the model", "s", [typist.seconds for typist in served]),
        row("walk-in waiting for the system, measured", "s", [typist.waited for typist in served]),
        row("walk-in hands and people, assumed", "s", [people_take]),
        row("walk-in, the model's sum", "s", totals, target=Target("value", "≤", MOST_SECONDS)),
    ]
