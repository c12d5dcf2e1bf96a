"""Which rows repeat a client: one we have, or an earlier row of the same file.

Two are the same client when they share the number (统一社会信用代码 or client number), the phone,
or the folded name. A number is the strongest sign: people with different numbers may share a name,
and clients with different numbers and different names may share a phone (a family, a switchboard).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from domain.clients import ClientKind
from domain.names import folded
from domain.people import Actor, Role
from services.imports.outcome import Duplicate, Entrant
from storage import access
from storage.clients import Client, ClientToken
from storage.search import TOKEN_LENGTH

CHUNK = 400
_Signs = dict[str, tuple["Identity", ...]]


@dataclass(frozen=True, slots=True)
class Identity:
    """What a client is recognised by; ``of`` is what a duplicate is told to repeat."""

    of: int | str
    name: str
    phone: str
    code: str
    person: bool
    row: int = 0

    def is_same(self, other: "Identity") -> bool:
        """Whether both are one client."""
        if self.code and self.code == other.code:
            return True
        told_apart = bool(self.code and other.code)
        same_name = self.name == other.name
        if self.phone and self.phone == other.phone and (same_name or not told_apart):
            return True
        return same_name and not (told_apart and self.person and other.person)


class Known:
    """Clients that later rows are compared with, found by each of the three signs."""

    def __init__(self) -> None:
        self._signs: tuple[_Signs, _Signs, _Signs] = ({}, {}, {})

    def match(self, one: Identity) -> Identity | None:
        """The client that ``one`` repeats, if any."""
        for signs, sign in zip(self._signs, (one.name, one.phone, one.code), strict=True):
            for other in signs.get(sign, ()):
                if one.is_same(other):
                    return other
        return None

    def add(self, one: Identity) -> None:
        """Remember a client."""
        for signs, sign in zip(self._signs, (one.name, one.phone, one.code), strict=True):
            if sign:
                signs[sign] = (*signs.get(sign, ()), one)


def phone_key(phone: str | None) -> str:
    """A phone as it is compared: digits without the country code of China."""
    digits = "".join(c for c in phone or "" if c.isdigit())
    for prefix in ("0086", "86"):
        rest = digits.removeprefix(prefix)
        if len(rest) == 11 and rest != digits:
            return rest
    return digits


def identity(entrant: Entrant) -> Identity:
    """What a row is recognised by."""
    return Identity(
        entrant.row, folded(entrant.name), phone_key(entrant.phone), _code_key(entrant.code),
        entrant.kind is ClientKind.INDIVIDUAL, entrant.row,
    )  # fmt: skip


def _code_key(code: str | None) -> str:
    return folded(code) if code else ""


def known(session: Session, actor: Actor | None, entrants: Sequence[Entrant],
          today: date) -> list[Duplicate]:  # fmt: skip
    """Rows that repeat a client which ``actor`` may see (None: the shell, which sees all)."""
    wanted = [identity(entrant) for entrant in entrants]
    have = Known()
    for one in _existing(session, _scope(session, actor, today), wanted):
        have.add(one)
    matches = ((one, have.match(one)) for one in wanted)
    return [Duplicate(one.row, same.of) for one, same in matches if same is not None]


def _scope(session: Session, actor: Actor | None, today: date) -> ColumnElement[bool]:
    if actor is None or actor.role is Role.ADMIN:
        return access.is_live()
    return access.visible(session, actor, today)


def _existing(session: Session, scope: ColumnElement[bool],
              wanted: Iterable[Identity]) -> Iterator[Identity]:  # fmt: skip
    """Clients that could match, by the search tokens (folded name, digits of a phone, code)."""
    tokens = {one.name[:TOKEN_LENGTH] for one in wanted} | {one.code for one in wanted}
    phones = {one.phone for one in wanted if one.phone}
    tokens |= phones | {"86" + phone for phone in phones} | {"0086" + phone for phone in phones}
    ids = select(ClientToken.client_id).where(ClientToken.token.in_(tokens - {""}))
    columns = select(Client.name, Client.phone, Client.code, Client.kind).where(scope)
    # Two queries, each by an index: an OR of them would read the whole table on PostgreSQL.
    # Phones of less than four digits have no token.
    for condition in (Client.id.in_(ids), Client.phone.in_(phones)):
        for name, phone, code, kind in session.execute(columns.where(condition)):
            person = kind == ClientKind.INDIVIDUAL
            yield Identity(name, folded(name), phone_key(phone), _code_key(code), person)
