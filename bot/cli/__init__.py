"""The console script ``rounds``: a thin shell over the house, one module a group of commands."""

import importlib
import sys
from importlib.metadata import version
from typing import Any, NoReturn

import click

# command → the module whose ``commands`` has it; modules are imported only when needed, so that
# `rounds parse` does not pay for the database nor `rounds migrate` for Telegram.
WHERE = {
    "demo": "demo",
    "run": "serve",
    "check": "serve",
    "migrate": "upkeep",
    "outbox": "upkeep",
    "invite": "people",
    "import": "imports",
    "export": "exports",
    "parse": "language",
}


class Lazy(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the table."""
        return list(WHERE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, from its module."""
        if cmd_name not in WHERE:
            return None
        module = importlib.import_module(f"bot.cli.{WHERE[cmd_name]}")
        found: dict[str, click.Command] = {c.name: c for c in module.commands}
        return found[cmd_name]

    def main(self, *args: Any, **more: Any) -> NoReturn:
        """Run a command; what was typed wrongly is told in one line."""
        try:
            sys.exit(super().main(*args, **{**more, "standalone_mode": False}) or 0)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            sys.exit(0)
        except click.ClickException as error:
            click.echo(f"rounds: {' '.join(error.format_message().split())}", err=True)
            sys.exit(error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            sys.exit(130)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("rounds"), prog_name="rounds")
def main() -> None:
    """Rounds 行客: the chat assistant of account managers who visit clients all day."""


__all__ = ["main"]
