"""What is remembered of a photo, document or voice message: its key at Telegram."""

from telegram import Message

from services.attachments import FileWish


def file_of(message: Message | None) -> FileWish | None:
    """The file that a message brings, if any; of a photo the largest size."""
    if message is None:
        return None
    if message.photo:
        kind, file = "photo", message.photo[-1]
    elif message.document is not None:
        kind, file = "document", message.document  # type: ignore[assignment]
    elif message.voice is not None:
        kind, file = "voice", message.voice  # type: ignore[assignment]
    else:
        return None
    return FileWish(kind, file.file_id, file.file_unique_id, message.media_group_id,
                    message.chat_id, message.message_id)  # fmt: skip
