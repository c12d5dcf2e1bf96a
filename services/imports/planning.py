"""What would happen to every row of a file, without saving anything."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from sqlalchemy.orm import Session

from domain.people import Actor
from services.imports import duplicates
from services.imports.outcome import Duplicate, Entrant, Plan, Refusal, Refused
from services.imports.owners import Homes, homes
from services.imports.rows import reader
from services.imports.table import Table

SAMPLE = 5


def plan_import(session: Session, actor: Actor | None, table: Table, owner: str | None,
                now: datetime) -> Plan:  # fmt: skip
    """Judge every row for ``actor`` (None: the operator at the shell). Raises ``Problem``."""
    today = actor.today(now) if actor else now.date()
    refused: list[Refusal] = []
    doubles: list[Duplicate] = []
    accepted = 0
    names: list[str] = []
    fresh = _fresh(_entrants(table, homes(session, actor, owner), refused), doubles)
    while chunk := list(islice(fresh, duplicates.CHUNK)):
        repeated = duplicates.known(session, actor, chunk, today)
        doubles += repeated
        accepted += len(chunk) - len(repeated)
        if len(names) < SAMPLE:
            out = {double.row for double in repeated}
            names += [entrant.name for entrant in chunk if entrant.row not in out]
    doubles.sort(key=lambda double: double.row)
    return Plan(table.mapping, accepted, tuple(refused), tuple(doubles), tuple(names[:SAMPLE]))


def _entrants(table: Table, to: Homes, refused: list[Refusal]) -> Iterator[Entrant]:
    read = reader(table.mapping, table.codec)
    for number, cells in table.rows():
        try:
            entrant = read(number, cells)
            to.of(entrant.owner)
        except Refused as why:
            refused.append(Refusal(number, why.key, why.facts))
        else:
            yield entrant


def _fresh(entrants: Iterator[Entrant], doubles: list[Duplicate]) -> Iterator[Entrant]:
    seen = duplicates.Known()
    for entrant in entrants:
        one = duplicates.identity(entrant)
        earlier = seen.match(one)
        if earlier is None:
            seen.add(one)
            yield entrant
        else:
            doubles.append(Duplicate(entrant.row, earlier.of))


def accepted_rows(table: Table, plan: Plan) -> Iterator[Entrant]:
    """Read the file once more and give the rows that come in."""
    read = reader(table.mapping, table.codec)
    out = plan.left_out
    for number, cells in table.rows():
        if number not in out:
            yield read(number, cells)
