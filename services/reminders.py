"""What a notice says when its time has come, to whom, and whether it is still owed at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.followups import FollowUpState
from domain.hours import instant, is_quiet
from domain.people import Actor
from domain.problems import Problem
from services import clients, targets
from services.followups import LATE_AFTER
from services.seen import FollowUpLine, followup_line
from services.today import Today, today
from storage.followups import FollowUp
from storage.house import house
from storage.outbox import Claim, Lane, Notice, owe
from storage.people import Person, leads_of


@dataclass(frozen=True, slots=True)
class Ready:
    """A notice that is to be sent now, to this reader, with these facts."""

    reader: Actor
    kind: str
    facts: Any
    silent: bool
    repeat: bool


@dataclass(frozen=True, slots=True)
class Postponed:
    """Not now: business time to look again (UTC)."""

    until: datetime


class Moot:
    """No longer owed."""


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up whose time has come. ``for_whom`` names the colleague one stands in for."""

    followup: FollowUpLine
    late: bool
    for_whom: str | None


@dataclass(frozen=True, slots=True)
class Walk:
    """The brief that comes by itself before a visit."""

    followup: FollowUpLine
    brief: clients.Brief


def prepare(session: Session, claim: Claim, now: datetime) -> Ready | Postponed | Moot:
    """Decide, in one snapshot, what becomes of a claimed notice.

    Access is checked again here: someone who has left, lost the client or blocked the bot since
    the notice was written gets nothing.
    """
    person = session.get_one(Person, claim.person_id)
    if not person.active:
        return Moot()
    reader, for_whom = person, None
    if person.is_away(person.as_actor().today(now)) and claim.kind in ("followup", "brief"):
        stand_in = session.get(Person, person.stand_in_id) if person.stand_in_id else None
        if stand_in is None or not stand_in.active:
            return Postponed(_return(person))
        reader, for_whom = stand_in, person.name
    if reader.telegram_id is None or reader.unreachable_at is not None:
        return Moot()
    try:
        facts = _facts(session, claim, reader.as_actor(), for_whom, now)
    except Problem:
        return Moot()
    if facts is None:
        return Moot()
    if _must_wait(session, claim, reader, now):
        return Postponed(_morning(session, reader, now))
    silent = claim.silent or _enough_noise(session, claim, reader, now)
    return Ready(reader.as_actor(), claim.kind, facts, silent, claim.repeat)


def _return(person: Person) -> datetime:
    assert person.away_until is not None
    first_day = person.away_until + timedelta(days=1)
    return instant(first_day, person.work_start, person.as_actor().zone)


def _facts(session: Session, claim: Claim, reader: Actor, for_whom: str | None,
           now: datetime) -> Any | None:  # fmt: skip
    if claim.kind in ("followup", "brief"):
        return _followup(session, claim, reader, for_whom, now)
    if claim.kind == "digest":
        return _digest(session, reader, now)
    if claim.kind == "plan":
        return targets.monday_plan_facts(session, reader, now)
    if claim.kind == "gap":
        return targets.friday_gap_facts(session, reader, now)
    return claim.facts


def _followup(session: Session, claim: Claim, reader: Actor, for_whom: str | None,
              now: datetime) -> Due | Walk | None:  # fmt: skip
    followup = session.get(FollowUp, claim.facts["followup"])
    if followup is None or followup.state != FollowUpState.OPEN:
        return None
    if followup.version != claim.facts["version"]:
        return None
    if followup.client_id is not None:
        clients.see(session, reader, followup.client_id, now)
    line = followup_line(session, followup, now)
    if claim.kind == "brief":
        if followup.client_id is None or followup.due_at + LATE_AFTER < now:
            return None
        return Walk(line, clients.brief(session, reader, followup.client_id, now))
    return Due(line, late=now - claim.due_at > LATE_AFTER, for_whom=for_whom)


def _digest(session: Session, reader: Actor, now: datetime) -> Today | None:
    """Nothing to say is said by silence."""
    list_ = today(session, reader, now)
    return list_ if list_.items else None


def _must_wait(session: Session, claim: Claim, reader: Person, now: datetime) -> bool:
    """Only what a person has timed comes in the quiet hours; the rest waits for the morning."""
    if claim.facts.get("named") or claim.kind in ("brief", "cover", "alert"):
        return False
    rules = house(session).rules
    local = now.astimezone(reader.as_actor().zone)
    return is_quiet(local.time(), rules.quiet_from, rules.quiet_until)


def _morning(session: Session, reader: Person, now: datetime) -> datetime:
    until: time = house(session).rules.quiet_until
    zone = reader.as_actor().zone
    day: date = now.astimezone(zone).date()
    moment = instant(day, until, zone)
    return moment if moment > now else instant(day + timedelta(days=1), until, zone)


def _enough_noise(session: Session, claim: Claim, reader: Person, now: datetime) -> bool:
    """Whether the reader has had the day's share of loud pushes."""
    rules, local = house(session).rules, now.astimezone(reader.as_actor().zone)
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    loud = select(func.count()).where(
        Notice.person_id == reader.id, Notice.sent_at >= start, Notice.silent.is_(False),
        Notice.state == "sent", Notice.id != claim.id,
    )  # fmt: skip
    return (session.scalar(loud) or 0) >= rules.loud_per_day


def unreachable(session: Session, person_id: int, why: str, now: datetime) -> None:
    """Telegram will not deliver to this person: stop sending, keep the data, tell the lead."""
    person = session.get_one(Person, person_id)
    if person.unreachable_at is not None:
        return
    person.unreachable_at = now
    for lead in leads_of(session, person.team_id):
        if lead.id != person.id:
            owe(session, f"unreachable:{person.id}:{now.isoformat()}:{lead.id}", "unreachable",
                lead.id, now, facts={"person": person.name, "why": why}, lane=Lane.DUE)  # fmt: skip


def reachable(session: Session, telegram_id: int, now: datetime) -> None:
    """The person has written again: pushes may go out."""
    person = session.scalar(select(Person).where(Person.telegram_id == telegram_id))
    if person is not None:
        person.unreachable_at = None


def alert_admins(session: Session, key: str, facts: Mapping[str, Any], now: datetime) -> None:
    """Tell every administrator that something had to be set aside."""
    from storage.people import admins

    for admin in admins(session):
        owe(session, f"alert:{key}:{admin.id}", "alert", admin.id, now, facts=facts)
