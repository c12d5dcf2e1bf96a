"""The rules a bank can change, with PRODUCT §8's defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from domain.clients import Tier

CADENCE: Mapping[Tier, int | None] = {
    Tier.STRATEGIC: 14,
    Tier.KEY: 30,
    Tier.BASIC: 60,
    Tier.LONG_TAIL: 180,
    Tier.PRIVATE: 30,
    Tier.WEALTH: 45,
    Tier.VIP: 90,
    Tier.MASS: None,
    Tier.PROSPECT: 14,
}

METRICS = ("visits", "calls", "new_clients", "deposits", "loans", "settlement")


@dataclass(frozen=True, slots=True)
class Rules:
    """Times of day are wall-clock times in the reader's own zone."""

    cadence: Mapping[Tier, int | None] = field(default_factory=lambda: dict(CADENCE))
    amber: float = 0.8
    digest_at: time = time(8, 0)
    digest_spread_minutes: int = 20
    quiet_from: time = time(20, 0)
    quiet_until: time = time(7, 30)
    loud_per_day: int = 5
    undo_minutes: int = 10
    brief_minutes_before: int = 30
    default_zone: str = "Asia/Shanghai"
    work_start: time = time(9, 0)
    work_end: time = time(18, 0)
    currency: str = "CNY"
    metrics: tuple[str, ...] = METRICS
    invite_hours: int = 72
    late_entry_days: int = 2
    upload_megabytes: int = 20
    import_rows: int = 200_000
