"""Pictures that no officer could use are told at once."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
import segno
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFilter

from vssid.domain.identity import judge
from vssid.domain.identity.judge import Measures
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.verdicts import Verdict

FRONT, PORTRAIT = ImageKind.FRONT, ImageKind.PORTRAIT


def card_on_table() -> Pillow.Image:
    image = Pillow.new("RGB", (1000, 750), (90, 80, 70))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((150, 155, 850, 595), 20, fill=(225, 225, 215))
    for line in range(9):
        for letter in range(34):
            x, y = 200 + letter * 13, 250 + line * 34
            draw.rectangle((x, y, x + (3, 6)[(letter + line) % 2], y + 16), fill=(20, 20, 30))
    out = io.BytesIO()
    segno.make("031090000001|" * 6, error="m").save(out, kind="png", scale=2)
    image.paste(Pillow.open(out).convert("RGB"), (700, 175))
    return image


def measured(image: Pillow.Image) -> Measures:
    return judge.measure(np.asarray(image.convert("RGB")))


def problems(
    image: Pillow.Image,
    kind: ImageKind = FRONT,
    *,
    short_side: int = 1800,
    read: bool = False,
    mrz_tried: bool = False,
    face: bool = True,
) -> tuple[str, ...]:
    verdict = judge.judge(
        kind, measured(image), short_side=short_side, read=read, mrz_tried=mrz_tried, face=face
    )
    return verdict.problems


def test_a_good_card_lacks_only_what_no_program_read():
    assert problems(card_on_table(), read=True) == ()
    verdict = Verdict(problems(card_on_table()))
    assert verdict.problems == ("no_qr",)
    assert verdict.acceptable


def test_a_back_without_mrz_is_told_only_when_it_was_looked_for():
    assert problems(card_on_table(), ImageKind.BACK) == ()
    assert problems(card_on_table(), ImageKind.BACK, mrz_tried=True) == ("no_mrz",)


def test_a_blurred_card_is_blurred_and_still_a_card():
    card_problems = problems(card_on_table().filter(ImageFilter.GaussianBlur(4)))
    assert "blurred" in card_problems
    assert "not_a_card" not in card_problems
    assert not Verdict(card_problems).acceptable


def test_a_dark_card_is_dark_even_when_a_program_reads_it():
    dark = card_on_table().point(lambda value: value // 8)
    assert problems(dark, read=True) == ("dark",)


def test_glare_is_told():
    image = card_on_table()
    ImageDraw.Draw(image).ellipse((300, 180, 750, 560), fill="white")
    assert "glare" in problems(image)


def test_a_small_upload_is_small():
    assert "small" in problems(card_on_table(), short_side=500, read=True)
    assert "small" in problems(card_on_table(), PORTRAIT, short_side=300)


@pytest.mark.parametrize("colour", ["black", "white", "gray", "brown"])
def test_one_colour_is_no_card(colour):
    assert "not_a_card" in problems(Pillow.new("RGB", (1000, 750), colour))


def test_a_round_thing_is_no_card():
    image = Pillow.new("RGB", (1000, 750), (90, 80, 70))
    ImageDraw.Draw(image).ellipse((250, 125, 750, 625), fill="white", outline="black", width=8)
    assert "not_a_card" in problems(image)


def test_noise_is_no_card():
    noise = np.random.default_rng(1).integers(0, 256, (750, 1000, 3), np.uint8)
    assert "not_a_card" in problems(Pillow.fromarray(noise))


def test_a_card_that_fills_the_frame_is_a_card():
    whole = card_on_table().crop((150, 155, 850, 595)).resize((1000, 629))
    assert "not_a_card" not in problems(whole)


def test_a_read_card_is_a_card_wherever_it_lies():
    cluttered = card_on_table().crop((300, 200, 1000, 750)).resize((1000, 786))
    assert "not_a_card" not in problems(cluttered, read=True)


def test_a_wall_is_no_portrait():
    wall = Pillow.linear_gradient("L").resize((750, 1000)).point(lambda value: 190 + value // 12)
    assert {"no_face", "blurred"} <= set(problems(wall, PORTRAIT, face=False))


def test_a_head_before_a_wall_is_a_portrait():
    image = Pillow.new("RGB", (750, 1000), (205, 205, 210))
    draw = ImageDraw.Draw(image)
    draw.ellipse((240, 250, 510, 640), fill=(225, 180, 150))
    draw.pieslice((230, 230, 520, 560), 180, 360, fill=(30, 25, 25))
    for x in (310, 410):
        draw.ellipse((x, 440, x + 30, 460), fill=(20, 20, 20))
    assert problems(image, PORTRAIT) == ()


@pytest.mark.parametrize("size", [(84, 1000), (1000, 84)])
def test_odd_shapes_break_nothing(size):
    measured(Pillow.new("RGB", size, "gray"))


def test_a_verdict_keeps_the_worst_first():
    everything = replace(measured(card_on_table()), sharpness=0, brightness=0, card_ratio=0, print_share=0)
    verdict = judge.judge(FRONT, everything, short_side=10, read=False)
    assert verdict.problems == ("not_a_card", "blurred", "dark", "small", "no_qr")
