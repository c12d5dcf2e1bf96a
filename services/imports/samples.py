"""What a column holds, judged by its values, when its header does not say."""

import re
from collections.abc import Callable, Iterable

ENOUGH = 0.8
_PHONE = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|\+\d[\d ()-]{7,18}\d"
                    r"|\(?0\d{2,3}\)?[- ]\d{7,8}|\(?\d{3}\)?[ -]\d{3}-\d{4}")  # fmt: skip
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_COMPANY = re.compile(r"公司|集团|合作社|企业|厂$|中心$|商行$|事务所$|"
                      r"\b(?:ltd|limited|inc|corp|corporation|co|plc|llc|gmbh|company)\b\.?$",
                      re.IGNORECASE)  # fmt: skip
_ADDRESS = re.compile(
    r"[省市区县].*[路街道号镇村]|[路街道]\d+号|"
    r"\d+ .*\b(?:st|street|ave|avenue|rd|road|blvd|lane|drive)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-+]?[\d.,]+%?")
_DATE = re.compile(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?(?:[ T].*)?")
_TEXT = re.compile(r"[^\W\d_]{2}")

PATTERNS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("email", _EMAIL.fullmatch),
    ("code", _CREDIT_CODE.fullmatch),
    ("phone", _PHONE.fullmatch),
    ("name", _COMPANY.search),
    ("address", _ADDRESS.search),
)


def field_of(values: Iterable[str]) -> str | None:
    """The field that at least ``ENOUGH`` of the values look like."""
    filled = [value.strip() for value in values if value.strip()]
    if not filled:
        return None
    for field, matches in PATTERNS:
        if sum(1 for value in filled if matches(value)) >= ENOUGH * len(filled):
            return field
    return None


def could_be_names(values: Iterable[str]) -> bool:
    """Whether the values are mostly distinct words: neither numbers, dates nor categories."""
    filled = [value.strip() for value in values if value.strip()]
    if not filled or len(set(filled)) < ENOUGH * len(filled):
        return False
    return sum(map(_is_wordy, filled)) >= ENOUGH * len(filled)


def _is_wordy(value: str) -> bool:
    letters, digits = sum(map(str.isalpha, value)), sum(map(str.isdigit, value))
    return bool(_TEXT.search(value)) and letters > digits and len(value) <= 80


def is_data(cell: str) -> bool:
    """Whether a cell can only be a value, never the head of a column."""
    cell = cell.strip()
    checks = (_NUMBER.fullmatch, _DATE.fullmatch, _EMAIL.fullmatch, _PHONE.fullmatch)
    return bool(_CREDIT_CODE.fullmatch(cell)) or any(check(cell) for check in checks)
