"""Which tests a change touches: those that import what changed, and those beside whatever imports it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

# A change here may be felt anywhere.
EVERYWHERE = (
    "conftest.py",
    "pyproject.toml",
    "requirements/",
    "tests/runner/database.py",
    "tests/environment.py",
)
# They import everything, which says nothing about what they need.
WIRING = "vssid.config."


class NotACheckout(Exception):
    """There is no git here that could say what changed."""


def files(root: Path) -> list[str]:
    """What differs from the branch's beginning on main: committed, not committed, and new.

    On main itself only what is not committed. Raises NotACheckout.
    """
    base = _git(root, "merge-base", "HEAD", "main") or ["HEAD"]
    different = _git(root, "diff", "--name-only", "--no-renames", base[0])
    new = _git(root, "ls-files", "--others", "--exclude-standard")
    if different is None or new is None:
        raise NotACheckout
    return sorted({*different, *new})


def _git(root: Path, *arguments: str) -> list[str] | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)  # noqa: S603, S607
    except FileNotFoundError:
        return None
    return done.stdout.split() if done.returncode == 0 else None


def places(changed: Iterable[str], root: Path) -> list[str]:
    """The test files and folders to run for the changed files; `["."]` when that is all of them."""
    listed = list(changed)
    if any(name.startswith(EVERYWHERE) for name in listed):
        return ["."]
    paths = {place for name in listed for place in _beside(root, name)}
    modules = {module for name in listed if (module := module_of(name))}
    for module in _downstream(modules):
        path = _path_of(module)
        if path.name.startswith("test_"):
            paths.add(str(path))
        elif not module.startswith(WIRING):
            paths.update(_beside(root, str(path)))
    there = {name for name in paths if (root / name).exists()}
    return sorted(name for name in there if not any(str(above) in there for above in Path(name).parents))


def module_of(name: str) -> str:
    """The module in a file of the project, empty for any other file."""
    path = Path(name)
    if path.suffix != ".py" or path.parts[0] not in ("src", "tests"):
        return ""
    parts = path.with_suffix("").parts[1 if path.parts[0] == "src" else 0 :]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _path_of(module: str) -> Path:
    path = Path(*module.split(".")).with_suffix(".py")
    return Path("src") / path if module.startswith("vssid") else path


def _downstream(modules: set[str]) -> set[str]:
    """The modules that import these, directly or through others, and these."""
    import grimp

    graph = grimp.build_graph("vssid", "tests", cache_dir=None)
    known = modules & graph.modules
    return {other for module in known for other in graph.find_downstream_modules(module)} | known


def _beside(root: Path, name: str) -> Iterator[str]:
    """The tests in the nearest folder upwards that has some; a test file is its own."""
    path = Path(name)
    if path.name.startswith("test_") and path.suffix == ".py":
        yield name
        return
    for folder in path.parents:
        if folder.name == "tests" and folder != Path("tests"):
            yield str(folder)
            return
        if folder != Path() and any((root / folder / "tests").glob("test_*.py")):
            yield str(folder / "tests")
            return
