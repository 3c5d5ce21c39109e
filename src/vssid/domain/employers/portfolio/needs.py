"""What an employer may need of its collection officer, the most pressing first: data."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Need(StrEnum):
    """In this order employers stand in the portfolio: one with an earlier need before all others."""

    TASK = "task"
    QUESTIONS = "questions"
    FORMS = "forms"
    REQUESTS = "requests"
    ARREARS = "arrears"
    NOT_IN = "not_in"


# Forms that are due by then are spoken of; our own choice.
SOON = timedelta(days=3)
