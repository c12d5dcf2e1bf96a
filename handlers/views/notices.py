"""Pushes, by kind: a notice's facts rendered in the reader's language."""

from collections.abc import Callable
from datetime import date
from typing import Any

from handlers.buttons import Press
from handlers.presses import OpenTargets, OpenToday
from handlers.reply import Reply
from handlers.ui import Ui
from handlers.views import followups, target_pushes
from handlers.views.common import home_row
from services.reminders import Ready

Facts = Any


def render(ui: Ui, ready: Ready) -> Reply:
    """The push for a notice. A kind that nobody renders is an error, and is parked."""
    if ready.kind == "followup":
        return followups.due_push(ui, ready.facts, ready.reader.neutral_pushes)
    if ready.kind == "brief":
        return followups.walk_push(ui, ready.facts, ready.reader.neutral_pushes)
    if ready.reader.neutral_pushes and ready.kind in NAMING:
        return Reply(ui.t("due.neutral"), ((ui.key("due.show", NAMING[ready.kind]),),))
    return KINDS[ready.kind](ui, ready.facts)


def _digest(ui: Ui, facts: Facts) -> Reply:
    return followups.today(ui, facts, title="digest.title")


def _cover(ui: Ui, facts: Facts) -> Reply:
    last = ui.day(date.fromisoformat(facts["last"]))
    rows = ((ui.key("button.today", OpenToday(0)), *home_row(ui)),)
    return Reply(ui.t("leave.cover", person=facts["person"], last=last), rows)


def _unreachable(ui: Ui, facts: Facts) -> Reply:
    why = "blocked" if facts["why"] == "blocked" else "gone"
    return Reply(ui.t(f"unreachable.{why}", person=facts["person"]), (home_row(ui),))


def _alert(ui: Ui, facts: Facts) -> Reply:
    return Reply(ui.t("alert.parked", id=facts["id"]), (home_row(ui),))


# Pushes that name clients, and where a reader who hides names on the lock screen finds them.
NAMING: dict[str, Press] = {"digest": OpenToday(0), "plan": OpenTargets(), "gap": OpenTargets()}

KINDS: dict[str, Callable[[Ui, Facts], Reply]] = {
    "digest": _digest,
    "plan": target_pushes.plan_push,
    "gap": target_pushes.gap_push,
    "target": target_pushes.crossing_push,
    "cover": _cover,
    "unreachable": _unreachable,
    "alert": _alert,
}
