"""One row becomes one client, or is refused with its reason."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

from domain.cleaning import clean, mask
from domain.clients import DEFAULT_TIER, ClientKind, Tier, tiers_of
from services.imports.encoding import is_misread
from services.imports.mapping import JOINED, Mapping
from services.imports.outcome import Entrant, Refused
from services.imports.vocabulary import KINDS, TIERS

LENGTHS = {
    "name": 200, "alias": 200, "phone": 40, "code": 60, "email": 200, "contact_name": 120,
    "city": 120, "address": 400, "industry": 120, "remark": 10_000, "owner": 120,
}  # fmt: skip
_JOINTS = {"address": " ", "remark": "\n", "alias": " "}
_PLACEHOLDERS = frozenset(
    {"-", "--", "—", "/", "无", "暂无", "n/a", "na", "none", "null", "nan", "#n/a"}
)
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000\xa0]")
# Tables pad short Chinese names with spaces ("万  科Ａ"); inside a Chinese name none belongs.
_PADDING = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fffA-Za-z0-9])")
_SCIENTIFIC = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_SECRET = re.compile(r"\d(?:[ -]?\d){9}|密码|口令|passw|passcode|\bpin\b", re.IGNORECASE)
# Our own exports disarm a cell that would start a formula with an apostrophe.
_DISARMED = re.compile(r"'[=+\-@\t\r\n＝＋－＠]")
_HAN = re.compile("[\u4e00-\u9fff]")
T = TypeVar("T")


def reader(mapping: Mapping, codec: str) -> Callable[[int, Sequence[str]], Entrant]:
    """The function that reads rows of one file; it raises ``Refused``."""
    width = len(mapping.labels)
    chinese = any(_HAN.search(label) for label in mapping.labels)

    def read(number: int, cells: Sequence[str]) -> Entrant:
        if any(cell.strip() for cell in cells[width:]):
            raise Refused("shifted", columns=width)
        if codec and any(is_misread(cell, codec) for cell in cells):
            raise Refused("encoding")
        values = _values(mapping, cells)
        if mapping.named_by_code and (code := values.get("code")):
            values["name"] = f"客户{code}" if chinese else f"Client {code}"
        return _entrant(number, values, mapping)

    return read


def _values(mapping: Mapping, cells: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for field, places in mapping.sources.items():
        filled = [text for at in places if at < len(cells) and (text := _tidy(cells[at]))]
        if not filled:
            continue
        values[field] = _JOINTS[field].join(filled) if field in JOINED else filled[0]
    return values


def _tidy(cell: str) -> str:
    text = clean(cell).strip()
    if _DISARMED.match(text):
        text = text[1:]
    return "" if text.lower() in _PLACEHOLDERS else text


def _entrant(number: int, values: dict[str, str], mapping: Mapping) -> Entrant:
    name = _line(values.get("name") or _person_name(values) or values.get("contact_name", ""))
    if not name:
        raise Refused("no_name")
    values["name"] = _PADDING.sub("", name)
    for field, limit in LENGTHS.items():
        if len(values.get(field, "")) > limit:
            raise Refused("too_long", field=field, limit=limit)
    kind, tier = _kind_and_tier(values, mapping)
    lat, lon = _place(values)
    return Entrant(
        row=number, name=_kept(values["name"]) or "", kind=kind, tier=tier,
        phone=_phone(values.get("phone")), code=_code(values.get("code")),
        email=_email(values.get("email")), contact_name=_words(values, "contact_name"),
        city=_words(values, "city"), address=_words(values, "address"),
        industry=_words(values, "industry"), remark=_kept(values.get("remark")), lat=lat, lon=lon,
        alias=_words(values, "alias"), owner=_words(values, "owner"),
    )  # fmt: skip


def _person_name(values: dict[str, str]) -> str:
    parts = [values.get(part, "") for part in ("last_name", "middle_name", "first_name")]
    if any(_HAN.search(part) for part in parts):
        return "".join(parts)
    return " ".join(part for part in reversed(parts) if part)


def _line(text: str) -> str:
    """One line; full-width letters and digits become plain ones, Chinese punctuation stays."""
    if not text.isascii() and _FULL_WIDTH.search(text):
        text = _FULL_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return " ".join(text.split())


def _words(values: dict[str, str], field: str) -> str | None:
    text = values.get(field)
    return _kept(_line(text)) if text else None


def _kept(text: str | None) -> str | None:
    """Numbers of identity cards and bank cards never come in with a text."""
    if text is None or _SECRET.search(text) is None:
        return text
    return mask(text).text


def _kind_and_tier(values: dict[str, str], mapping: Mapping) -> tuple[ClientKind, Tier]:
    tier = _known(values, "tier", TIERS)
    kind = _known(values, "kind", KINDS)
    if kind is None:
        fallback = ClientKind.INDIVIDUAL if mapping.persons else ClientKind.CORPORATE
        fits = tier is None or tier in tiers_of(fallback)
        other = {ClientKind.INDIVIDUAL: ClientKind.CORPORATE}.get(fallback, ClientKind.INDIVIDUAL)
        kind = fallback if fits else other
    if tier is not None and tier not in tiers_of(kind):
        raise Refused("tier_of_other_kind", tier=values["tier"])
    return kind, tier or DEFAULT_TIER[kind]


def _known(values: dict[str, str], field: str, words: dict[str, T]) -> T | None:
    text = values.get(field)
    if text is None:
        return None
    if text.lower() not in words:
        raise Refused(f"unknown_{field}", value=text[:40])
    return words[text.lower()]


def _phone(text: str | None) -> str | None:
    if text is None:
        return None
    text = _line(text)
    if _SCIENTIFIC.fullmatch(text):
        raise Refused("phone_damaged", value=text)
    text = text.removesuffix(".0")
    if sum(map(str.isdigit, text)) < 3 or mask(text).found:
        raise Refused("phone", value=mask(text).text)
    return text


def _code(text: str | None) -> str | None:
    """A client number; an identity card is not one and is not kept."""
    if text is None:
        return None
    text = _line(text)
    text = text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text
    return None if len(text) >= 18 and "id_card" in mask(text).found else text


def _email(text: str | None) -> str | None:
    if text is not None and ("@" not in text or any(map(str.isspace, text))):
        raise Refused("email", value=text[:60])
    return text


def _place(values: dict[str, str]) -> tuple[float | None, float | None]:
    """WGS-84 or GCJ-02, nobody knows; half a place, or one off the earth, is refused."""
    texts = [values.get("lat", ""), values.get("lon", "")]
    if not any(texts):
        return None, None
    try:
        lat, lon = (float(text.replace(",", ".").rstrip("°")) for text in texts)
    except ValueError:
        raise Refused("coordinates", value=", ".join(texts)[:60]) from None
    if lat == lon == 0:
        return None, None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Refused("coordinates", value=", ".join(texts)[:60])
    return lat, lon
