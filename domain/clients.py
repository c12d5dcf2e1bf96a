"""Clients: kinds, tiers and the two clocks of contact."""

from datetime import datetime, timedelta
from enum import StrEnum


class ClientKind(StrEnum):
    """Whom the bank serves."""

    CORPORATE = "corporate"
    INDIVIDUAL = "individual"


class Tier(StrEnum):
    """客户分层. The first four are corporate, the next four individual, the last for prospects."""

    STRATEGIC = "strategic"
    KEY = "key"
    BASIC = "basic"
    LONG_TAIL = "long_tail"
    PRIVATE = "private"
    WEALTH = "wealth"
    VIP = "vip"
    MASS = "mass"
    PROSPECT = "prospect"


CORPORATE_TIERS = (Tier.STRATEGIC, Tier.KEY, Tier.BASIC, Tier.LONG_TAIL)
INDIVIDUAL_TIERS = (Tier.PRIVATE, Tier.WEALTH, Tier.VIP, Tier.MASS)
DEFAULT_TIER = {ClientKind.CORPORATE: Tier.BASIC, ClientKind.INDIVIDUAL: Tier.MASS}


def tiers_of(kind: ClientKind) -> tuple[Tier, ...]:
    """The tiers a client of this kind can have."""
    ladder = CORPORATE_TIERS if kind is ClientKind.CORPORATE else INDIVIDUAL_TIERS
    return (*ladder, Tier.PROSPECT)


class Band(StrEnum):
    """How far a client is past the contact cadence of its tier."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


def band(
    last_contact: datetime | None,
    since: datetime,
    cadence_days: int | None,
    now: datetime,
    amber: float = 0.8,
) -> Band:
    """Amber from ``amber`` × cadence on, red from the full cadence on.

    ``since`` (when the client came to us) stands in while there was no contact yet.
    ``cadence_days`` None means that no contact is owed.
    """
    if cadence_days is None:
        return Band.GREEN
    idle = now - (last_contact or since)
    full = timedelta(days=cadence_days)
    if idle >= full:
        return Band.RED
    return Band.AMBER if idle >= full * amber else Band.GREEN
