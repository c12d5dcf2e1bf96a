"""What a kept text became, once its client was known."""

from handlers.reply import Reply
from handlers.ui import Ui
from handlers.views import clients, followups, visits
from services.capture import Captured
from services.clients import Brief, NewClient
from services.followups import Acted


def captured(ui: Ui, result: Captured) -> Reply:
    """What a draft became."""
    if isinstance(result, Acted):
        return followups.planned(ui, result, edit=True)
    if isinstance(result, NewClient):
        return clients.made(ui, result)
    if isinstance(result, Brief):
        return clients.pressed_brief(ui, result)
    return visits.card(ui, result[0], edit=True)
