"""`form01` and `photo`: the PDF of the form, and one ID photo of 12 megapixels judged and read."""

from __future__ import annotations

import io
import time
from datetime import date
from pathlib import Path

from bench.harness import Bench
from bench.rows import Row, Target, row, turns

MEGAPIXELS = 12


def form01(bench: Bench) -> list[Row]:
    """Milliseconds of the PDF, against a page of Typst with one line."""
    import typst
    from django.utils import timezone

    from vssid.domain.offices import queries as offices
    from vssid.domain.registration.draft.form import FormData
    from vssid.domain.registration.paper import form01
    from vssid.domain.registration.queries import Status
    from vssid.domain.registration.states import State
    from vssid.kernel.ids import BhxhCode, IdKind, IdNumber, Phone

    assert bench.sample.count  # the offices are there
    with bench.place.connect() as connection:
        office, province, commune = connection.execute(
            "SELECT office_code, province_code, commune_code FROM participants_person WHERE person_id = %s",
            [bench.sample.first],
        ).fetchone()
    form = FormData(
        bhxh_code=BhxhCode.parse("3199000001"),
        full_name="Nguyễn Thị Hương Giang",
        birth_date=date(1992, 9, 8),
        sex=2,
        id_kind=IdKind.CCCD,
        id_number=IdNumber.parse("031192000001"),
        issued_on=date(2021, 4, 25),
        phone=Phone.parse("0590000001"),
        email="",
        province_code=province,
        commune_code=commune,
        street="12 Phố Mẫu",
        office_code=office,
    )
    now = timezone.now()
    status = Status(
        id=1,
        number="HS-000000-0",
        state=State.SUBMITTED,
        submitted_at=now,
        due_on=now.date(),
        days_left=10,
        form_received_at=None,
        original_seen_at=None,
        closed_at=None,
        office=offices.office(office),
    )
    took, empty = turns(
        lambda: form01.render(status, form),
        lambda: typst.compile("Tờ khai".encode(), format="pdf"),
        times=5,
        rounds=len(bench.rounds("form01", 5)),
    )
    return [row("form01", "ms", took, empty, Target("value", "<", 50))]


def photo(bench: Bench) -> list[Row]:
    """CPU time to decode, turn, judge and read the front of a card, against decoding and encoding alone."""
    from PIL import Image

    from vssid.domain.identity import reader
    from vssid.domain.identity.kinds import ImageKind

    data = _drawn(bench.options.folder / "front.jpg").read_bytes()
    looked = reader.look(ImageKind.FRONT, data)
    assert looked.reading is not None, "the QR is not read"

    def plain() -> bytes:
        out = io.BytesIO()
        Image.open(io.BytesIO(data)).convert("RGB").save(out, "JPEG", quality=85)
        return out.getvalue()

    took, plainly = turns(
        lambda: reader.look(ImageKind.FRONT, data),
        plain,
        times=2,
        rounds=len(bench.rounds("photo", 5)),
        clock=time.process_time,
    )
    return [row("photo", "ms CPU", took, plainly, Target("value", "<", 700))]


def _drawn(path: Path) -> Path:
    """A drawn photo of an invented card, drawn once."""
    from PIL import Image

    from vssid.cli.demo.pictures import photos

    if not path.is_file():
        person = photos.CardPerson(
            full_name="Nguyễn Thị Hương Giang",
            birth_date=date(1992, 9, 8),
            sex=2,
            id_number="031192000001",
            old_id_number="031000001",
            address="12 Phố Mẫu, Phường Hồng Bàng, Thành phố Hải Phòng",
            issued_on=date(2021, 4, 25),
            expires_on=date(2032, 9, 8),
        )
        photos.draw_front(person, path, seed=1)
    with Image.open(path) as image:
        assert image.width * image.height > (MEGAPIXELS - 0.5) * 1e6, image.size
    return path
