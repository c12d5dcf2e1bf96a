"""Updates that have been answered are marked as done together, one statement for all that wait."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.tasks import spawn
from storage import inbox
from storage.database import Database


class Settling:
    """While one batch is being written the next one gathers. ``real`` gives real time, UTC."""

    def __init__(self, database: Database, real: Callable[[], datetime]) -> None:
        self._database, self._real = database, real
        self._gathered: list[int] = []
        self._batch: asyncio.Task[None] | None = None
        self._writing = asyncio.Lock()

    async def done(self, row_id: int) -> None:
        """Mark one update as done; returns once that is on disk. Raises ``DBAPIError``."""
        self._gathered.append(row_id)
        if self._batch is None:
            self._batch = spawn(self._write(), "settling")
        await asyncio.shield(self._batch)

    async def _write(self) -> None:
        async with self._writing:
            row_ids, self._gathered, self._batch = self._gathered, [], None
            at = self._real()
            await self._database.write(lambda session: inbox.done(session, row_ids, at))
