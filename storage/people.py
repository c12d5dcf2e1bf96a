"""People, teams and invitations."""

from datetime import date, datetime, time

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    String,
    Time,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.people import MONDAY_TO_FRIDAY, Actor, Role
from storage.base import Base, Id, UtcDateTime


class Team(Base):
    """A team of managers under a lead."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)


class Person(Base):
    """Someone who works here; bound to Telegram once the invitation was redeemed."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    lang: Mapped[str] = mapped_column(String(8), default="zh")
    zone_name: Mapped[str] = mapped_column(String(60), default="Asia/Shanghai")
    work_start: Mapped[time] = mapped_column(Time, default=time(9))
    work_end: Mapped[time] = mapped_column(Time, default=time(18))
    workdays: Mapped[int] = mapped_column(Integer, default=MONDAY_TO_FRIDAY)
    neutral_pushes: Mapped[bool] = mapped_column(Boolean, default=False)
    onboarded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Telegram refuses to deliver to someone who blocked the bot; the data stays.
    unreachable_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Leave: from the first to the last day (local dates), with or without a stand-in (代管).
    away_from: Mapped[date | None] = mapped_column(Date)
    away_until: Mapped[date | None] = mapped_column(Date)
    stand_in_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # Grows whenever a client enters, leaves or is renamed; caches of the portfolio hang on it.
    portfolio_stamp: Mapped[int] = mapped_column(Integer, default=0)

    def is_away(self, day: date) -> bool:
        """Whether the person is on leave on this local day."""
        if self.away_from is None or self.away_until is None:
            return False
        return self.away_from <= day <= self.away_until

    def as_actor(self) -> Actor:
        """The frozen person that use cases and views work with."""
        return Actor(
            id=self.id,
            telegram_id=self.telegram_id or 0,
            name=self.name,
            role=Role(self.role),
            team_id=self.team_id,
            lang=self.lang,
            zone_name=self.zone_name,
            work_start=self.work_start,
            work_end=self.work_end,
            workdays=self.workdays,
            neutral_pushes=self.neutral_pushes,
            onboarded=self.onboarded_at is not None,
        )


class Invite(Base):
    """A one-time code, kept only as a hash."""

    __tablename__ = "invite"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Guess(Base):
    """A wrong invitation code from a stranger; too many in an hour and we stop looking."""

    __tablename__ = "guess"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    telegram_id: Mapped[int] = mapped_column(BigInteger, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


# Statements of the hot path are built once: building one costs more than running it.
_BY_TELEGRAM = select(Person).where(
    Person.telegram_id == bindparam("telegram_id"), Person.active.is_(True)
)


def by_telegram(session: Session, telegram_id: int) -> Person | None:
    """The active person behind a Telegram account, if any."""
    return session.scalar(_BY_TELEGRAM, {"telegram_id": telegram_id})


def by_name(session: Session, name: str) -> Person | None:
    """The person of this display name."""
    return session.scalar(select(Person).where(Person.name == name))


def team_named(session: Session, name: str) -> Team:
    """The team of this name, created when unknown."""
    team = session.scalar(select(Team).where(Team.name == name))
    if team is None:
        team = Team(name=name)
        session.add(team)
        session.flush()
    return team


def members(session: Session, team_id: int) -> list[Person]:
    """Active members of a team who log contacts, by name."""
    query = select(Person).where(
        Person.team_id == team_id,
        Person.active.is_(True),
        Person.role.in_([Role.MANAGER, Role.LEAD]),
    )
    return list(session.scalars(query.order_by(Person.name)))


def leads_of(session: Session, team_id: int | None) -> list[Person]:
    """The active leads of a team."""
    if team_id is None:
        return []
    query = select(Person).where(
        Person.team_id == team_id, Person.role == Role.LEAD, Person.active.is_(True)
    )
    return list(session.scalars(query))


def admins(session: Session) -> list[Person]:
    """Every active, bound administrator."""
    query = select(Person).where(
        Person.role == Role.ADMIN, Person.active.is_(True), Person.telegram_id.is_not(None)
    )
    return list(session.scalars(query))


def guesses_since(session: Session, telegram_id: int, since: datetime) -> int:
    """How many wrong codes this account has sent since ``since``."""
    query = select(func.count()).where(Guess.telegram_id == telegram_id, Guess.at > since)
    return session.scalar(query) or 0
