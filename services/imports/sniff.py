"""What kind of file it is, judged by its content and never by its name."""

from enum import StrEnum
from pathlib import Path

from domain.problems import Problem
from services.imports.limits import Limits

SAMPLE = 64 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
)
_UTF16_BOM = (b"\xff\xfe", b"\xfe\xff")


class FileKind(StrEnum):
    """The files that clients can come in."""

    CSV = "csv"
    XLSX = "xlsx"
    VCARD = "vcard"


def kind_of(path: Path, limits: Limits) -> FileKind:
    """The kind of a file that is not too large. Raises ``Problem``, also when it is empty."""
    size = _size(path)
    if size == 0:
        raise Problem("import_empty")
    if size > limits.bytes:
        raise Problem("import_too_large", megabytes=limits.bytes // (1024 * 1024))
    with path.open("rb") as source:
        head = source.read(SAMPLE)
    if head.startswith(b"PK\x03\x04"):
        return FileKind.XLSX
    if head.startswith(_OLD_OFFICE):
        raise Problem("import_old_excel")
    if head.startswith(_BINARY) or _looks_binary(head) or _is_markup(head):
        raise Problem("import_kind")
    return FileKind.VCARD if _is_vcard(head) else FileKind.CSV


def _size(path: Path) -> int:
    try:
        if not path.is_file():
            raise Problem("import_no_file", file=path.name)
        return path.stat().st_size
    except PermissionError:
        raise Problem("import_no_file", file=path.name) from None


def _is_markup(head: bytes) -> bool:
    """JSON, HTML and XML are text, but not tables."""
    bare = _bare(head)
    return bare[:1] in (b"{", b"<") or bare[:2] in (b"[{", b"[[")


def _bare(head: bytes) -> bytes:
    return head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


def _is_vcard(head: bytes) -> bool:
    return _bare(head)[:11].upper() == b"BEGIN:VCARD"


def _looks_binary(head: bytes) -> bool:
    """Control characters that no text has; UTF-16 is told by its regular zero bytes."""
    if head.startswith(_UTF16_BOM):
        return False
    odd = sum(1 for byte in head if byte < 9 or 13 < byte < 32)
    zeros = head.count(0)
    if zeros and odd - zeros <= len(head) // 100 and zero_side(head) is not None:
        return False
    return odd > max(8, len(head) // 50)


def zero_side(head: bytes) -> int | None:
    """UTF-16 without a mark: 1 when the zeros stand second (LE), 0 when first (BE), else None."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < max(4, len(head) // 20) or min(even, odd) * 20 > max(even, odd):
        return None
    return 1 if odd > even else 0
