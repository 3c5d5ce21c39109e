"""Runs workloads by name on one ground: an embedded PostgreSQL below a folder, people, a web server."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path

from bench import people, place
from bench.rows import Row

Say = Callable[[str], None]


class CannotRun(Exception):
    """A workload cannot run here; the text says why and what to do."""


@dataclass(frozen=True)
class Options:
    """How much is measured. `rounds` None: each workload's own number."""

    folder: Path
    rounds: int | None = None
    seconds: float = 5
    rows: int = 1_000_000
    people: int = 2_000_000
    workers: int = 2
    keep: bool = False


@dataclass(frozen=True)
class Workload:
    """A module of this folder with `measure(bench) -> list[Row]`; `quick` ones run when none is named."""

    name: str
    about: str
    quick: bool = True


WORKLOADS = (
    Workload("record", "đọc hồ sơ qua máy chủ thật, so với pgbench cùng câu lệnh"),
    Workload("pages", "trang thẻ và trang quá trình qua máy chủ thật, so với pgbench"),
    Workload("sign_in", "đăng nhập, so với riêng Argon2id"),
    Workload("form01", "PDF tờ khai 01, so với trang Typst trống"),
    Workload("photo", "đọc và chấm ảnh giấy tờ 12 MP, so với giải mã và nén JPEG"),
    Workload("import", "nạp quá trình tham gia (--rows dòng), so với COPY vào cùng bảng"),
    Workload("directory", "tra cứu từng chữ trên 76.600 nơi, so với đọc theo khóa"),
    Workload("texts", "một tin nhắn từ lúc tạo đến khi báo đã đến, so với khi không ghi cổng và mức trần"),
    Workload(
        "employers",
        "tệp 800 dòng, 20.000 người, 800 tờ khai của đơn vị; chiến dịch, danh sách 360.000 đơn vị",
    ),
    Workload("office", "bàn làm việc và nhật ký với --rows hồ sơ, so với một phần trăm (lâu)", quick=False),
    Workload("walk-in", "một người tại quầy, chỉ bằng bàn phím, theo mô hình gõ phím (KLM)", quick=False),
    Workload("restore", "sao lưu, khôi phục --people người theo docs/operations/backup.md", quick=False),
    Workload("growth", "đọc hồ sơ khi sổ lớn dần tới --people người, so với 20.000 người (lâu)", quick=False),
)
_MODULES = {
    "form01": "documents",
    "photo": "documents",
    "import": "import_speed",
    "employers": "employers.workload",
    "walk-in": "walk_in.workload",
}
_FUNCTIONS = {"form01": "form01", "photo": "photo"}
RECORD_PEOPLE = 20_000


class Bench:
    """What workloads share; each part is made when the first of them asks for it."""

    def __init__(self, options: Options, say: Say, stack: ExitStack) -> None:
        self.options, self.say, self._stack = options, say, stack
        self.server = stack.enter_context(place.cluster(options.folder))
        self._count = min(RECORD_PEOPLE, options.people)
        self._name = f"people_{self._count}"
        self._start_django()

    def _start_django(self) -> None:
        """In this process, with the secrets of the run, on the people's database."""
        from vssid.cli import boot
        from vssid.cli.demo import environment

        os.environ["VSSID_LOG_LEVEL"] = "WARNING"
        address = self.server.url(self._name)
        environment.prepare(self.options.folder, base_url="http://127.0.0.1", database_url=address)
        boot.django()

    def rounds(self, name: str, usual: int) -> range:
        """The rounds of a workload, told as they go."""
        count = self.options.rounds or usual
        self.say(f"{name}: {count} lượt")
        return range(count)

    @cached_property
    def place(self) -> place.Place:
        """The people's database, migrated."""
        return place.prepare(self.server, self.options.folder, self._name)

    @cached_property
    def sample(self) -> people.Sample:
        """Synthetic people with sessions."""
        people.load(self.place, self._count, self.say)
        return people.sign_in(self.place)

    @cached_property
    def port(self) -> int:
        """Of the real web server before them."""
        return self._stack.enter_context(place.web(self.place, self.options.workers))


def measure(names: list[str], options: Options, say: Say) -> list[Row]:
    """The rows of the named workloads, or of all quick ones."""
    chosen = [
        workload.name for workload in WORKLOADS if workload.name in names or (workload.quick and not names)
    ]
    rows: list[Row] = []
    with ExitStack() as stack:
        bench = Bench(options, say, stack)
        for name in chosen:
            module = import_module(f"bench.{_MODULES.get(name, name)}")
            rows += getattr(module, _FUNCTIONS.get(name, "measure"))(bench)
    return rows
