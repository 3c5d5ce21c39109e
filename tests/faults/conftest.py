"""Where servers of a test's own keep their data."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.machines.machine import Machine, machine


@pytest.fixture(scope="module")
def ground() -> Iterator[Path]:
    """A folder that the server's user may pass; pytest's own are shut to all but root when root runs it."""
    with tempfile.TemporaryDirectory(prefix="vssid-faults-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture(scope="module")
def _machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with machine(tmp_path_factory.mktemp("machine")) as made:
        yield made


@pytest.fixture
def place(_machine: Machine) -> Machine:
    """The machine of the module, as if new."""
    _machine.clear()
    return _machine
