"""What is done to a text at the door: control characters out, secrets masked, nothing else.

Texts are stored exactly but for two things: characters that a database or a screen cannot carry
(NUL, lone surrogates, C0/C1 controls other than tab and newline), and numbers that must not be
kept (identity cards, bank cards, passwords), recognised by shape.
"""

import re
from dataclasses import dataclass

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ID_CARD = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}[01]\d[0-3]\d{4}[0-9Xx](?![0-9A-Za-z])"
)
_DIGIT_RUN = re.compile(r"(?<![\dA-Za-z.,])\d(?:[ \-]?\d){11,22}(?![\dA-Za-z])")
_PASSWORD = re.compile(
    r"(?P<label>(?:密码|口令|\b(?:password|passwd|passcode|pwd|pw|pin)\b)"
    r"(?:\s*(?:是|为|is\b|[:：=])\s*|\s+(?=[^\s，。,;；]*\d)|(?=\d{4})))"
    r"(?P<secret>[^\s，。,;；]{3,})",
    re.IGNORECASE,
)
_PASSPORT = re.compile(
    r"(?P<label>(?:护照|\bpassport)(?:号码?|\s*(?:no|number)\.?)?\s*(?:是|为|is\b|[:：#])?\s*)"
    r"(?P<secret>[A-Z]{1,2}\d{7,8})\b",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?P<label>(?:账号|帐号|账户|帐户|卡号?|\b(?:account|acct|card)(?:\s+(?:no|number))?\.?|a/c)\s*(?:是|为|is|[:：#])?\s*)"
    r"(?P<secret>\d(?:[ \-]?\d){9,22})(?!\d)",
    re.IGNORECASE,
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text that may be kept, and what was hidden in it."""

    text: str
    found: tuple[str, ...]


def clean(text: str) -> str:
    """Drop what neither database can store; surrogate pairs split by JSON are joined first."""
    if _CONTROL.search(text) is None:
        return text
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    joined = joined.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", joined)


def mask(text: str) -> Masked:
    """Hide identity-card numbers, bank-card and account numbers, and passwords, by their shape."""
    found: list[str] = []

    def hide(kind: str, value: str, keep: int) -> str:
        found.append(kind)
        return "•" * (len(value) - keep) + value[len(value) - keep :]

    def id_card(match: re.Match[str]) -> str:
        return hide("id_card", match[0], 0) if _id_checksum(match[0]) else match[0]

    def card(match: re.Match[str]) -> str:
        bare = re.sub(r"\D", "", match[0])
        is_card = 16 <= len(bare) <= 19 and _luhn(bare)
        return hide("card", match[0], 4) if is_card else match[0]

    text = _ID_CARD.sub(id_card, text)
    text = _DIGIT_RUN.sub(card, text)
    text = _ACCOUNT.sub(lambda m: m["label"] + hide("account", m["secret"], 4), text)
    text = _PASSPORT.sub(lambda m: m["label"] + hide("passport", m["secret"], 0), text)
    text = _PASSWORD.sub(lambda m: m["label"] + hide("password", m["secret"], 0), text)
    return Masked(text, tuple(found))


def _id_checksum(number: str) -> bool:
    """GB 11643-1999: the eighteenth character is a mod 11-2 check digit."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
