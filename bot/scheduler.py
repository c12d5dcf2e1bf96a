"""The ticks: a table of intervals that wake code which asks the database what is due.

APScheduler holds no truth here. A tick that comes late or twice does no harm, and none is stored.
"""

import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import DBAPIError

from bot.delivery import Delivery
from bot.office import Office
from services import routines, ticks

log = logging.getLogger(__name__)
DELIVER_SECONDS = 1
ROUTINE_SECONDS = 2


def start(office: Office, delivery: Delivery) -> AsyncIOScheduler:
    """Start ticking on the running loop."""

    async def deliver() -> None:
        delivery.wake()

    async def owe_routines() -> None:
        now = office.clock.now()
        if await office.database.read(lambda session: routines.any_due(session, now)):
            await office.database.write(lambda session: ticks.tick(session, now))
            delivery.wake()

    scheduler = AsyncIOScheduler(
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    scheduler.add_job(_patient(deliver), "interval", seconds=DELIVER_SECONDS)
    scheduler.add_job(_patient(owe_routines), "interval", seconds=ROUTINE_SECONDS)
    scheduler.start()
    return scheduler


def _patient(tick: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """A tick that the database refuses now is made up for by the next."""

    async def run() -> None:
        try:
            await tick()
        except DBAPIError as error:
            log.warning("tick delayed", extra={"reason": type(error).__name__})

    return run
