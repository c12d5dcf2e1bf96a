"""Contact cards (vCard 2.1, 3.0 and 4.0), several to a file.

Sources: RFC 2426 (3.0), RFC 6350 (4.0); folding, charset and quoted-printable as 2.1 has them.
"""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.problems import Problem
from services.imports.encoding import open_text

COLUMNS = {
    "FN": "name",
    "KIND": "kind",
    "TEL": "phone",
    "EMAIL": "email",
    "LOCALITY": "city",
    "ADR": "address",
    "LAT": "lat",
    "LON": "lon",
    "NOTE": "remark",
}
_UNESCAPED = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\:": ":", "\\\\": "\\"}
_ESCAPE = re.compile(r"\\[nN,;:\\]")
_GEO = re.compile(r"(?:geo:)?(-?[\d.]+)[;,](-?[\d.]+)")
_PART = re.compile(r"(?<!\\);")


@dataclass(frozen=True, slots=True)
class Line:
    """One property: name, parameters in capitals, raw value."""

    name: str
    parameters: tuple[str, ...]
    value: str

    @property
    def text(self) -> str:
        """The value without escapes."""
        return _ESCAPE.sub(lambda match: _UNESCAPED[match[0]], self.value).strip()

    @property
    def parts(self) -> list[str]:
        """The components of a structured value, such as an address."""
        return [Line("", (), part).text for part in _PART.split(self.value)]


def rows(path: Path, codec: str) -> Iterator[tuple[int, list[str]]]:
    """(number of the card, its cells in the order of ``COLUMNS``); row 0 holds their names."""
    yield 0, list(COLUMNS)
    for number, card in enumerate(_cards(path, codec), start=1):
        yield number, _cells(card)


def _cards(path: Path, codec: str) -> Iterator[list[Line]]:
    card: list[Line] | None = None
    depth = 0
    for line in _lines(path, codec):
        edge = (line.name, line.value.strip().upper())
        if edge == ("BEGIN", "VCARD"):
            depth += 1
            card = card if depth > 1 and card is not None else []
        elif edge == ("END", "VCARD"):
            depth -= 1
            if depth == 0 and card is not None:
                yield card
                card = None
        elif card is not None and depth == 1:
            card.append(line)
    if card is not None:
        raise Problem("import_broken")


def _lines(path: Path, codec: str) -> Iterator[Line]:
    """Logical lines: folded ones joined, quoted-printable ones continued after a final ``=``."""
    with open_text(path, codec) as source:
        held = ""
        for raw in source:
            piece = raw.rstrip("\r\n")
            if held.endswith("=") and _is_printable_quoted(held):
                held = held[:-1] + piece
            elif piece[:1] in (" ", "\t") and held:
                held += piece[1:]
            else:
                yield from _line(held)
                held = piece
        yield from _line(held)


def _is_printable_quoted(line: str) -> bool:
    return "QUOTED-PRINTABLE" in line.partition(":")[0].upper()


def _line(text: str) -> Iterator[Line]:
    head, colon, value = text.partition(":")
    if not colon:
        return
    name, *parameters = head.split(";")
    upper = tuple(parameter.upper() for parameter in parameters)
    if _is_printable_quoted(text):
        value = _decoded(value, upper)
    yield Line(name.rpartition(".")[2].strip().upper(), upper, value)


def _decoded(value: str, parameters: tuple[str, ...]) -> str:
    named = [p.removeprefix("CHARSET=") for p in parameters if p.startswith("CHARSET=")]
    raw = quopri.decodestring(value.encode("ascii", "ignore"))
    for codec in (*named, "utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")


def _cells(card: list[Line]) -> list[str]:
    place = _first(card, "ADR").parts + [""] * 7
    geo = _GEO.match(_first(card, "GEO").value.replace("\\", ""))
    cells = {
        "FN": _name(card),
        "KIND": _kind(card),
        "TEL": _preferred(card, "TEL").removeprefix("tel:"),
        "EMAIL": _preferred(card, "EMAIL"),
        "LOCALITY": place[3],
        "ADR": " ".join(part for part in (place[4], place[3], place[2], place[1]) if part),
        "LAT": geo[1] if geo else "",
        "LON": geo[2] if geo else "",
        "NOTE": _note(card),
    }
    return [cells[column] for column in COLUMNS]


def _first(card: list[Line], name: str) -> Line:
    return next((line for line in card if line.name == name), Line(name, (), ""))


def _preferred(card: list[Line], name: str) -> str:
    """The value marked as preferred, else a mobile phone, else the first."""
    found = [line for line in card if line.name == name and line.value.strip()]

    def rank(line: Line) -> tuple[bool, bool]:
        marks = ",".join(line.parameters)
        return ("PREF" not in marks, "CELL" not in marks)

    return min(found, key=rank).text if found else ""


def _name(card: list[Line]) -> str:
    if formatted := _first(card, "FN").text:
        return formatted
    family, given, middle, *_ = [*_first(card, "N").parts, "", "", ""]
    if any("\u4e00" <= c <= "\u9fff" for c in family + given):
        return family + middle + given
    return " ".join(part for part in (given, middle, family) if part) or _company(card)


def _company(card: list[Line]) -> str:
    return _first(card, "ORG").parts[0]


def _kind(card: list[Line]) -> str:
    declared = _first(card, "KIND").text.lower() == "org"
    shown = _first(card, "X-ABSHOWAS").text.upper() == "COMPANY"
    return "corporate" if declared or shown or _name(card) == _company(card) else "individual"


def _note(card: list[Line]) -> str:
    """Company and position of a person go with the remark: the client is the person."""
    work = [_company(card), _first(card, "TITLE").text] if _kind(card) == "individual" else []
    about = " · ".join(part for part in work if part)
    notes = [line.text for line in card if line.name == "NOTE"]
    return "\n".join(part for part in (about, *notes) if part)
