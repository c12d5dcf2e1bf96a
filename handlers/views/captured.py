"""What a kept text became, once its client was known."""

from dataclasses import replace

from handlers.reply import Reply
from handlers.ui import Ui
from handlers.views import clients, followups, visits
from services.capture import Captured, Question
from services.clients import Brief, NewClient
from services.followups import Acted


def captured(ui: Ui, result: Captured) -> Reply:
    """What a draft became."""
    if result is None:
        return Reply("", toast=ui.word("changed.toast"))
    if isinstance(result, Question):
        return replace(visits.ask_kind(ui, result), edit=True)
    if isinstance(result, Acted):
        return followups.planned(ui, result, edit=True)
    if isinstance(result, NewClient):
        return clients.made(ui, result)
    if isinstance(result, Brief):
        return clients.pressed_brief(ui, result)
    return visits.card(ui, result[0], edit=True)
