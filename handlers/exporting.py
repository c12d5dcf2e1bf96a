"""``/export``: the lists that a person may see, as workbooks."""

import logging
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from domain.people import READING_ROLES
from handlers.desk import Desk
from handlers.files import Read, maker
from handlers.locale import sentence
from handlers.presses import OpenExport, TakeOut
from handlers.registry import command, press
from handlers.views import exporting as views
from services.exports import for_person
from services.exports.for_person import Ready
from services.exports.what import What

log = logging.getLogger(__name__)


@command("export", READING_ROLES)
async def offer(desk: Desk) -> None:
    """Which list."""
    desk.show(views.offer(desk.ui))


@press(OpenExport, READING_ROLES)
async def open_export(desk: Desk, _: OpenExport) -> None:
    """The same, in place."""
    desk.show(replace(views.offer(desk.ui), edit=True))


@press(TakeOut, READING_ROLES)
async def take_out(desk: Desk, wish: TakeOut) -> None:
    """The list as it stands now; every one that goes out is in the log."""
    ready: Ready = await desk.read(for_person.ready, wish.what)
    log.info("list taken out", extra={"person": desk.actor.id, "list": wish.what.value,
                                      "rows": ready.rows})  # fmt: skip
    desk.show(views.workbook(desk.ui, desk.actor, ready))


@maker("workbook")
async def make_workbook(read: Read, facts: dict[str, Any], now: datetime) -> tuple[str, bytes]:
    """Made when it is sent, so that access is asked at the last moment."""
    what, lang = What(facts["what"]), facts["lang"]
    labels = {name: sentence(lang, f"export.column.{name}") for name in views.COLUMNS}
    make = partial(for_person.workbook, person_id=facts["person"], what=what, labels=labels,
                   marked=facts["marked"], now=now)  # fmt: skip
    return facts["name"], await read(make)
