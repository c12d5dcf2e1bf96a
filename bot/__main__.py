"""``python -m bot`` is ``rounds``."""

from bot.cli import main

if __name__ == "__main__":
    main(prog_name="rounds")
