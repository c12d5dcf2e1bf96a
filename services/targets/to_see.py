"""The gap told as clients to see: whom a visit or call would serve best now."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.clients import Band, Tier, band
from domain.contacts import Outcome
from domain.people import Actor
from domain.targets import NEED_WORDS
from storage import access
from storage.clients import Client
from storage.contacts import Contact
from storage.house import house

# How long a need that a client spoke of stays a reason to call.
NEED_DAYS = timedelta(days=180)
_BANDS = {Band.RED: 0, Band.AMBER: 1, Band.GREEN: 2}
_TIERS = {tier: place for place, tier in enumerate(
    (Tier.STRATEGIC, Tier.PRIVATE, Tier.KEY, Tier.WEALTH, Tier.PROSPECT, Tier.BASIC, Tier.VIP,
     Tier.LONG_TAIL, Tier.MASS)
)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClientToSee:
    """A client and why. ``days`` is since the last contact, None when there was none yet.

    ``need`` is what the client was heard to need for this metric, ``interested`` whether the
    last contact that says so ended with interest.
    """

    id: int
    name: str
    band: Band
    days: int | None
    need: str | None = None
    interested: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    id: int
    name: str
    tier: Tier
    band: Band
    late: float
    last: datetime | None


def clients_to_see(
    session: Session, actor: Actor, owner_id: int, metrics: Sequence[str], limit: int, now: datetime
) -> tuple[ClientToSee, ...]:
    """The owner's clients that the gap in ``metrics`` asks for, the most useful first.

    A need that was spoken of and would serve one of the metrics comes first, then red before
    amber before green, then how far past the cadence in proportion, then the tier.
    """
    found = _portfolio(session, actor, owner_id, now)
    wanted = tuple(word for metric in metrics for word in NEED_WORDS.get(metric, ()))
    needs = _needs(session, [c.id for c in found], wanted, now) if wanted else {}
    ranked = sorted(found, key=lambda c: (c.id not in needs, _BANDS[c.band], -c.late,
                                          _TIERS[c.tier], c.id))  # fmt: skip
    today = actor.today(now)
    return tuple(
        ClientToSee(
            c.id, c.name, c.band, (today - actor.today(c.last)).days if c.last else None,
            *needs.get(c.id, (None, False)),
        )
        for c in ranked[:limit]
    )  # fmt: skip


def _portfolio(session: Session, actor: Actor, owner_id: int, now: datetime) -> list[_Candidate]:
    """The owner's clients that the actor may see and has not met today."""
    rules, today = house(session).rules, actor.today(now)
    query = select(
        Client.id, Client.name, Client.tier, Client.last_contact_at, Client.created_at
    ).where(Client.owner_id == owner_id, access.visible(session, actor, today))
    found = []
    for id_, name, tier_name, last, created in session.execute(query).tuples():
        if last is not None and actor.today(last) >= today:
            continue
        tier = Tier(tier_name)
        days = rules.cadence[tier]
        late = (now - (last or created)) / timedelta(days=days) if days else 0.0
        found.append(_Candidate(id_, name, tier, band(last, created, days, now, rules.amber),
                                late, last))  # fmt: skip
    return found


def _needs(
    session: Session, clients: Iterable[int], words: Sequence[str], now: datetime
) -> dict[int, tuple[str, bool]]:
    """What these clients were heard to need lately, as it was written, the latest first."""
    query = (
        select(Contact.client_id, Contact.details, Contact.outcome)
        .where(Contact.client_id.in_(list(clients)), Contact.undone_at.is_(None),
               Contact.happened_at >= now - NEED_DAYS, Contact.details.like('%"needs"%'))
        .order_by(Contact.happened_at.desc())
    )  # fmt: skip
    refused = {Outcome.NO_NEED, Outcome.DECLINED}
    found: dict[int, tuple[str, bool]] = {}
    closed: set[int] = set()
    for client, details, outcome in session.execute(query).tuples():
        if client in found or client in closed:
            continue
        if outcome in refused:
            closed.add(client)
        elif need := _fitting(details, words):
            found[client] = (need, outcome == Outcome.INTERESTED)
    return found


def _fitting(details: str, words: Sequence[str]) -> str | None:
    needs = json.loads(details).get("needs", ())
    return next((n for n in map(str, needs) if any(w in n.lower() for w in words)), None)
