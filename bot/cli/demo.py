"""``rounds demo``."""

from pathlib import Path

import click

from bot import logs
from bot.cli.common import fail
from bot.config import ConfigError


@click.command("demo")
@click.option(
    "--port",
    default=8765,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="The next free one if taken.",
)
@click.option("--reset", is_flag=True, help="Forget the former demo and start over.")
@click.option("--folder", default=".demo", show_default=True, type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(["zh", "en"]), default="en", help="The page's language.")
def demo(port: int, reset: bool, folder: Path, lang: str) -> None:
    """The whole product on this machine: no account, no token, no network."""
    from bot.demo.running import run

    logs.set_up("warning", "text")
    try:
        run(folder, port, reset, lang, lambda line: click.echo(line))
    except ConfigError as error:
        fail(str(error))
    except KeyboardInterrupt:
        pass


commands = [demo]
