"""What the running program is made of, in one place for everyone who needs a part of it."""

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir

from bot.clock import Clock
from domain.names import Names
from domain.rules import Rules
from storage.database import Database

NAMES_KEPT = 500


@dataclass(slots=True)
class Office:
    """The parts that handlers and loops share."""

    database: Database
    clock: Clock
    rules: Rules
    button_key: bytes
    owner: str  # this process, as leases name it
    downloads: Path = field(default_factory=lambda: Path(gettempdir()))
    names: "NamesCache" = field(default_factory=lambda: NamesCache())


class NamesCache:
    """The name index of recent writers, each as of one state of their portfolio."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[int, Names]] = {}

    def get(self, person_id: int, stamp: int) -> Names | None:
        """The index, if it is still that of this portfolio."""
        kept = self._kept.pop(person_id, None)
        if kept is None or kept[0] != stamp:
            return None
        self._kept[person_id] = kept  # the most recent last
        return kept[1]

    def put(self, person_id: int, stamp: int, names: Names) -> None:
        """Keep an index; the one unused for longest goes."""
        self._kept[person_id] = (stamp, names)
        while len(self._kept) > NAMES_KEPT:
            self._kept.pop(next(iter(self._kept)))
