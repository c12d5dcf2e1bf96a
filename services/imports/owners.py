"""Into whose portfolio a row goes, depending on who brings the file."""

from collections.abc import Mapping as Table
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.people import LOGGING_ROLES, Actor, Role
from domain.problems import Problem
from services.imports.outcome import Refused
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Home:
    """An owner with the team, or a team's pool, or (both None) the bank's pool 公海."""

    owner_id: int | None
    team_id: int | None


@dataclass(frozen=True, slots=True)
class Homes:
    """``fixed`` takes every row; otherwise a named owner must be in ``by_name``."""

    default: Home
    by_name: Table[str, Home]
    fixed: bool = False

    def of(self, name: str | None) -> Home:
        """Where a row goes that names this owner. Raises ``Refused``."""
        if self.fixed or not name:
            return self.default
        found = self.by_name.get(_key(name))
        if found is None:
            raise Refused("unknown_owner", name=name)
        return found


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def homes(session: Session, actor: Actor | None, owner: str | None = None) -> Homes:
    """What ``actor`` (None: the operator at the shell) may fill, all of it with ``owner`` if given.

    A manager fills the own portfolio, a lead the team's and its pool, an admin anyone's. A named
    ``owner`` wins over a column of the file. Raises ``Problem``.
    """
    if actor is not None and actor.role not in {*LOGGING_ROLES, Role.ADMIN}:
        raise Problem("not_allowed")
    by_name = _people(session, actor)
    if owner is not None:
        if _key(owner) not in by_name:
            raise Problem("import_unknown_owner", name=owner)
        return Homes(by_name[_key(owner)], by_name, fixed=True)
    if actor is None or actor.role is Role.ADMIN:
        return Homes(Home(None, None), by_name)
    if actor.role is Role.MANAGER:
        return Homes(Home(actor.id, actor.team_id), by_name)
    default = Home(None, actor.team_id) if actor.team_id else Home(actor.id, None)
    return Homes(default, by_name)


def _people(session: Session, actor: Actor | None) -> dict[str, Home]:
    query = select(Person.id, Person.name, Person.team_id).where(
        Person.active.is_(True), Person.role.in_(sorted(LOGGING_ROLES))
    )
    if actor is not None and actor.role is Role.MANAGER:
        query = query.where(Person.id == actor.id)
    elif actor is not None and actor.role is Role.LEAD:
        mine = Person.id == actor.id
        query = query.where(mine | (Person.team_id == actor.team_id) if actor.team_id else mine)
    return {_key(name): Home(id_, team_id) for id_, name, team_id in session.execute(query)}
