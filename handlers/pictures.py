"""Pictures drawn from a recipe: plain facts in, PNG bytes out.

A recipe holds finished sentences (the view has put them into the reader's language) and shares
between 0 and 1, so that drawing needs neither catalogue nor database. The font is a dependency of
ours: Chinese is right on a machine that has no fonts at all. Drawing takes a tenth of a second and
more; callers run it in a thread. matplotlib is imported when the first picture is drawn.
"""

import io
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any

WIDTH = 1080
MARGIN = 56
INSIDE = WIDTH - 2 * MARGIN
# Telegram takes no photo whose width and height together exceed 10,000.
MOST_ROWS = 36
MOST_BOARD_ROWS = 80

INK, GREY, TRACK, PAPER = "#1f2933", "#66727f", "#e6eaee", "#ffffff"
COLOURS = {"good": "#2f9e6e", "slow": "#e0a030", "late": "#d5524a", "plain": "#4a7fb5"}

_TITLE, _SUBTITLE, _LABEL, _NOTE = 50, 32, 38, 30


@cache
def font_file() -> str:
    """The path of the font with all simplified Chinese glyphs."""
    return str(resources.files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf")


@cache
def _face() -> Any:
    from matplotlib.font_manager import get_font

    return get_font(font_file())


def drawable(text: str) -> str:
    """``text`` without what the font has no glyph for (emoji, mostly): no boxes on a picture."""
    return "".join(c for c in text if _face().get_char_index(ord(c))).strip()


class Sheet:
    """A white sheet measured in pixels from its upper left corner."""

    def __init__(self, height: int) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=100, facecolor=PAPER)
        self.canvas = FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(height, 0)
        self.axes.set_axis_off()

    def text(self, x: float, y: float, text: str, size: int, colour: str = INK, *,
             right: bool = False, room: float = INSIDE) -> float:  # fmt: skip
        """A line of text whose middle is at ``y``, cut to ``room`` pixels; returns its width."""
        from matplotlib.font_manager import FontProperties

        font = FontProperties(fname=font_file(), size=size * 0.72)  # points at 100 dpi
        fitting = self._fit(drawable(text), font, room)
        self.axes.text(
            x, y, fitting, fontproperties=font, color=colour, ha="right" if right else "left",
            va="center_baseline", parse_math=False,
        )  # fmt: skip
        return self._width(fitting, font)

    def _width(self, text: str, font: Any) -> float:
        renderer = self.canvas.get_renderer()  # type: ignore[no-untyped-call]
        return float(renderer.get_text_width_height_descent(text, font, ismath=False)[0])

    def _fit(self, text: str, font: Any, room: float) -> str:
        if self._width(text, font) <= room:
            return text
        while text and self._width(text + "…", font) > room:
            text = text[:-1]
        return text.rstrip() + "…"

    def bar(self, x: float, y: float, width: float, height: float, share: float, colour: str,
            pace: float | None = None) -> None:  # fmt: skip
        """A bar filled to ``share`` of its width, with a mark where the pace stands."""
        from matplotlib.patches import Polygon, Rectangle

        self._pill(x, y, width, height, TRACK)
        if share > 0:
            self._pill(x, y, max(height, width * min(share, 1.0)), height, colour)
        if pace is not None:
            mark = x + width * min(max(pace, 0.0), 1.0)
            self.axes.add_patch(Rectangle((mark - 2.5, y - 8), 5, height + 16, color=INK))
            tip = [(mark - 12, y - 20), (mark + 12, y - 20), (mark, y - 6)]
            self.axes.add_patch(Polygon(tip, color=INK))

    def _pill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        from matplotlib.patches import FancyBboxPatch

        radius = min(height, width) / 2
        box = f"round,pad=0,rounding_size={radius}"
        self.axes.add_patch(
            FancyBboxPatch((x, y), width, height, boxstyle=box, facecolor=colour, linewidth=0)
        )

    def png(self) -> bytes:
        """The picture as a file."""
        out = io.BytesIO()
        self.canvas.print_png(out)  # type: ignore[no-untyped-call]
        return out.getvalue()


def _head(sheet: Sheet, facts: Mapping[str, Any]) -> None:
    sheet.text(MARGIN, 78, facts["title"], _TITLE)
    sheet.text(MARGIN, 146, facts["subtitle"], _SUBTITLE, GREY)


_HEAD, _FOOT = 190, 84
_TARGET_ROW, _BOARD_ROW, _HEADING = 220, 92, 92


def _targets(facts: Mapping[str, Any]) -> bytes:
    """``title``, ``subtitle``, ``footer``, ``rows``: ``label, value, note, share, pace, tone``."""
    rows = facts["rows"][:MOST_ROWS]
    height = _HEAD + _TARGET_ROW * len(rows) + _FOOT
    sheet = Sheet(height)
    _head(sheet, facts)
    for place, row in enumerate(rows):
        _target_row(sheet, _HEAD + _TARGET_ROW * place, row)
    sheet.text(MARGIN, height - 48, facts["footer"], _NOTE, GREY)
    return sheet.png()


def _target_row(sheet: Sheet, top: float, row: Mapping[str, Any]) -> None:
    taken = sheet.text(
        WIDTH - MARGIN, top + 34, row["value"], _LABEL, right=True, room=INSIDE * 0.75
    )
    sheet.text(MARGIN, top + 34, row["label"], _LABEL, room=INSIDE - taken - 30)
    colour = COLOURS[row["tone"]]
    sheet.bar(MARGIN, top + 92, INSIDE, 40, row["share"], colour, row["pace"])
    sheet.text(MARGIN, top + 168, row["note"], _NOTE, GREY)


def _board(facts: Mapping[str, Any]) -> bytes:
    """``title``, ``subtitle``, ``footer``, ``sections``: ``heading, rows``.

    A row is ``label, value, share, pace, tone``; the order is the caller's, who
    knows what may be ranked.
    """
    most = MOST_BOARD_ROWS // max(1, len(facts["sections"]))
    sections = [section | {"rows": section["rows"][:most]} for section in facts["sections"]]
    rows = sum(len(section["rows"]) for section in sections)
    height = _HEAD + _HEADING * len(sections) + _BOARD_ROW * rows + _FOOT
    sheet = Sheet(height)
    _head(sheet, facts)
    top = _HEAD
    for section in sections:
        sheet.text(MARGIN, top + 52, section["heading"], _LABEL, GREY)
        top += _HEADING
        for row in section["rows"]:
            _board_row(sheet, top, row)
            top += _BOARD_ROW
    sheet.text(MARGIN, height - 48, facts["footer"], _NOTE, GREY)
    return sheet.png()


def _board_row(sheet: Sheet, top: float, row: Mapping[str, Any]) -> None:
    name, figure = 230, 376
    sheet.text(MARGIN, top + 46, row["label"], _LABEL, room=name - 20)
    sheet.text(WIDTH - MARGIN, top + 46, row["value"], _NOTE, right=True, room=figure - 20)
    width = INSIDE - name - figure
    sheet.bar(MARGIN + name, top + 28, width, 36, row["share"], COLOURS[row["tone"]], row["pace"])


RECIPES: dict[str, Callable[[Mapping[str, Any]], bytes]] = {"targets": _targets, "board": _board}


def draw(recipe: str, facts: Mapping[str, Any]) -> bytes:
    """The PNG of a recipe; blocks, so run it in a thread. Raises ``KeyError`` for unknown ones."""
    return RECIPES[recipe](facts)
