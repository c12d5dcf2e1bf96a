"""Search tokens of many new clients at once.

One statement per batch, with all its rows in one parameter: the database works through it without
coming back to Python, so that other threads run meanwhile.
"""

import json
from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from services.imports.outcome import Entrant
from storage.search import tokens_of

# Every value is the id in fifteen digits, then the token.
_SQLITE = text(
    "INSERT INTO client_token (token, client_id) "
    "SELECT substr(value, 16), CAST(substr(value, 1, 15) AS INTEGER) FROM json_each(:rows)"
)
_POSTGRES = text(
    "INSERT INTO client_token (token, client_id) "
    "SELECT * FROM unnest(CAST(:tokens AS text[]), CAST(:ids AS bigint[]))"
)


def tokens_for(entrant: Entrant) -> frozenset[str]:
    """Everything a row can be found by once it is in: names, people, phone, number."""
    names = [name for name in (entrant.name, entrant.alias, entrant.contact_name) if name]
    return frozenset(tokens_of(names, entrant.phone, entrant.code))


def index_new(session: Session, found: Iterable[tuple[int, frozenset[str]]]) -> None:
    """Write the tokens of clients that have none yet, as (id, tokens)."""
    pairs = sorted((token, client_id) for client_id, tokens in found for token in tokens)
    if session.get_bind().dialect.name == "sqlite":
        rows = [f"{client_id:015d}{token}" for token, client_id in pairs]
        session.execute(_SQLITE, {"rows": json.dumps(rows, ensure_ascii=False)})
        return
    columns = {"tokens": [token for token, _ in pairs], "ids": [i for _, i in pairs]}
    session.execute(_POSTGRES, columns)
