"""The only module that reads a clock.

Business time can be moved by a file that holds an offset in seconds (demo and tests); leases and
back-off use real time; pacing uses the event loop's own time.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path


class Clock:
    """``now`` for business, ``real`` for leases. Both are aware UTC."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._seen: tuple[int, int] | None = None
        self._offset = timedelta(0)

    def real(self) -> datetime:
        """The machine's clock."""
        return datetime.now(UTC)  # noqa: TID251

    def now(self) -> datetime:
        """The machine's clock plus the offset in the file, if there is one."""
        return self.real() + (self._read() if self._file else timedelta(0))

    def _read(self) -> timedelta:
        assert self._file is not None
        try:
            status = self._file.stat()
        except FileNotFoundError:
            return timedelta(0)
        mark = (status.st_mtime_ns, status.st_ino)
        if mark != self._seen:
            self._offset = timedelta(seconds=float(self._file.read_text().strip() or 0))
            self._seen = mark
        return self._offset
