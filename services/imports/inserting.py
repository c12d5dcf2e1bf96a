"""Many new clients and what they can be found by, in three statements.

Each statement takes all its rows in one parameter: the database works through them without coming
back to Python for every row, so that other threads run meanwhile. What is costly to make (tokens)
is made before the transaction.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from services.imports.outcome import Entrant
from storage.base import UtcDateTime
from storage.search import tokens_of

_COLUMNS = (
    "id", "name", "kind", "tier", "owner_id", "team_id", "phone", "code", "email", "contact_name",
    "city", "address", "industry", "remark", "lat", "lon", "datum",
)  # fmt: skip
_SAME = "created_at, created_by, batch_id, version"
_SAME_VALUES = ":now, CAST(:author AS BIGINT), CAST(:batch AS BIGINT), 1"
_IN = f"INSERT INTO client ({', '.join(_COLUMNS)}, {_SAME}) SELECT "
_EXTRACTS = ", ".join(f"json_extract(value, '$.{column}')" for column in _COLUMNS)
_NOW = bindparam("now", type_=UtcDateTime)
_SQLITE_CLIENTS = text(f"{_IN}{_EXTRACTS}, {_SAME_VALUES} FROM json_each(:rows)").bindparams(_NOW)
_POSTGRES_CLIENTS = text(
    f"{_IN}{', '.join(_COLUMNS)}, {_SAME_VALUES} "
    "FROM json_populate_recordset(CAST(NULL AS client), CAST(:rows AS json))"
).bindparams(_NOW)
# Every value is the place of the client among the rows in six digits, then the token.
_SQLITE_TOKENS = text(
    "INSERT INTO client_token (token, client_id) "
    "SELECT substr(value, 7), :first + CAST(substr(value, 1, 6) AS INTEGER) FROM json_each(:tokens)"
)
_POSTGRES_TOKENS = text(
    "INSERT INTO client_token (token, client_id) "
    "SELECT substr(value, 7), (CAST(:ids AS bigint[]))[1 + CAST(substr(value, 1, 6) AS int)] "
    "FROM unnest(CAST(:tokens AS text[])) AS value"
)
_SQLITE_LAST = text("SELECT coalesce(max(id), 0) FROM client")
_POSTGRES_IDS = text(
    "SELECT nextval(pg_get_serial_sequence('client', 'id')) FROM generate_series(1, :n)"
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows on their way in; ``tokens`` are in the order of the index, so neighbours meet."""

    entrants: tuple[Entrant, ...]
    tokens: tuple[str, ...]


def prepare(entrants: Sequence[Entrant]) -> Prepared:
    """Work out everything the rows can be found by: names, people, phone, number."""
    found = [
        (token, place)
        for place, entrant in enumerate(entrants)
        for token in tokens_of(_names(entrant), entrant.phone, entrant.code)
    ]
    found.sort()
    return Prepared(tuple(entrants), tuple(f"{place:06d}{token}" for token, place in found))


def _names(entrant: Entrant) -> list[str]:
    return [name for name in (entrant.name, entrant.alias, entrant.contact_name) if name]


def insert_clients(session: Session, rows: Sequence[dict[str, Any]], prepared: Prepared,
                   batch_id: int, author: int | None, now: datetime) -> list[int]:  # fmt: skip
    """Insert clients with their tokens; ``rows`` have every column but the id. Returns the ids."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    ids = _new_ids(session, len(rows), is_sqlite)
    numbered = [{"id": id_, **row} for id_, row in zip(ids, rows, strict=True)]
    facts = {"rows": _json(numbered), "now": now, "author": author, "batch": batch_id}
    session.execute(_SQLITE_CLIENTS if is_sqlite else _POSTGRES_CLIENTS, facts)
    if is_sqlite:
        session.execute(_SQLITE_TOKENS, {"first": ids[0], "tokens": _json(prepared.tokens)})
    else:
        session.execute(_POSTGRES_TOKENS, {"ids": ids, "tokens": list(prepared.tokens)})
    return ids


def _new_ids(session: Session, count: int, is_sqlite: bool) -> list[int]:
    """On SQLite the one writer may take the next numbers; on PostgreSQL the sequence gives them."""
    if is_sqlite:
        first = int(session.execute(_SQLITE_LAST).scalar_one()) + 1
        return list(range(first, first + count))
    return list(session.scalars(_POSTGRES_IDS, {"n": count}))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
