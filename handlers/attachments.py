"""Photos, voice messages and whatever else comes in besides text and files to import."""

from domain.people import LOGGING_ROLES
from handlers.desk import Desk
from handlers.registry import EVERYONE, message
from handlers.reply import Reply
from handlers.ui import Ui
from handlers.uploads import file_of
from handlers.views.common import home_row, note
from handlers.words import understand
from services import attachments
from services.attachments import Kept


@message("photo", LOGGING_ROLES)
async def photo(desk: Desk) -> None:
    """A photo joins the log that its caption, or its album's caption, makes."""
    await keep(desk)


@message("voice", LOGGING_ROLES)
async def voice(desk: Desk) -> None:
    """A voice message is kept like a photo."""
    await keep(desk)


async def keep(desk: Desk) -> None:
    """Keep a file; with a caption, the caption is understood like any text."""
    found = desk.update.effective_message
    file = file_of(found)
    assert found is not None
    assert file is not None
    if found.caption:
        await understand(desk, found.caption)
    else:
        await desk.write(attachments.keep, file, show=kept)


def kept(ui: Ui, result: Kept) -> Reply:
    """An album is one item: only its first part is answered."""
    if not result.say:
        return Reply("")
    if result.client is not None:
        return note(ui.t("file.joined", client=result.client), rows=(home_row(ui),))
    return note(ui.t("file.kept"), rows=(home_row(ui),))


@message("other", EVERYONE)
async def other(desk: Desk) -> None:
    """A kind of message that nothing is done with."""
    desk.show(note(desk.ui.t("other.text"), rows=(home_row(desk.ui),)))
