"""What an export looks like before it is sent."""

from domain.people import Actor
from handlers.presses import TakeOut
from handlers.reply import Attached, Reply
from handlers.ui import Ui
from handlers.views.common import home_row
from services.exports.for_person import Ready
from services.exports.what import OWN

COLUMNS = (
    "id", "name", "kind", "tier", "owner", "team", "phone", "code", "email", "contact_name", "city",
    "address", "industry", "remark", "lat", "lon", "last_contact", "created", "client", "when",
    "note", "outcome", "follow_up", "client_id", "logged", "what", "due", "state", "promised",
    "closed",
)  # fmt: skip


def offer(ui: Ui) -> Reply:
    """The lists to choose from."""
    keys = tuple(ui.key(f"export.{what}", TakeOut(what)) for what in OWN)
    return Reply(ui.t("export.offer"), (keys, home_row(ui)), protect=False)


def workbook(ui: Ui, actor: Actor, ready: Ready) -> Reply:
    """The file, and what it holds; it may be saved, so it is not protected."""
    title = ui.word(f"export.{ready.what}")
    marked = ui.word("export.marked", name=actor.name, when=ui.moment(ui.now))
    facts = {
        "what": ready.what.value, "person": ready.person_id, "lang": ui.lang, "marked": marked,
        "name": f"{ready.what}-{ui.today.isoformat()}.xlsx",
    }  # fmt: skip
    text = ui.t("export.caption", title=title, n=ready.rows, marked=marked)
    return Reply(text, attached=Attached("document", "workbook", facts), protect=False)
