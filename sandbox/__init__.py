"""A small Telegram of our own."""
