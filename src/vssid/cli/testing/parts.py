"""`./vssid test`: every part of the checks, or one, or pytest's own arguments."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vssid.cli.boot import ROOT

SHELL_SCRIPTS = ["vssid", ".ci/run", "ops/bin/vssid", "ops/try.sh"]
NO_TESTS = 5  # pytest's status when nothing was selected
MARKED = {"journeys": "journey", "contract": "contract", "architecture": "architecture", "faults": "faults"}


@dataclass(frozen=True)
class Need:
    """A program some tests need and Debian's packages that bring it."""

    mark: str
    program: str
    packages: tuple[str, ...]

    def met(self) -> bool:
        """Whether the program is there; /usr/sbin counts although users have it seldom in PATH."""
        return shutil.which(self.program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin") is not None


NEEDS = (
    Need("browser", "chromium", ("chromium",)),
    Need("zbar", "zbarimg", ("zbar-tools",)),
    Need("pgbouncer", "pgbouncer", ("pgbouncer",)),
    Need("kannel", "bearerbox", ("kannel", "kannel-extras")),
    Need("nginx", "nginx", ("nginx-light",)),
    Need("promtool", "promtool", ("prometheus",)),
)


def run(arguments: list[str]) -> int:
    """Run the parts named, all parts without arguments, else pytest with the arguments; the exit status."""
    os.chdir(ROOT)
    if not arguments:
        return _everything()
    if all(name in PARTS for name in arguments):
        return max([PARTS[name]() for name in arguments])
    return _pytest(arguments)


def _everything() -> int:
    broken = [name for name in ("lint", "types", "floors") if PARTS[name]() != 0]
    if broken:
        print(f"== không đạt: {', '.join(broken)}; chạy tiếp các kiểm thử", flush=True)
    status = _tests("")
    if broken:
        print(f"== không đạt: {', '.join(broken)}", flush=True)
    return 1 if broken or status else 0


def lint() -> int:
    """ruff, djlint, and shellcheck when it is installed."""
    statuses = [
        _step("ruff check", "-m", "ruff", "check", "."),
        _step("ruff format", "-m", "ruff", "format", "--check", "."),
        _step("djlint", "-m", "djlint", "src", "--lint", "--quiet"),
    ]
    if shutil.which("shellcheck"):
        statuses.append(_command("shellcheck", ["shellcheck", *SHELL_SCRIPTS]))
    return max(statuses)


def types() -> int:
    """mypy strict on the source; its Django plugin reads the settings, so it gets some that start."""
    secrets = ("SECRET_KEY", "SMS_RECEIPT_SECRET")
    settings = {f"VSSID_{name}": "only-for-the-type-checker-never-used" for name in secrets}
    settings |= {f"VSSID_{name}_KEYS": f"none:{'A' * 43}=" for name in ("MASTER", "FINGERPRINT", "AUDIT")}
    settings["VSSID_DATABASE_URL"] = "postgresql:///none"
    return _command("mypy", [sys.executable, "-m", "mypy", "src"], settings)


def floors() -> int:
    """The floors and rooms of the house (.importlinter)."""
    program = Path(sys.executable).with_name("lint-imports")
    return _command("import-linter", [str(program), "--no-cache"])


def unit() -> int:
    """Everything that carries no mark of another part."""
    others = [*MARKED.values(), *(need.mark for need in NEEDS)]
    return _tests(" and ".join(f"not {mark}" for mark in others))


def _marked(mark: str) -> Callable[[], int]:
    return lambda: _tests(mark)


PARTS: dict[str, Callable[[], int]] = {
    "lint": lint,
    "types": types,
    "floors": floors,
    "unit": unit,
    **{part: _marked(mark) for part, mark in MARKED.items()},
    **{need.mark: _marked(need.mark) for need in NEEDS},
}


def _tests(expression: str) -> int:
    """pytest with a mark expression, without the tests whose programs are missing."""
    missing = [need for need in NEEDS if not _provide(need, expression)]
    clauses = [f"({expression})"] if expression else []
    clauses += [f"not {need.mark}" for need in missing]
    return _pytest(["-m", " and ".join(clauses)] if clauses else [])


def _pytest(arguments: list[str]) -> int:
    own_workers = any(argument.startswith(("-n", "--pdb")) for argument in arguments)
    parallel = [] if own_workers else ["-n", "2", "--dist", "loadgroup"]
    status = _command("pytest", [sys.executable, "-m", "pytest", *parallel, *arguments])
    return 0 if status == NO_TESTS else status


def _provide(need: Need, expression: str) -> bool:
    wanted = need.mark in expression.replace(f"not {need.mark}", "") or not expression
    if not wanted or need.met():
        return True
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install(need.packages)
        if need.met():
            return True
    print(
        f"== bỏ qua các kiểm thử “{need.mark}”: thiếu {need.program}; hãy cài {' '.join(need.packages)}"
        f" (apt install {' '.join(need.packages)})",
        flush=True,
    )
    return False


_lists_fresh = False


def _install(packages: tuple[str, ...]) -> None:
    global _lists_fresh
    print(f"== cài đặt {' '.join(packages)} qua apt", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": environment, "check": False, "stdout": subprocess.DEVNULL}
    if not _lists_fresh:
        subprocess.run(["apt-get", "update", "-qq"], **quiet)  # type: ignore[call-overload]  # noqa: S607
        _lists_fresh = True
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(command, **quiet)  # type: ignore[call-overload]  # noqa: S603


def _step(title: str, *arguments: str) -> int:
    return _command(title, [sys.executable, *arguments])


def _command(title: str, command: list[str], settings: dict[str, str] | None = None) -> int:
    print(f"== {title}", flush=True)
    started = time.monotonic()
    environment = os.environ | (settings or {})
    status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603
    if status:
        print(f"== {title}: không đạt ({time.monotonic() - started:.0f} giây)", flush=True)
    return abs(status)
