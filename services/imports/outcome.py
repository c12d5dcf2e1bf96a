"""What becomes of a row, and of a whole file."""

from dataclasses import dataclass, field

from domain.clients import ClientKind, Tier
from services.imports.mapping import Mapping


class Refused(Exception):
    """A row cannot come in: the key of a sentence (``import.reason.<key>``) and its facts."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key, self.facts = key, facts


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused row, its number as a spreadsheet shows it, and why."""

    row: int
    key: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that repeats a client: ``of`` is an earlier row, or the name of a client we have."""

    row: int
    of: int | str


@dataclass(frozen=True, slots=True)
class Entrant:
    """A client as a row describes it, cleaned; ``owner`` is the name in the file, if any."""

    row: int
    name: str
    kind: ClientKind
    tier: Tier
    phone: str | None = None
    code: str | None = None
    email: str | None = None
    contact_name: str | None = None
    city: str | None = None
    address: str | None = None
    industry: str | None = None
    remark: str | None = None
    lat: float | None = None
    lon: float | None = None
    alias: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen to every row of a file. ``sample`` holds the first accepted names."""

    mapping: Mapping
    accepted: int
    refused: tuple[Refusal, ...]
    duplicates: tuple[Duplicate, ...]
    sample: tuple[str, ...] = ()

    @property
    def left_out(self) -> frozenset[int]:
        """The rows that do not come in."""
        return frozenset(r.row for r in self.refused) | frozenset(d.row for d in self.duplicates)
