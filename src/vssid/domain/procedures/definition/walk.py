"""One way through every procedure: which steps apply, which comes next, what is still missing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from vssid.domain.casework import steps

from .shapes import Answers, AttachmentKind, Field, Procedure, Step


def steps_of(procedure: Procedure, answers: Answers) -> tuple[Step, ...]:
    """The steps that the answers so far call for."""
    return tuple(
        step
        for step in procedure.steps
        if (step.when is None or step.when.holds(answers))
        and (step.photos or not step.fields or fields_of(step, answers))
    )


def fields_of(step: Step, answers: Answers) -> tuple[Field, ...]:
    """The questions of a step that apply."""
    return tuple(field for field in step.fields if field.when is None or field.when.holds(answers))


def attachments_of(procedure: Procedure, answers: Answers) -> tuple[AttachmentKind, ...]:
    """The attachments that apply."""
    return tuple(
        attachment
        for attachment in procedure.attachments
        if attachment.when is None or attachment.when.holds(answers)
    )


def is_done(procedure: Procedure, step: Step, answers: Answers, files: Collection[str]) -> bool:
    """Has the step everything it needs?"""
    if step.photos:
        return all(
            attachment.name in files
            for attachment in attachments_of(procedure, answers)
            if attachment.required
        )
    return all(answers.get(field.name) for field in fields_of(step, answers) if field.required)


def first_missing(procedure: Procedure, answers: Answers, files: Collection[str]) -> Step | None:
    """The first step that is not done; None when the request may be sent."""
    return steps.first_missing(
        steps_of(procedure, answers), lambda step: is_done(procedure, step, answers, files)
    )


def reachable(procedure: Procedure, step: Step, answers: Answers, files: Collection[str]) -> bool:
    """May this step be opened now? It must apply, and every step before it must be done."""
    missing = first_missing(procedure, answers, files)
    return steps.reachable(steps_of(procedure, answers), step, missing)


def given(procedure: Procedure, answers: Answers) -> list[tuple[Field, Any]]:
    """Every question that applies with its answer, in order; those without are left out."""
    return [
        (field, answers[field.name])
        for step in steps_of(procedure, answers)
        for field in fields_of(step, answers)
        if answers.get(field.name)
    ]


def relevant(procedure: Procedure, answers: Answers) -> dict[str, Any]:
    """The answers without those to questions that no longer apply."""
    return {field.name: value for field, value in given(procedure, answers)}
