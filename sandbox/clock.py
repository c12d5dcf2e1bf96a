"""The sandbox's two clocks, and the file through which a bot shares the simulated one.

Business time is real UTC time plus an offset in seconds, kept as text in a file: the sandbox
stamps messages with it and a bot under test reads the same file. Real time serves what a
network does: presses that expire, long polls that end.
"""

import time
from datetime import UTC, datetime, timedelta
from datetime import time as day_time
from pathlib import Path
from zoneinfo import ZoneInfo

# Ten seconds early, so that whatever is planned for 08:00 arrives while one is looking.
MORNING = day_time(7, 59, 50)
DEFAULT_ZONE = "Asia/Shanghai"


class Clock:
    """Real time, and business time as an offset from it."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._offset = 0.0
        self._seen: tuple[int, int] | None = None

    @property
    def offset(self) -> float:
        """Seconds that business time is ahead of real time; a missing file means 0."""
        if self._file is None:
            return self._offset
        try:
            stat = self._file.stat()
        except FileNotFoundError:
            self._offset, self._seen = 0.0, None
            return 0.0
        stamp = (stat.st_mtime_ns, stat.st_ino)
        if stamp != self._seen:
            text = self._file.read_text(encoding="ascii").strip()
            self._offset, self._seen = float(text or 0), stamp
        return self._offset

    def set_offset(self, seconds: float) -> None:
        """Moves business time; the file is replaced in one step, so no reader sees half of it."""
        self._offset = seconds
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_name(self._file.name + ".new")
        fresh.write_text(f"{seconds:.3f}\n", encoding="ascii")
        fresh.replace(self._file)

    def real(self) -> float:
        """Real time, seconds since 1970 UTC."""
        return time.time()

    def now(self) -> float:
        """Business time, seconds since 1970 UTC."""
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Moves business time by `seconds`, backwards if negative."""
        self.set_offset(self.offset + seconds)

    def set(self, moment: datetime) -> None:
        """Moves business time to an aware `moment`."""
        if moment.tzinfo is None:
            raise ValueError("the moment needs a time zone")
        self.set_offset(moment.timestamp() - time.time())


def target_of(move: str, now: float, zone: str = DEFAULT_ZONE) -> datetime | None:
    """Where a named move of the clock leads, from `now` (seconds UTC) in the time zone `zone`.

    None means back to real time. Raises ValueError for an unknown move.
    """
    here = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(zone))
    match move:
        case "next_morning":
            today = datetime.combine(here.date(), MORNING, here.tzinfo)
            return today if here < today else _morning(here, 1)
        case "next_monday":
            return _morning(here, 7 - here.weekday())
        case "tomorrow":
            return here + timedelta(days=1)
        case "real":
            return None
    raise ValueError(f"unknown move of the clock: {move}")


def _morning(here: datetime, days: int) -> datetime:
    return datetime.combine(here.date() + timedelta(days=days), MORNING, here.tzinfo)
