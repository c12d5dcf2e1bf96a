"""Who works here: roles and the person on whose behalf something happens."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo


class Role(StrEnum):
    """What a person may see and do (PRODUCT §1)."""

    MANAGER = "manager"
    LEAD = "lead"
    SPECIALIST = "specialist"
    AUDITOR = "auditor"
    ADMIN = "admin"


LOGGING_ROLES = frozenset({Role.MANAGER, Role.LEAD})
READING_ROLES = frozenset({Role.MANAGER, Role.LEAD, Role.AUDITOR})

MONDAY_TO_FRIDAY = 0b0011111


@dataclass(frozen=True, slots=True)
class Actor:
    """A bound person as the use cases see them.

    ``work_start`` and ``work_end`` are wall-clock times in ``zone``; ``workdays`` is a bit per
    weekday, Monday lowest.
    """

    id: int
    telegram_id: int
    name: str
    role: Role
    team_id: int | None
    lang: str
    zone_name: str
    work_start: time
    work_end: time
    workdays: int = MONDAY_TO_FRIDAY
    neutral_pushes: bool = False
    onboarded: bool = True

    @property
    def zone(self) -> ZoneInfo:
        """The time zone the person lives in."""
        return ZoneInfo(self.zone_name)

    def local(self, instant: datetime) -> datetime:
        """``instant`` on the person's own clock."""
        return instant.astimezone(self.zone)

    def today(self, now: datetime) -> date:
        """The person's own calendar day."""
        return self.local(now).date()

    def works_on(self, weekday: int) -> bool:
        """Whether ``weekday`` (Monday 0) is one of the person's working days."""
        return bool(self.workdays >> weekday & 1)
