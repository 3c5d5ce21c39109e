"""Hand files in at the desk of a data officer."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.making.registrations import ELSEWHERE, HONG_BANG, make_office, make_officer_account
from vssid.domain.imports.models import Upload
from vssid.domain.imports.uploads import clear_files, loading
from vssid.web.officer.tests.desk import browser_of

PAGE = "/can-bo/nhap-lieu"
GOOD = "code,name\nTZ0001A,Công ty Một\nTZ0002A,Công ty Hai\n"
BAD = "code,name\nTZ0001A,Công ty Một\nsai,Công ty Chim Vàng\nsai,Công ty Chim Bạc\nTZ0003A,\n"


def quang() -> Client:
    """A data officer's browser, of the office at Hồng Bàng."""
    make_office(HONG_BANG)
    return browser_of(make_officer_account("quang", HONG_BANG, "Quang", "data"))


def yen() -> Client:
    """A data officer's browser, of another office."""
    return browser_of(make_officer_account("yen", ELSEWHERE, "Yến", "data"))


def send(client: Client, content: str | bytes, **more: Any) -> Any:
    """The answer to a file of employers; `more` are other fields."""
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(more.pop("name", "don-vi.csv"), data, "text/csv")
    return client.post(PAGE, {"kind": "employers", "sender": "Sở mẫu", "file": file, **more})


def shown(client: Client, content: str, **more: Any) -> str:
    """Send a file, have it looked at, and the address of its page."""
    address: str = send(client, content, **more)["Location"]
    work(address)
    return address


def work(address: str) -> None:
    """What the worker does with the upload of a page."""
    loading.work(int(address.rpartition("/")[2]), clock=timezone.now)


def confirmed(client: Client, address: str) -> Any:
    """The answer to the button that confirms what a page shows."""
    run_id = Upload.objects.get(id=int(address.rpartition("/")[2])).shown_id
    return client.post(f"{address}/xac-nhan", {"shown": str(run_id)})


def loaded(client: Client, content: str, **more: Any) -> str:
    """Send a file, confirm what it would do, have it loaded, and the address of its page."""
    address = shown(client, content, **more)
    if Upload.objects.get(id=int(address.rpartition("/")[2])).state == Upload.State.SHOWN:
        confirmed(client, address)
        work(address)
    return address


def in_clear() -> list[str]:
    """What lies in clear."""
    return [path.name for path in clear_files.folder().iterdir()]
