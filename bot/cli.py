"""The console script ``rounds``."""

import click


@click.group()
def main() -> None:
    """Rounds 行客: the assistant of people who make the rounds."""
