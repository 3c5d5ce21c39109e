"""`./vssid test`: every part of the checks, or one, or pytest's own arguments."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vssid.cli.boot import ROOT

from . import again, changed

SHELL_SCRIPTS = ["vssid", ".ci/run", "ops/bin/vssid", "ops/try.sh"]
SHELL = "chromium-headless-shell"
SHUFFLE = "--shuffle"
NO_TESTS = 5  # pytest's status when nothing was selected
BESIDE = ("lint", "types", "floors")  # run while the tests do
# They wait for servers and processes of their own more than they work.
WAITING = ("tests/faults", "tests/kannel")
MARKED = {"journeys": "journey", "contract": "contract", "architecture": "architecture", "faults": "faults"}


@dataclass(frozen=True)
class Need:
    """A program some tests need and Debian's packages that bring it.

    With `faster` besides, the same tests take less; without it they run as well.
    """

    mark: str
    program: str
    packages: tuple[str, ...]
    faster: str = ""

    def met(self) -> bool:
        """Whether the program is there."""
        return _is_installed(self.program)

    def met_at_best(self) -> bool:
        """Whether the faster one is there too."""
        return self.met() and (not self.faster or _is_installed(self.faster))


def _is_installed(program: str) -> bool:
    """/usr/sbin counts although users have it seldom in PATH."""
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin") is not None


NEEDS = (
    Need("browser", "chromium", ("chromium", SHELL), faster=SHELL),
    Need("zbar", "zbarimg", ("zbar-tools",)),
    Need("pgbouncer", "pgbouncer", ("pgbouncer",)),
    Need("kannel", "bearerbox", ("kannel", "kannel-extras")),
    Need("nginx", "nginx", ("nginx-light",)),
    Need("promtool", "promtool", ("prometheus",)),
)


def run(arguments: list[str]) -> int:
    """Run the parts named, all parts without arguments, else pytest with the arguments; the exit status."""
    os.chdir(ROOT)
    if all(argument.split("=")[0] == SHUFFLE for argument in arguments):
        return _everything([_with_seed(argument) for argument in arguments])
    if arguments[0] == "quick":
        return quick(arguments[1:])
    if all(name in PARTS for name in arguments):
        return max([PARTS[name]() for name in arguments])
    return _pytest(arguments)


def _with_seed(shuffle: str) -> str:
    """The same seed for all who run beside each other."""
    return shuffle if shuffle != SHUFFLE else f"{SHUFFLE}={random.SystemRandom().randrange(1_000_000)}"


def _everything(order: list[str]) -> int:
    """All tests; beside them those that wait, and what reads the source: each says what it found when it has.

    In a worker of pytest a test that waits would keep a core from those that work.
    """
    missing = _unmet("")
    broken: list[str] = []
    reading = [["test", name] for name in BESIDE]
    waiting = [["test", "-n0", *WAITING, *order, *_without(missing, "")]]
    threads = [threading.Thread(target=_beside, args=[lines, broken]) for lines in (reading, waiting)]
    for thread in threads:
        thread.start()
    with again.written_down() as failed:
        status = _pytest([*(f"--ignore={folder}" for folder in WAITING), *order, *_without(missing, "")])
        for thread in threads:
            thread.join()
        status = again.alone(failed, status, _pytest)
    if broken:
        print(f"== không đạt: {', '.join(broken)}", flush=True)
    return 1 if broken or status else 0


def _beside(lines: list[list[str]], broken: list[str]) -> None:
    """Run `./vssid` with each of these, one after the other; what one says is shown together, at its end."""
    for line in lines:
        name = next(word for word in line[1:] if not word.startswith("-n"))
        with tempfile.TemporaryFile("w+") as said:
            status = subprocess.run(  # noqa: S603
                [sys.executable, "-m", "vssid.cli", *line],
                cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
                stdout=said, stderr=said, check=False,
            ).returncode  # fmt: skip
            said.seek(0)
            told = said.read()
        print(f"\n{told}" if status or name in WAITING else f"\n== {name}: đạt", flush=True)
        if status:
            broken.append(name)


def quick(arguments: list[str]) -> int:
    """The unit tests that start no program; with `--changed` only those that the change touches."""
    left = [argument for argument in arguments if argument != "--changed"]
    expression = f"({_unit()}) and not process"
    if left == arguments:
        return _pytest(["-m", expression, *left])
    try:
        names = changed.files(ROOT)
    except changed.NotACheckout:
        print("== quick --changed cần git; hãy chạy trong thư mục lấy bằng git clone.", flush=True)
        return 1
    places = changed.places(names, ROOT)
    if not places:
        print("== không có kiểm thử nào liên quan đến thay đổi", flush=True)
        return 0
    return _pytest(["-m", expression, *left, *([] if places == ["."] else places)])


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
    return _tests(_unit())


def _unit() -> str:
    others = [*MARKED.values(), *(need.mark for need in NEEDS)]
    return " and ".join(f"not {mark}" for mark in others)


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
    return _pytest(_without(_unmet(expression), expression))


def _unmet(expression: str) -> list[Need]:
    return [need for need in NEEDS if not _provide(need, expression)]


def _without(missing: list[Need], expression: str) -> list[str]:
    clauses = [f"({expression})"] if expression else []
    clauses += [f"not {need.mark}" for need in missing]
    return ["-m", " and ".join(clauses)] if clauses else []


def _pytest(arguments: list[str]) -> int:
    own_workers = any(argument.startswith(("-n", "--pdb")) for argument in arguments)
    parallel = [] if own_workers else ["-n", _workers(), "--dist", "loadgroup", "--no-loadscope-reorder"]
    status = _command("pytest", [sys.executable, "-m", "pytest", *parallel, *arguments])
    return 0 if status == NO_TESTS else status


def _workers() -> str:
    """As many as cores: with one more, three browsers on two cores ran into their own time limits."""
    return str(os.cpu_count() or 1)


def _provide(need: Need, expression: str) -> bool:
    is_chosen = need.mark in expression.replace(f"not {need.mark}", "") or not expression
    if not is_chosen or need.met_at_best():
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
    # Without the compiled files every worker and every program a test starts would compile all anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603
    if status:
        print(f"== {title}: không đạt ({time.monotonic() - started:.0f} giây)", flush=True)
    return abs(status)
