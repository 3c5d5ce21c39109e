"""Start, watch and stop a demo."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from vssid.cli import addresses
from vssid.cli.boot import default_data
from vssid.cli.demo import environment
from vssid.cli.demo.processes import ChildDied, Children, Stopped, stop_on_signals
from vssid.infra.embedded import postgres

READY_SECONDS = 60
console = Console(highlight=False)


class Refused(Exception):
    """The demo cannot start; the text is the one sentence for the operator."""


class RunsAlready(Exception):
    """A demo on the same data is running; the text is its address."""


def run(*, host: str, port: int, data: Path | None, people: int) -> int:
    """Run until Ctrl-C, SIGTERM, or a child dies.

    Returns 0 after a wanted stop and when a demo already runs on the data,
    1 when it could not start or broke.
    """
    folder = (data or default_data()).absolute()
    base_url = addresses.as_browsed(host, port)
    stop_on_signals()
    try:
        with _sole_owner(folder, base_url):
            _refuse_busy_port(host, port)
            _run(folder, host=host, port=port, base_url=base_url, people=people)
    except RunsAlready as running:
        console.print(f"Bản trình diễn trên dữ liệu này đang chạy tại {running}.")
        return 0
    except Stopped:
        console.print("\nĐã dừng mọi tiến trình.")
        return 0
    except (Refused, ChildDied, postgres.CannotStart) as error:
        console.print(f"[red]{error}[/red]")
        return 1
    return 0


def _run(folder: Path, *, host: str, port: int, base_url: str, people: int) -> None:
    started = time.monotonic()
    own_server = not os.environ.get("VSSID_DATABASE_URL")
    database_url = os.environ.get("VSSID_DATABASE_URL") or postgres.address(folder / "pg")
    environment.prepare(folder, base_url=base_url, database_url=database_url)
    children = Children(folder / "logs")
    try:
        if own_server:
            _say("Khởi động PostgreSQL")
            server = postgres.start(folder / "pg", die_with_parent=True)
            postgres.ensure_database(server, "vssid")
        _prepare_data(folder, base_url, people)
        children.start("web", "serve", "--host", host, "--port", str(port), "--workers", "2")
        children.start("worker", "worker")
        _wait_ready(base_url, children)
        _announce(folder, base_url, time.monotonic() - started)
        threading.Thread(target=_fill, args=(folder, people), daemon=True).start()
        children.watch()
    finally:
        children.stop()
        if own_server:
            postgres.stop(folder / "pg")


def _prepare_data(folder: Path, base_url: str, people: int) -> None:
    from vssid.cli import boot, migrating

    boot.django()
    from django.db import connections

    from vssid.cli.demo import seed
    from vssid.infra.static_files import collecting

    _say("Cập nhật cấu trúc cơ sở dữ liệu")
    migrating.migrate()
    collecting.collect()
    seed.load(folder, base_url=base_url, count=people, say=_say)
    connections.close_all()


def _fill(folder: Path, people: int) -> None:
    """Beside the running demo; if one breaks the demo goes on without it."""
    from django.db import connections

    from vssid.cli.demo import seed

    try:
        seed.fill_offices(folder, say=_say)
    except Exception as error:
        _say(f"Chưa gửi hết hồ sơ giả lập ({type(error).__name__}); lần chạy sau sẽ gửi tiếp")
    try:
        seed.fill_employers(folder, say=_say)
    except Exception as error:
        _say(f"Chưa lập hết ba đơn vị giả lập ({type(error).__name__}); lần chạy sau sẽ làm tiếp")
    try:
        seed.fill_directory(folder, count=people, say=_say)
    except Exception as error:
        _say(f"Chưa nạp hết nơi tra cứu của cả nước ({type(error).__name__}); lần chạy sau sẽ nạp tiếp")
    finally:
        connections.close_all()


@contextmanager
def _sole_owner(folder: Path, base_url: str) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / "demo.lock").open("a+")
    except OSError as error:
        raise Refused(f"Không ghi được vào {folder}: {error.strerror}.") from None
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            raise RunsAlready(handle.read().strip() or "địa chỉ chưa rõ, đang khởi động") from None
        handle.truncate(0)
        handle.write(base_url)
        handle.flush()
        yield


def _refuse_busy_port(host: str, port: int) -> None:
    try:
        host = addresses.listening(host)
    except addresses.UnknownHost as unknown:
        raise Refused(str(unknown)) from None
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Refused(
                    f"Cổng {port} đang có chương trình khác dùng; hãy chọn cổng khác: --port."
                ) from None
            raise Refused(f"Không mở được {host}:{port}: {error.strerror}.") from None


def _wait_ready(base_url: str, children: Children) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        children.check()
        try:
            with urllib.request.urlopen(f"{base_url}/readyz", timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise Refused(f"Máy chủ web không sẵn sàng sau {READY_SECONDS} giây; xem {children.logs}.")


def _announce(folder: Path, base_url: str, seconds: float) -> None:
    from vssid.cli.demo import report

    facts = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    console.print(report.accounts(facts))
    console.print(
        "Bước hai của cán bộ: mã hiện ngay trên trang đăng nhập; khóa cho ứng dụng: mục totp trong demo.json"
    )
    console.print(f"Tin nhắn của các số điện thoại giả lập: {base_url}/demo/dien-thoai")
    console.print(f"Chi tiết: {folder / 'demo.json'} · nhật ký: {folder / 'logs'}")
    console.print(f"[bold green]Sẵn sàng sau {seconds:.1f} giây: {base_url}[/bold green]  (Ctrl-C để dừng)")


def _say(text: str) -> None:
    console.print(f"[dim]· {text}[/dim]")
