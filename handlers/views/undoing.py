"""What was taken back, a contact or an entry."""

from domain.rules import Rules
from handlers.reply import Reply
from handlers.ui import Ui
from handlers.views import visits
from handlers.views.common import home_row, note
from handlers.views.target_entries import entry_undone
from services.undo import Last
from services.visits import Undone


def undone(ui: Ui, result: Last, rules: Rules) -> Reply:
    """What /undo or “取消” took back, or that there was nothing."""
    if result is None:
        return note(ui.t("undo.nothing"), rows=(home_row(ui),))
    if isinstance(result, Undone):
        return visits.undone(ui, result, rules.undo_minutes)
    return entry_undone(ui, result)
