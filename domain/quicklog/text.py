"""One spelling for the grammar, without moving a single character.

Every fold maps one character to one character, so a span found in the folded text is a span of the
text as written.
"""

from functools import cache
from pathlib import Path

from domain.quicklog.patterns import lazy

_TABLE = Path(__file__).with_name("traditional.tsv")
_ODD = lazy(r"[^\x00-\x7f]")
_PUNCTUATION = {
    "\u3000": " ",
    "\u00a0": " ",
    "。": ".",
    "、": "、",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "—": "-",
    "–": "-",
    "−": "-",
    "〜": "~",
    "〇": "零",
    "￥": "¥",
    "￡": "£",
    "﹣": "-",
}


@cache
def _folds() -> dict[int, str]:
    """Build the table: full-width forms, punctuation, traditional characters."""
    table = {0xFF01 + offset: chr(0x21 + offset) for offset in range(94)}
    table.update({ord(odd): plain for odd, plain in _PUNCTUATION.items()})
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        traditional, simplified = line.split("\t")
        table[ord(traditional)] = simplified
    return table


@cache
def _lower() -> dict[int, int]:
    """Lower ASCII only: other alphabets may change length."""
    return {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def fold(text: str) -> str:
    """Give the simplified, half-width spelling of `text`; same length, case kept."""
    return text if text.isascii() else text.translate(_folds())


def lower(text: str) -> str:
    """Lower the ASCII letters; same length."""
    return text.lower() if text.isascii() else text.translate(_lower())
