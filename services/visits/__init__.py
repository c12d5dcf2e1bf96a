"""Contacts: logged in one step, corrected, undone; follow-ups open and close with them."""

from services.visits.cards import Logged, look
from services.visits.correcting import (
    Amendment,
    amend,
    latest,
    of_message,
    set_kind,
    set_outcome,
)
from services.visits.finishing import act
from services.visits.logging import Wish, log, log_by_button
from services.visits.next_steps import chip_step, set_next_step
from services.visits.undoing import Undone, undo

__all__ = [
    "Amendment",
    "Logged",
    "Undone",
    "Wish",
    "act",
    "amend",
    "chip_step",
    "latest",
    "log",
    "log_by_button",
    "look",
    "of_message",
    "set_kind",
    "set_next_step",
    "set_outcome",
    "undo",
]
