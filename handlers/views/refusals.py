"""Kind answers to what cannot be done."""

from dataclasses import replace

from domain.people import Actor
from domain.problems import Problem
from handlers.reply import Reply
from handlers.ui import Ui
from handlers.views import people
from handlers.views.common import home_row


def problem(ui: Ui, found: Problem) -> Reply:
    """What is wrong, in the reader's words, and a way on."""
    text = ui.t(f"problem.{found.key}", **found.facts)
    return Reply(text, (home_row(ui),), edit=True, protect=False)


def not_ours(ui: Ui, actor: Actor) -> Reply:
    """A press that means nothing (any more): the menu, and a word about it."""
    return replace(people.menu(ui, actor, edit=True), toast=ui.word("stale.toast"))


def failed(ui: Ui, reference: int) -> Reply:
    """Something went wrong inside; the message is kept."""
    return Reply(ui.t("failed.text", id=reference), (home_row(ui),), protect=False)
