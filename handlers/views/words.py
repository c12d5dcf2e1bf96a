"""Answers to plain text."""

from dataclasses import replace

from domain.people import LOGGING_ROLES, READING_ROLES, Actor
from handlers.markup import Html, blocks, lines, plain
from handlers.presses import AskFind, OpenHelp, OpenLog
from handlers.reply import Reply
from handlers.ui import Ui
from handlers.views import followups as followup_views
from handlers.views import visits as visit_views
from handlers.views.common import home_row, short
from services.capture import Taken
from services.followups import Acted


def taken(ui: Ui, result: Taken) -> Reply:
    """What became of a text: cards, plans, or the question whose answer is still needed.

    Everything that was saved is echoed, also beside a question.
    """
    if result.questions:
        reply = visit_views.which(ui, result.questions[0])
        return replace(reply, text=blocks(_done(ui, result), Html(reply.text)))
    if result.logged:
        reply = visit_views.logged_many(ui, result.logged)
        return replace(reply, text=blocks(Html(reply.text), _planned(ui, result.planned)))
    others = tuple((o.day, o.at.hour * 60 + o.at.minute if o.at else None) for o in result.others)
    reply = followup_views.planned(ui, result.planned[0], others=others)
    return replace(reply, text=blocks(Html(reply.text), _planned(ui, result.planned[1:])))


def _done(ui: Ui, result: Taken) -> Html | None:
    """What was saved while something else must be asked."""
    logged = ui.t("log.many", n=len(result.logged)) if result.logged else None
    names = ", ".join(each.contact.client for each in result.logged)
    done = lines(logged, plain(names) if names else None)
    return blocks(done or None, _planned(ui, result.planned)) or None


def _planned(ui: Ui, planned: tuple[Acted, ...]) -> Html | None:
    """The other steps that the same text plans."""
    return lines(*(followup_views.plan_line(ui, each) for each in planned)) or None


def unclear(ui: Ui, actor: Actor, text: str) -> Reply:
    """A short helpful answer to what was not understood."""
    may = []
    if actor.role in LOGGING_ROLES:
        may.append(ui.key("button.log", OpenLog(0)))
    if actor.role in READING_ROLES:
        may.append(ui.key("button.find", AskFind()))
    rows = (tuple(may), (ui.key("button.help", OpenHelp()), *home_row(ui)))
    return Reply(ui.t("unclear.text", text=short(text, 200)), tuple(row for row in rows if row))
