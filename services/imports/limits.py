"""How large a file may be before anything of it is expanded."""

from dataclasses import dataclass
from typing import Self

from domain.rules import Rules

_MEGABYTE = 1024 * 1024
# An operator at the shell has already let the file onto the machine.
SHELL_FACTOR = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; ``cells`` is rows × columns of a sheet, empty ones included."""

    bytes: int
    rows: int
    expanded: int = 400 * _MEGABYTE
    strings: int = 100 * _MEGABYTE
    entries: int = 2_000
    ratio: int = 150
    columns: int = 500
    cells: int = 5_000_000

    @classmethod
    def for_chat(cls, rules: Rules) -> Self:
        """What may be sent to the chat."""
        return cls(rules.upload_megabytes * _MEGABYTE, rules.import_rows)

    @classmethod
    def for_shell(cls, rules: Rules) -> Self:
        """What may be named on the shell."""
        return cls(rules.upload_megabytes * SHELL_FACTOR * _MEGABYTE, rules.import_rows)
