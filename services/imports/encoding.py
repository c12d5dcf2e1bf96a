"""How the bytes of a text file become text: by its mark, else strict UTF-8, else GB18030."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from services.imports.sniff import SAMPLE, zero_side

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HAN = re.compile("[\u2e80-\u9fff\uff00-\uffef]")
UNREADABLE = "\ufffd"


def encoding_of(path: Path) -> str:
    """The codec of a file. A file that mixes two gets the one most of its lines are in."""
    with path.open("rb") as source:
        head = source.read(SAMPLE)
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    if b"\x00" in head and (side := zero_side(head)) is not None:
        return "utf-16-le" if side else "utf-16-be"
    if _is_strict(path, "utf-8"):
        return "utf-8"
    return _majority(path)


def _is_strict(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    with path.open("rb") as source:
        try:
            while chunk := source.read(SAMPLE):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _majority(path: Path) -> str:
    """By lines with Chinese: GBK bytes hardly ever form Chinese characters in UTF-8."""
    as_utf8 = as_gb = 0
    with path.open("rb") as source:
        for line in source:
            if line.isascii():
                continue
            try:
                as_utf8 += bool(_HAN.search(line.decode("utf-8")))
            except UnicodeDecodeError:
                as_gb += 1
    return "utf-8" if as_utf8 > as_gb else "gb18030"


@contextmanager
def open_text(path: Path, codec: str) -> Iterator[TextIO]:
    """The file as text; a byte that does not fit shows as U+FFFD, and its row can be refused."""
    with path.open(encoding=codec, errors="replace", newline="") as source:
        yield source


def is_misread(text: str, codec: str) -> bool:
    """Whether a cell was written in another encoding than the file it stands in."""
    if text.isascii():
        return False
    if UNREADABLE in text:
        return True
    if codec != "gb18030":
        return False
    try:
        return bool(_HAN.search(text.encode("gb18030").decode("utf-8")))
    except UnicodeError:
        return False
