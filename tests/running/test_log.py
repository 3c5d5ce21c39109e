"""The last net: numbers of persons do not reach a log line."""

from __future__ import annotations

import pytest
import structlog
from structlog.testing import capture_logs

from vssid.infra import log
from vssid.infra.log import scrub


def _logged(**event: object) -> dict[str, object]:
    return dict(scrub(None, "info", dict(event)))


@pytest.mark.parametrize(
    "text", ["0123456789", "031190123456", "0912345678", "+84912345678", "GD4313100000001", "(3199000001)"]
)
def test_it_blots_out_what_looks_like_a_persons_number(text: str) -> None:
    digits = "".join(character for character in text if character.isdigit())
    assert digits not in str(_logged(event=f"seen {text} today")["event"])


def test_it_looks_into_lists_and_dictionaries() -> None:
    assert "0912345678" not in str(_logged(args=["0912345678", {"to": "0912345678"}]))


def test_our_own_numbers_stay_readable() -> None:
    assert _logged(subject_id=1_000_000_001, ms=12.5, status=404) == {
        "subject_id": 1_000_000_001,
        "ms": 12.5,
        "status": 404,
    }


def test_request_ids_stay_whole() -> None:
    identifier = "550e8400-e29b-41d4-a716-446655440000"
    assert _logged(request_id=identifier)["request_id"] == identifier


def test_rows_that_postgresql_quotes_stay_out() -> None:
    trace = 'CheckViolation: new row violates "x"\nDETAIL:  Failing row contains (1, Nguyễn Thị Lan).\nnext'
    logged = str(_logged(exception=trace)["exception"])
    assert "Lan" not in logged
    assert logged.endswith("next")


def test_setting_up_twice_keeps_loggers_in_hand_and_writes_to_the_present_stream(capsys):
    logger = structlog.get_logger("vssid.twice")
    logger.info("before")
    log.configure({})
    with capture_logs() as lines:
        logger.info("after")
    assert [line["event"] for line in lines] == ["after"]
    logger.info("seen")
    assert '"event": "seen"' in capsys.readouterr().err
