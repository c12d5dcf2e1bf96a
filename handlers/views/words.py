"""Answers to plain text."""

from dataclasses import replace

from handlers.markup import Html, blocks
from handlers.presses import AskFind, OpenHelp, OpenLog
from handlers.reply import Reply
from handlers.ui import Ui
from handlers.views import followups as followup_views
from handlers.views import visits as visit_views
from handlers.views.common import home_row, short
from services.capture import Taken


def taken(ui: Ui, result: Taken) -> Reply:
    """What became of a text: cards, plans, or the question whose answer is still needed."""
    if result.questions:
        question = result.questions[0]
        reply = visit_views.which(ui, question.draft, question.candidates, question.name)
        if not result.logged:
            return reply
        return replace(reply, text=blocks(ui.t("log.many", n=len(result.logged)), Html(reply.text)))
    if result.logged:
        return visit_views.logged_many(ui, result.logged)
    others = tuple((o.day, o.at.hour * 60 + o.at.minute if o.at else None) for o in result.others)
    return followup_views.planned(ui, result.planned[0], others=others)


def unclear(ui: Ui, text: str) -> Reply:
    """A short helpful answer to what was not understood."""
    rows = (
        (ui.key("button.log", OpenLog(0)), ui.key("button.find", AskFind())),
        (ui.key("button.help", OpenHelp()), *home_row(ui)),
    )
    return Reply(ui.t("unclear.text", text=short(text, 200)), rows)
