"""The yardstick: the smallest bot that python-telegram-bot's own examples show, an echo.

python -m benchmarks.echo_bot API_ROOT [CONCURRENT_UPDATES]
"""

import sys

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from benchmarks.bot_api import TOKEN


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it back."""
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


def main() -> None:
    """Poll until killed."""
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{sys.argv[1]}/bot")
    if len(sys.argv) > 2:
        builder = builder.concurrent_updates(int(sys.argv[2]))
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
