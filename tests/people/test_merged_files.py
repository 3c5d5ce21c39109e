"""Two codes were one person: pictures and statements follow, and no transaction waits for their store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from tests.making.registrations import NOW, make_person, plain_photo
from tests.making.requests_of_people import accepted
from tests.people.test_merged_people import AGAIN, merge
from vssid.domain.participants.merges import merge_hooks
from vssid.domain.procedures import actions, files
from vssid.domain.procedures.definition.shapes import Kind
from vssid.domain.procedures.models import Attachment
from vssid.domain.statements import files as statement_files
from vssid.domain.statements.models import Statement
from vssid.domain.statements.tests.test_statements import issue, make_worker
from vssid.infra import blobs

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=2)


class Killed(BaseException):
    """The process is no more: nothing of it runs on."""


@contextmanager
def killed_at(monkeypatch: Any, step: int) -> Iterator[list[int]]:
    """Die at that statement or call of the store; whatever is to tidy up afterwards does not run."""
    done = [0]
    real: Callable[..., Any] = blobs._asked

    def count() -> None:
        done[0] += 1
        if done[0] >= step:
            raise Killed

    def run(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        count()
        return execute(sql, params, many, context)

    def asked(*given: Any) -> Any:
        count()
        return real(*given)

    with monkeypatch.context() as patched, connection.execute_wrapper(run):
        patched.setattr(blobs, "_asked", asked)
        yield done


def pictures() -> list[bytes]:
    """Every picture, as its person sees it."""
    rows = Attachment.objects.order_by("request_id", "name")
    return [files.content(row.person_id, row.request_id, row.name) for row in rows]


def stored(folder: str) -> set[str]:
    return {key for key, _written in blobs.stored_under(folder)}


def swept() -> None:
    """What the night removes, hours later."""
    files.sweep_orphans(max(written for _key, written in blobs.stored_under(files.FOLDER.name)) + LATER)


def with_pictures() -> int:
    old, request_id, officer = accepted(Kind.DATA_CHANGE, what=["full_name"], full_name="Nguyễn Thị Lân")
    actions.ask_more(old, request_id, reasons=["other"], text="Ảnh nào?", by=officer, now=NOW)
    actions.answer(old, request_id, text="Ảnh này", photo=plain_photo(), now=NOW)
    return old


@pytest.mark.django_db(transaction=True)
def test_a_merge_killed_at_any_moment_loses_no_picture(monkeypatch):
    old, kept = with_pictures(), make_person(AGAIN)
    merge(old, kept)
    before, step = pictures(), 0
    assert len(before) > 1
    while Attachment.objects.filter(person_id=old).exists():
        step += 1
        with killed_at(monkeypatch, step) as done:
            try:
                merge_hooks.follow(None, now=NOW)
            except Killed:
                assert done[0] >= step
        assert pictures() == before, step
    assert step > 10
    merge_hooks.follow(None, now=NOW)
    swept()
    assert pictures() == before
    assert stored(files.FOLDER.name) == set(Attachment.objects.values_list("blob_key", flat=True))


def test_statements_are_copied_before_the_transaction_that_names_them():
    old = make_worker()
    issued = issue(old)
    key, kept = Statement.objects.get().blob_key, make_person(AGAIN)
    merge(old, kept)
    assert merge_hooks.follow(None, now=NOW) == 1
    row = Statement.objects.get()
    assert (row.person_id, statement_files.read(row)) == (kept, issued.pdf)
    assert row.blob_key != key


def test_with_the_store_away_nothing_of_them_is_given_and_it_is_tried_again(monkeypatch):
    old, kept = with_pictures(), make_person(AGAIN)
    merge(old, kept)
    before = pictures()

    def away(key: str, data: bytes) -> None:
        raise blobs.Away(is_full=False)

    with monkeypatch.context() as broken:
        broken.setattr(blobs, "put", away)
        merge_hooks.follow(None, now=NOW)
    assert set(Attachment.objects.values_list("person_id", flat=True)) == {old}
    merge_hooks.follow(None, now=NOW)
    assert set(Attachment.objects.values_list("person_id", flat=True)) == {kept}
    assert pictures() == before


def test_a_picture_that_comes_while_the_others_are_copied_is_not_left_behind(monkeypatch):
    old, kept = with_pictures(), make_person(AGAIN)
    merge(old, kept)
    first = Attachment.objects.order_by("name").first()
    assert first
    real = files.give

    def late(*given: Any) -> None:
        rows = Attachment.objects.filter(person_id=old, request_id=first.request_id, name=first.name)
        rows.update(blob_key=files.FOLDER.new_key())
        real(*given)

    with monkeypatch.context() as racing:
        racing.setattr(files, "give", late)
        merge_hooks.follow(None, now=NOW)
    assert set(Attachment.objects.values_list("person_id", flat=True)) == {old}
    swept()
    assert stored(files.FOLDER.name) == set(Attachment.objects.values_list("blob_key", flat=True))


def test_a_picture_that_was_no_longer_kept_does_not_hold_the_others_up():
    old, kept = with_pictures(), make_person(AGAIN)
    merge(old, kept)
    gone = Attachment.objects.order_by("name").first()
    assert gone
    blobs.delete(gone.blob_key)
    assert merge_hooks.follow(None, now=NOW)
    assert set(Attachment.objects.values_list("person_id", flat=True)) == {kept}


def test_a_commit_that_nobody_knows_of_takes_no_picture_away(monkeypatch):
    """The connection broke while COMMIT was under way: the row may name the new picture."""
    person_id, request_id, _officer = accepted(
        Kind.DATA_CHANGE, what=["full_name"], full_name="Nguyễn Thị Lân", now=NOW
    )
    name = next(iter(files.of(person_id, request_id)))
    real: Any = files._turn_to

    def turned(*given: Any) -> None:
        with transaction.atomic():
            real(*given)
        raise OperationalError from psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(files, "_turn_to", turned)
    with pytest.raises(OperationalError):
        files.store(person_id, request_id, name, plain_photo(), now=NOW, allowed=lambda: None)
    assert files.content(person_id, request_id, name)
