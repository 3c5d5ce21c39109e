"""One line of JSON per event on standard error, with a last net under personal data."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import MutableMapping
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any, TextIO

import structlog

# Ten digits are a BHXH code or a phone, twelve an ID number, fifteen a card number. Nine-digit numbers
# are our own subject ids only below ten digits, so those stay readable under their field names.
_NUMBER = re.compile(r"(?<![\w.-])(?:\+?84|0)?\d{9,15}(?![\w-])")
_CARD = re.compile(r"\b[A-Z]{2}\d{13}\b")
# PostgreSQL quotes values, even whole rows, behind these words.
_DETAIL = re.compile(r"^(DETAIL|CONTEXT): .*", re.MULTILINE)
_OWN_NUMBERS = frozenset({"person_id", "subject_id", "subject", "job_id", "task_id", "timestamp", "pid"})


class _Stderr(logging.StreamHandler[TextIO]):
    """Writes to what standard error is at the moment, however often the process is set up.

    Another stream may be set (`setStream`), and standard error again.
    """

    def __init__(self) -> None:
        self._other: TextIO | None = None
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        return self._other or sys.stderr

    @stream.setter
    def stream(self, stream: TextIO) -> None:
        self._other = None if stream is sys.stderr else stream


_handlers: list[_Stderr] = []
# One list for ever: loggers keep the list that they were first given.
_chain: list[structlog.typing.Processor] = []
_web = logging.getLogger("vssid.web")


def request_line(*, method: str, route: str, status: int, ms: float, request_id: str) -> None:
    """The line of an answered request as `log.info("request", …)` writes it, at a fifth of the cost.

    For the short path, where that would be a third of the work beside the database's. `route` is a name, not
    a path; only `request_id` may come from outside.
    """
    if not _web.isEnabledFor(logging.INFO):
        return
    line = json.dumps(
        {
            "method": method,
            "route": route,
            "status": status,
            "ms": ms,
            "request_id": _clean(request_id),
            "event": "request",
            "level": "info",
            "logger": _web.name,
            "timestamp": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
        }
    )
    for handler in _handlers:
        with handler.lock or nullcontext():
            handler.stream.write(line + "\n")
            handler.flush()


def configure(options: dict[str, Any]) -> None:
    """Set up logging for the process; Django calls it with settings.LOGGING (`level`)."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            scrub,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
    )
    handler = _Stderr()
    handler.setFormatter(formatter)
    _handlers[:] = [handler]
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(options.get("level", "INFO"))
    for chatty in (
        "httpx",
        "httpcore",
        "PIL",
        "asyncio",
        "procrastinate.blueprints",
        "procrastinate.periodic",
    ):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    for naming_paths in ("django.request", "django.security"):
        # Their warnings quote the path; the request log says the same by route name.
        logging.getLogger(naming_paths).setLevel(logging.ERROR)
    _chain[:] = [
        structlog.stdlib.filter_by_level,
        *shared,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ]
    structlog.configure(
        processors=_chain,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def scrub(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blot out what looks like a person's number. The value types already do; this is the last net."""
    for key, value in event.items():
        if key not in _OWN_NUMBERS:
            event[key] = _clean(value)
    return event


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: item if key in _OWN_NUMBERS else _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**9 else "«số»"
    return _CARD.sub("«số thẻ»", _NUMBER.sub("«số»", _DETAIL.sub(r"\1: «…»", str(value))))
