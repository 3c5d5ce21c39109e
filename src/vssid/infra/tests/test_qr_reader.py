"""Codes in pictures of strangers are read within a budget, by few at once."""

from __future__ import annotations

import subprocess
import threading

import numpy as np
import pytest
from PIL import Image as Pillow

from vssid.infra.documents import qr, qr_reader

from .test_qr import TEXT, code, on_table


def finders(dot: int, side: int = 2400) -> Pillow.Image:
    """Nothing but the corners of codes: each three of them may be one."""
    finder = np.full((9, 9), 255, np.uint8)
    finder[1:8, 1:8], finder[2:7, 2:7], finder[3:6, 3:6] = 0, 255, 0
    finder = np.kron(finder, np.ones((dot, dot), np.uint8))
    times = side // len(finder) + 1
    return Pillow.fromarray(np.tile(finder, (times, times))[:side, :side])


def test_it_reads_as_the_plain_reader_does() -> None:
    assert qr_reader.read_qr(on_table(code())) == [TEXT]
    assert qr_reader.read_qr(Pillow.new("RGB", (400, 300), "white")) == []


@pytest.mark.parametrize("dot", [1, 2, 3])
def test_a_picture_drawn_to_be_slow_is_given_up_and_the_next_is_read(
    dot: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    qr_reader.read_qr(code())
    with monkeypatch.context() as patch:
        patch.setattr(qr_reader, "SECONDS", 0.3)
        with pytest.raises(qr_reader.TooSlow):
            qr_reader.read_qr(finders(dot))
    assert qr_reader.read_qr(code()) == [TEXT]


def test_no_further_variant_is_tried_when_half_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def read(gray: Pillow.Image) -> list[str]:
        tried.append(gray.width)
        return []

    monkeypatch.setattr(qr, "_read", read)
    assert qr.read_qr(code(), until=0.0) == []
    assert len(tried) == 1


def test_a_reader_that_died_is_followed_by_another() -> None:
    qr_reader.read_qr(code())
    child = qr_reader._reader._child
    assert child is not None
    child.kill()
    child.wait()
    assert qr_reader.read_qr(code()) == [TEXT]


def test_a_reader_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that waits uses no time of the processor, so nothing else would end it."""
    silent = subprocess.Popen(["tail", "-f", "/dev/null"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    qr_reader._reader.end()
    monkeypatch.setattr(qr_reader._reader, "_child", silent)
    monkeypatch.setattr(qr_reader, "SECONDS", 0.3)
    ended: list[type[BaseException]] = []

    def ask() -> None:
        try:
            qr_reader.read_qr(Pillow.new("L", (8, 8), 255))
        except BaseException as error:
            ended.append(type(error))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(20)
    in_time = list(ended)
    silent.kill()
    asking.join()
    assert in_time == [qr_reader.TooSlow]
    assert qr_reader._reader._child is None


def test_who_comes_when_every_place_is_taken_is_told_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qr_reader, "_places", threading.BoundedSemaphore(1))
    monkeypatch.setattr(qr_reader, "PATIENCE", 0.01)
    with qr_reader.place(), pytest.raises(qr_reader.Busy), qr_reader.place():
        pass
    with qr_reader.place():
        pass


def test_who_waits_too_long_for_the_turn_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qr_reader, "TURN", 0.01)
    with qr_reader._reader.turn, pytest.raises(qr_reader.Busy):
        qr_reader.read_qr(code())
