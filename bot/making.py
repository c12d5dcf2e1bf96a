"""Making the pictures and documents that a reply only describes, when it is sent."""

from bot.office import Office
from bot.sending import Maker
from handlers.files import makers
from handlers.reply import Attached


def make_file(office: Office) -> Maker:
    """A function that makes (file name, bytes) from a recipe."""

    async def make(attached: Attached) -> tuple[str, bytes]:
        return await makers[attached.recipe](
            office.database.read, attached.facts, office.clock.now()
        )

    return make
