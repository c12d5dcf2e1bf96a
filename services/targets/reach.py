"""Whose targets a person may look at, and whom a lead may set them for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.people import Actor, Role
from domain.problems import Problem
from storage import people
from storage.people import Person, Team


@dataclass(frozen=True, slots=True)
class Holder:
    """A person, or (``person_id`` None) a whole team."""

    person_id: int | None
    team_id: int | None
    name: str

    @property
    def is_team(self) -> bool:
        """Whether this is a team rather than one person."""
        return self.person_id is None


def team_of(session: Session, actor: Actor) -> list[Person]:
    """The members whose targets the actor may see: a lead's team, otherwise only the actor."""
    if actor.role is Role.LEAD and actor.team_id is not None:
        return people.members(session, actor.team_id)
    return [session.get_one(Person, actor.id)]


def member(session: Session, actor: Actor, person_id: int) -> Person:
    """A person whose targets the actor may see. Raises ``Problem('targets_not_yours')``."""
    for person in team_of(session, actor):
        if person.id == person_id:
            return person
    raise Problem("targets_not_yours")


def holder_of(person: Person) -> Holder:
    """A person as a holder."""
    return Holder(person.id, person.team_id, person.name)


def team_holder(session: Session, actor: Actor) -> Holder:
    """The lead's team as a holder. Raises ``Problem('targets_lead_only')``."""
    if actor.role is not Role.LEAD or actor.team_id is None:
        raise Problem("targets_lead_only")
    return Holder(None, actor.team_id, session.get_one(Team, actor.team_id).name)


def find_member(session: Session, actor: Actor, name: str, now: datetime) -> Holder:
    """The member called so, for a lead. Raises ``Problem('targets_no_member')``."""
    return holder_of(named(session, actor, name))


def members_of(session: Session, actor: Actor, now: datetime) -> tuple[Holder, ...]:
    """The lead's team and its members, the team first. Raises ``Problem('targets_lead_only')``."""
    return team_holder(session, actor), *map(holder_of, team_of(session, actor))


def named(session: Session, actor: Actor, name: str) -> Person:
    """The member that a lead means by ``name``: the display name, or the only one like it.

    Raises ``Problem('targets_no_member')`` with the names there are.
    """
    members = team_of(session, actor)
    folded = name.casefold()
    exact = [p for p in members if p.name.casefold() == folded]
    like = [p for p in members if p.name.casefold() in folded or folded in p.name.casefold()]
    found = exact or like
    if not name or len(found) != 1:
        raise Problem("targets_no_member", name=name, members=", ".join(p.name for p in members))
    return found[0]
