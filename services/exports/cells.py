"""Cells that no spreadsheet takes for a formula (OWASP, "CSV Injection")."""

from collections.abc import Sequence

Value = str | int | float | bool | None
# The full-width signs are formulas to spreadsheets set up for Chinese or Japanese.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: Value) -> Value:
    """Text that would start a formula gets an apostrophe in front; numbers stay numbers.

    Our own import takes the apostrophe off again.
    """
    if isinstance(value, str) and value.startswith(_DANGEROUS):
        return "'" + value
    return value


def harmless_row(values: Sequence[Value]) -> list[Value]:
    """A whole row."""
    return [harmless(value) for value in values]
