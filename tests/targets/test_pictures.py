"""Pictures: right in both languages, without system fonts, without slowing the start."""

import io
import logging
import subprocess
import sys

import pytest
from PIL import Image

from handlers.pictures import COLOURS, RECIPES, WIDTH, draw, drawable


def row(label="拜访", value="26 / 40 · 65%", **more):
    return {"label": label, "value": value, "note": "每周还需 12 次", "share": 0.65, "pace": 0.7,
            "tone": "slow"} | more  # fmt: skip


def targets(*rows, title="王芳 · 2026年11月"):
    return {"title": title, "subtitle": "截至 2026年11月23日 周一", "footer": "行客", "rows": rows}


def board(*sections):
    return {"title": "一部", "subtitle": "2026年11月", "footer": "行客", "sections": sections}


def picture(recipe, facts):
    return Image.open(io.BytesIO(draw(recipe, facts))).convert("RGB")


def test_a_picture_is_as_wide_as_a_phone_wants_it_and_grows_with_its_rows():
    one, three = (
        picture("targets", targets(row())),
        picture("targets", targets(row(), row(), row())),
    )
    assert (one.format, one.width, three.width) == (None, WIDTH, WIDTH)
    assert three.height > one.height
    assert draw("targets", targets(row())).startswith(b"\x89PNG")


def coloured(image, tone):
    wanted = tuple(int(COLOURS[tone][i : i + 2], 16) for i in (1, 3, 5))
    return sum(pixel == wanted for pixel in image.getdata())


def test_a_bar_is_as_long_as_its_share_and_never_longer_than_its_track():
    def filled(share):
        return coloured(picture("targets", targets(row(share=share))), "slow")

    assert filled(0) == 0
    assert filled(0.5) == pytest.approx(filled(1.0) / 2, rel=0.05)
    assert filled(1.4) == filled(1.0)


def test_tones_are_told_apart():
    image = picture("targets", targets(row(tone="good"), row(tone="late")))
    assert coloured(image, "good")
    assert coloured(image, "late")
    assert not coloured(image, "slow")


def ink(image, box):
    return sum(sum(pixel) < 500 for pixel in image.crop(box).getdata())


def test_chinese_is_drawn_and_not_as_boxes():
    """The missing-glyph box is the same for every character; real characters differ."""
    drawn = {t: picture("targets", targets(row(), title=t)).tobytes() for t in ("龘", "鑫", "王")}
    assert len(set(drawn.values())) == 3
    assert drawable("龘鑫王 Wáng ¥ ▼ … ·") == "龘鑫王 Wáng ¥ ▼ … ·"


def test_what_the_font_lacks_is_left_out():
    assert drawable("王芳🎉👨‍👩‍👧") == "王芳"
    with_emoji = picture("targets", targets(row(), title="王芳🎉"))
    assert with_emoji.tobytes() == picture("targets", targets(row(), title="王芳")).tobytes()


def test_a_long_name_is_cut_and_dollar_signs_are_no_formula():
    image = picture("targets", targets(row(), title="很长的名字" * 30 + "$x^2$"))
    assert ink(image, (WIDTH - 40, 0, WIDTH, 120)) == 0


def test_a_board_has_its_members_under_each_metric():
    section = {"heading": "拜访", "rows": [row("王芳"), row("Li Wei", pace=None, tone="plain")]}
    image = picture("board", board(section, section))
    assert image.height > picture("board", board(section)).height
    assert coloured(image, "plain")


def test_no_picture_is_too_tall_to_be_sent():
    many = [row() for _ in range(200)]
    for recipe, facts in (
        ("targets", targets(*many)),
        ("board", board(*[{"heading": "拜访", "rows": many}] * 6)),
    ):
        image = picture(recipe, facts)
        assert image.width + image.height <= 10_000


def test_nothing_asks_for_a_system_font(caplog):
    with caplog.at_level(logging.DEBUG, "matplotlib.font_manager"):
        for recipe in RECIPES:
            draw(recipe, targets(row()) | {"sections": [{"heading": "拜访", "rows": [row()]}]})
    assert [r for r in caplog.records if "findfont" in r.getMessage()] == []


def test_matplotlib_waits_for_the_first_picture():
    check = "import sys, handlers.pictures; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
