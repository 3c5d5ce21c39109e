"""What Prometheus is told: all that the documents list, valid, and of dead processes only their sum."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import psutil
import pytest
import yaml
from django.test import Client

from tests.architecture.test_metrics import RULES, asked_by_the_dashboard
from tests.environment import ROOT
from tests.making.programs import Program
from vssid.domain.verification.errors import Limited
from vssid.infra import metrics, tallies

pytestmark = pytest.mark.faults
PROMTOOL = shutil.which("promtool")
needs_promtool = [
    pytest.mark.promtool,
    pytest.mark.skipif(not PROMTOOL, reason="no promtool here"),
]
COUNTS = """
import sys
from vssid.infra import metrics
metrics.CREDENTIALS.inc(int(sys.argv[1]))
metrics.request_answered("a:page", "GET", 200, 0.02)
print("counted", flush=True)
sys.stdin.read()
"""


@pytest.mark.django_db
def test_a_try_to_sign_in_is_counted_by_what_became_of_it(client):
    def count(outcome: str) -> float:
        return metrics.SIGN_INS.labels("citizen", "password", outcome)._value.get()

    before = count("wrong_credentials")
    answer = client.post("/dang-nhap", {"name": "0123456789", "password": "not this"})
    assert answer.status_code == 422
    assert count("wrong_credentials") == before + 1
    limited = count("limited")
    with pytest.raises(Limited), metrics.sign_in("citizen", "password"):
        raise Limited(name="sign_in_all", retry_at=None)
    assert count("limited") == limited + 1


@pytest.fixture
def counting(tmp_path, monkeypatch):
    """Starts processes that count so much and go on living."""
    monkeypatch.setenv(tallies.FOLDER, str(tmp_path))
    started = []

    def start(number: int) -> subprocess.Popen[str]:
        process = Program(
            [sys.executable, "-c", COUNTS, str(number)],
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)
        assert process.stdout.readline() == "counted\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def credentials() -> float:
    match = re.search(r"^vssid_card_credentials_total (\S+)$", tallies.counters().decode(), re.MULTILINE)
    return float(match.group(1)) if match else 0.0


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()


def test_a_dead_process_leaves_its_sum_and_no_file(counting, tmp_path):
    first, second = counting(2), counting(3)
    assert credentials() == 5
    end(first)
    assert credentials() == 5
    assert sorted(path.name for path in tmp_path.glob(f"*_{first.pid}.db")) == []
    assert list(tmp_path.glob(f"*_{second.pid}.db"))
    end(second)
    assert [credentials(), credentials()] == [5, 5]
    assert {path.name for path in tmp_path.glob("*.db")} == {"counter_gone.db", "histogram_gone.db"}
    text = tallies.counters().decode()
    assert 'vssid_request_seconds_bucket{le="0.025",route="a:page"} 2.0' in text
    assert 'vssid_request_seconds_count{route="a:page"} 2.0' in text


def test_a_number_that_another_process_has_now_is_no_sign_of_life(counting, tmp_path):
    dead = counting(4)
    end(dead)
    (mine,) = tmp_path.glob(f"counter_{dead.pid}.db")
    taken = mine.rename(tmp_path / f"counter_{os.getpid()}.db")
    began = psutil.Process().create_time()
    os.utime(taken, (began - 60, began - 60))
    assert credentials() == 4
    assert not taken.exists()


def test_a_server_that_starts_when_none_lives_begins_at_nothing(counting, tmp_path):
    living = counting(7)
    tallies.use(tmp_path)
    assert credentials() == 7
    end(living)
    tallies.use(tmp_path)
    assert credentials() == 0


def check(text: bytes) -> None:
    done = subprocess.run([PROMTOOL, "check", "metrics"], input=text, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def promtool(*arguments: str) -> None:
    done = subprocess.run([PROMTOOL, *arguments], cwd=RULES, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


class TestPromtool:
    pytestmark = needs_promtool

    @pytest.mark.django_db
    def test_it_takes_what_a_single_process_says(self):
        check(Client().get("/metrics").content)

    def test_the_alerts_speak_when_they_should_and_only_then(self):
        promtool("test", "rules", "rules-test.yml")

    def test_the_example_configuration_is_one(self):
        promtool("check", "config", "--syntax-only", "prometheus.yml")

    def test_every_picture_of_the_dashboard_asks_something_that_can_be_answered(self, tmp_path):
        rules = [
            {"record": f"picture:{n}", "expr": expression}
            for n, expression in enumerate(asked_by_the_dashboard())
        ]
        file = tmp_path / "rules.yml"
        file.write_text(yaml.safe_dump({"groups": [{"name": "pictures", "rules": rules}]}))
        promtool("check", "rules", str(file))
